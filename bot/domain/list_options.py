"""What people want listed: a day, a week, a month, or what gains votes; when, and how many."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.mistakes import shown
from bot.errors import BotError

MOST = 10  # papers; a message holds no more
WEEK, MONTH = timedelta(days=6), timedelta(days=29)  # before the last day
LATELY = timedelta(days=3)  # votes gained since then are what trends
_OPTION = re.compile(r"(?P<name>top|date):(?P<value>\S+)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Kind(StrEnum):
    """Which list, by the command that shows it."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    TRENDING = "trending"


class UnknownListOption(BotError):
    """I know `top:5` and `date:2026-06-26` here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list that somebody wants; without a day, the latest."""

    kind: Kind
    day: date | None = None
    size: int = MOST

    def span(self, last: date) -> tuple[date, date]:
        """The first and the last day of it."""
        before = {Kind.WEEK: WEEK, Kind.MONTH: MONTH}.get(self.kind, timedelta())
        return last - before, last


def read(kind: Kind, words: str, today: date) -> Wanted:
    """`top:5 date:2026-06-26`, in any order. Raises UnknownListOption."""
    wanted = Wanted(kind)
    for word in words.split():
        found = _OPTION.fullmatch(word)
        if found is None:
            raise UnknownListOption(_refusal(kind, word))
        if found["name"].lower() == "top":
            wanted = Wanted(kind, wanted.day, _size(kind, word, found["value"]))
        else:
            wanted = Wanted(kind, _day(kind, word, found["value"], today), wanted.size)
    return wanted


def _size(kind: Kind, word: str, value: str) -> int:
    size = int(value) if _NUMBER.fullmatch(value) else 0
    if not 1 <= size <= MOST:
        raise UnknownListOption(_refusal(kind, word, f"I list 1 to {MOST} papers: `top:{MOST}`."))
    return size


def _day(kind: Kind, word: str, value: str, today: date) -> date:
    try:
        day = date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:  # the 31st of June
        day = None
    if day is None:
        raise UnknownListOption(_refusal(kind, word, f"A day is written `date:{today}`."))
    if day > today:
        raise UnknownListOption(f"I have no lists of days to come; the latest is `date:{today}`.")
    return day


def _refusal(kind: Kind, word: str, how: str = "") -> str:
    said = shown(word)
    lead = f"I can't take {said}. " if said else ""
    return lead + (how or f"I know `/papers {kind} top:5 date:2026-06-26`.")
