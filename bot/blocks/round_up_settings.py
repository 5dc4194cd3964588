"""Which round-ups a channel has and when the next ones come, in sentences."""

from collections.abc import Sequence

from bot.blocks import words
from bot.domain.digest import Schedule
from bot.domain.round_ups import RoundUp, Slot

_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
ASLEEP = "not while the digest is off"


def sentences(round_ups: Sequence[RoundUp], digest: Schedule) -> list[str]:
    """One for each: what it is, when it comes, and when it comes next."""
    return [_sentence(each, digest) for each in round_ups]


def _sentence(wanted: RoundUp, digest: Schedule) -> str:
    schedule = wanted.schedule(digest)
    hour = f"{schedule.at:%H:%M} ({schedule.zone.key})"
    return f"{_what(wanted, schedule, hour)}; {_next(wanted, schedule)}."


def _what(wanted: RoundUp, schedule: Schedule, hour: str) -> str:
    match wanted.slot:
        case Slot.WEEKLY:
            [weekday] = schedule.weekdays
            return f"The best of the week comes on {_DAYS[weekday]} at {hour}"
        case Slot.MONTHLY:
            return f"The best of a month comes on the first workday after it, at {hour}"
    days = words.weekdays(schedule.weekdays)
    return f"A second look comes when a paper rose that nobody here saw, at {hour}, {days}"


def _next(wanted: RoundUp, schedule: Schedule) -> str:
    if wanted.next_due_at is None:
        return ASLEEP
    day = words.short_day(wanted.next_due_at.astimezone(schedule.zone).date())
    return f"I look next on {day}" if wanted.slot is Slot.SECOND_LOOK else f"the next on {day}"
