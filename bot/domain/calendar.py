"""Local times and the days sources keep. Every function takes its instant as an argument."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Schedule

# Hugging Face's day is a New York day that opens the evening before (its Daily Papers page).
HF_ZONE = ZoneInfo("America/New_York")
HF_OPENS = time(21, 30)
SATURDAY = 5


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first scheduled instant later than `after`, in UTC: one for each local date it names.

    A time that the clock change skips falls after the gap; one that comes twice counts once.
    """
    day = after.astimezone(schedule.zone).date()
    for offset in range(9):
        due = instant(day + timedelta(days=offset), schedule.at, schedule.zone)
        if due > after and (day + timedelta(days=offset)).weekday() in schedule.weekdays:
            return due
    raise ValueError("a schedule needs at least one weekday")


def last_due(schedule: Schedule, until: datetime) -> datetime:
    """The latest scheduled instant up to `until`, in UTC."""
    day = until.astimezone(schedule.zone).date()
    for offset in range(9):
        due = instant(day - timedelta(days=offset), schedule.at, schedule.zone)
        if due <= until and (day - timedelta(days=offset)).weekday() in schedule.weekdays:
            return due
    raise ValueError("a schedule needs at least one weekday")


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local date and time as an instant in UTC; the earlier of two, the later side of a gap."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def hf_day(now: datetime) -> date:
    """The day whose list Hugging Face is filling: tomorrow's from 21:30 New York, no weekends."""
    local = now.astimezone(HF_ZONE)
    day = local.date() + timedelta(days=local.time() >= HF_OPENS)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day


def weekdays_between(first: date, last: date) -> list[date]:
    """Monday to Friday from one day to another, both included."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY]
