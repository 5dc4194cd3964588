"""Round-ups of a channel: which there are, when each is due, and which days it looks back on.

A week or a month is told once. A second look comes whenever something rose that nobody here saw.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.calendar import instant, last_due, next_due
from bot.domain.digest import WORKDAYS, Schedule

DAY = timedelta(days=1)
WEEK = timedelta(days=6)  # before the last day of one
FRIDAY = 4
# Told on Friday and moved to Saturday, or to a zone where it is Friday again, a week is told once.
APART = timedelta(days=2)
MONTHS = 3  # ahead of which the first workday is looked for


class Slot(StrEnum):
    """Which of them, as its editions are named."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    SECOND_LOOK = "second-look"


SLOTS = frozenset(each.value for each in Slot)


@dataclass(frozen=True, slots=True)
class RoundUp:
    """One that a channel wants. It sleeps while `next_due_at` is None: its digest is off."""

    team_id: str
    channel_id: str
    slot: Slot
    set_by: str
    weekday: int | None = None  # a weekly's: Monday is 0
    at: time | None = None  # None: at the hour of the digest
    next_due_at: datetime | None = None

    def schedule(self, digest: Schedule) -> Schedule:
        """When it comes, in the zone of the channel's digest; of a monthly, at which hour."""
        days = digest.weekdays
        if self.slot is Slot.WEEKLY:
            days = frozenset({FRIDAY if self.weekday is None else self.weekday})
        if self.slot is Slot.MONTHLY:
            days = WORKDAYS
        return Schedule(self.at or digest.at, digest.zone, days)


def next_time(
    wanted: RoundUp, digest: Schedule, now: datetime, last_made_at: datetime | None
) -> datetime:
    """When one comes next, in UTC, after the last that was made."""
    schedule = wanted.schedule(digest)
    if wanted.slot is Slot.SECOND_LOOK:
        return next_due(schedule, now)
    after = max(now, last_made_at + APART) if last_made_at else now
    return next_first(schedule, after) if wanted.slot is Slot.MONTHLY else next_due(schedule, after)


def due_time(wanted: RoundUp, digest: Schedule, now: datetime) -> datetime:
    """The latest instant, up to now, at which one was due by its hours."""
    schedule = wanted.schedule(digest)
    return last_first(schedule, now) if wanted.slot is Slot.MONTHLY else last_due(schedule, now)


def next_first(schedule: Schedule, after: datetime) -> datetime:
    """The hour on the first workday of a month, the next one after an instant."""
    return next(each for each in _firsts(schedule, after) if each > after)


def last_first(schedule: Schedule, until: datetime) -> datetime:
    """The hour on the first workday of a month, the latest up to an instant."""
    return [each for each in _firsts(schedule, until) if each <= until][-1]


def looked_back_on(slot: Slot, local_date: date) -> tuple[date, date]:
    """The first and the last day that an edition of a date is about: a week, or a whole month."""
    if slot is not Slot.MONTHLY:
        return local_date - WEEK, local_date
    last = local_date.replace(day=1) - DAY
    return last.replace(day=1), last


def _firsts(schedule: Schedule, near: datetime) -> list[datetime]:
    """The first workdays of the months around an instant, in order."""
    local = near.astimezone(schedule.zone).date()
    months = [(local.year * 12 + local.month - 1) + step for step in range(-1, MONTHS)]
    days = [_first_workday(date(month // 12, month % 12 + 1, 1)) for month in months]
    return [instant(day, schedule.at, schedule.zone) for day in days]


def _first_workday(day: date) -> date:
    while day.weekday() not in WORKDAYS:
        day += DAY
    return day
