"""Round-ups as people ask for them: `weekly fri at 16:00`, `monthly on`, `follow-ups off`."""

from dataclasses import dataclass
from datetime import time

from bot.domain.hours import UnknownHour, parse_hour
from bot.domain.mistakes import shown
from bot.domain.preferences import UnknownDays, parse_days
from bot.domain.round_ups import FRIDAY, Slot
from bot.errors import BotError

NAMES = {
    "weekly": Slot.WEEKLY,
    "monthly": Slot.MONTHLY,
    "follow-ups": Slot.SECOND_LOOK,
    "followups": Slot.SECOND_LOOK,
}
ONE_ZONE = "A weekly keeps the digest's zone. `/papers digest at 09:00 Europe/Berlin` sets that."
_ON = frozenset({"on", "yes"})
_OFF = frozenset({"off", "no", "none"})


class UnknownWeekly(BotError):
    """I need a day: `/papers digest weekly fri`, `weekly fri at 16:00`, or `weekly off`."""


class UnknownSwitch(BotError):
    """Say `on` or `off`, for example `/papers digest monthly on`."""

    def __init__(self, name: str, words: str) -> None:
        said = shown(f"{name} {words}") if words else ""
        lead = f"I can't read {said}. " if said else ""
        super().__init__(f"{lead}Say `/papers digest {name} on` or `{name} off`.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A round-up that somebody wants, or wants no longer."""

    slot: Slot
    is_on: bool
    weekday: int | None = None
    at: time | None = None


def read(name: str, words: str) -> Asked:
    """What stands behind one of NAMES. Raises UnknownWeekly, UnknownHour or UnknownSwitch."""
    slot, said = NAMES[name], " ".join(words.lower().split())
    if said in _OFF:
        return Asked(slot, is_on=False)
    if slot is Slot.WEEKLY:
        return _weekly(said, words)
    if said not in _ON:
        raise UnknownSwitch(name, words)
    return Asked(slot, is_on=True)


def _weekly(said: str, words: str) -> Asked:
    """A day, and an hour or none: then it comes at the hour of the digest."""
    day, _, hour = said.partition(" ")
    weekday = FRIDAY if day in _ON else _weekday(day, words)
    hour = hour.removeprefix("at ").strip()
    if not hour:
        return Asked(Slot.WEEKLY, is_on=True, weekday=weekday)
    try:
        at, zone = parse_hour(hour)
    except UnknownHour:
        raise UnknownWeekly(_refusal(words)) from None
    if zone is not None:
        raise UnknownWeekly(ONE_ZONE)
    return Asked(Slot.WEEKLY, is_on=True, weekday=weekday, at=at)


def _weekday(day: str, words: str) -> int:
    try:
        days = parse_days(day)
    except UnknownDays:
        days = frozenset()
    if len(days) != 1:
        raise UnknownWeekly(_refusal(words))
    return next(iter(days))


def _refusal(words: str) -> str:
    said = shown(words)
    lead = f"I can't read {said} as a day of the week. " if said else ""
    return lead + str(UnknownWeekly.__doc__)
