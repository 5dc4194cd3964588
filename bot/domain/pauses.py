"""How long somebody wants to hear nothing, as people write it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import instant
from bot.domain.reader import FOREVER, Hours
from bot.errors import BotError

LONGEST = timedelta(days=3653)  # ten years: a year mistyped is further away
_SPAN = r"(?:for\s+)?(?P<count>\d{1,3})\s*(?P<unit>d|days?|w|weeks?|m|mo|months?)"
_DATE = r"until(?::|\s)\s*(?P<date>\d{4}-\d{1,2}-\d{1,2})"
_FIRST = re.compile(rf"(?:{_SPAN}|{_DATE})(?:[\s,]+|$)", re.IGNORECASE)
_LAST = re.compile(rf"(?:^|[\s,])(?:{_SPAN}|{_DATE})$", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil\b", re.IGNORECASE)


class UnknownPause(BotError):
    """I need a time to come, for example `/papers pause 2w` or `/papers pause until:2026-12-01`."""


@dataclass(frozen=True, slots=True)
class Period:
    """A time from today on, or up to a date; without any, until somebody resumes."""

    days: int = 0
    months: int = 0
    until: date | None = None

    def ends(self, hours: Hours, now: datetime) -> datetime:
        """When it is over: at the reader's hour of its last day. Raises UnknownPause."""
        if self == Period():
            return FOREVER
        today = now.astimezone(hours.zone).date()
        day = self.until or _months_later(today, self.months) + timedelta(days=self.days)
        if day <= today:
            raise UnknownPause(f"That day is not ahead. {UnknownPause.__doc__}")
        if day - today > LONGEST:
            raise UnknownPause("I can pause for ten years; `/papers pause` ends when you say so.")
        return instant(day, hours.at, hours.zone)


def read_pause(words: str) -> tuple[Period, str]:
    """`2w 3` or `3 until:2026-12-01`: for how long, and what else was said. Raises UnknownPause."""
    said = words.strip()
    found = _FIRST.match(said) or _LAST.search(said)
    if found is None:
        if _UNTIL.search(said):
            raise UnknownPause(f"I can't read that date. {UnknownPause.__doc__}")
        return Period(), said
    rest = f"{said[: found.start()]} {said[found.end() :]}".strip(" ,")
    return (_until(found["date"]) if found["date"] else _lasting(found)), rest


def _lasting(found: re.Match[str]) -> Period:
    count = int(found["count"])
    if not count:
        raise UnknownPause
    match found["unit"][0].lower():
        case "d":
            return Period(days=count)
        case "w":
            return Period(days=7 * count)
        case _:
            return Period(months=count)


def _until(said: str) -> Period:
    year, month, day = map(int, said.split("-"))
    try:
        return Period(until=date(year, month, day))
    except ValueError:
        raise UnknownPause(f"There is no {said}. {UnknownPause.__doc__}") from None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
