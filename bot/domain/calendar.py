"""Local times and the days sources keep. Every function takes its instant as an argument."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

from bot.domain.digest import Schedule
from bot.errors import BotError

# Hugging Face's day is a New York day that opens the evening before (its Daily Papers page).
HF_ZONE = ZoneInfo("America/New_York")
HF_OPENS = time(21, 30)
SATURDAY = 5
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm)?(?:\s+(?P<zone>\S.*))?",
    re.IGNORECASE,
)


class UnknownHour(BotError):
    """I need an hour, for example `/papers digest at 09:00` or `at 08:30 Europe/Berlin`."""


class UnknownZone(BotError):
    """I don't know that time zone. Name it as `Europe/Berlin`."""


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


def parse_hour(words: str) -> tuple[time, ZoneInfo | None]:
    """`09:00`, `9`, `9:30 pm`, each with an IANA zone behind it or none. Raises UnknownHour."""
    found = _HOUR.fullmatch(words.strip())
    if found is None:
        raise UnknownHour
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise UnknownHour
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    if hour > 23 or minute > 59:
        raise UnknownHour
    return time(hour, minute), parse_zone(found["zone"]) if found["zone"] else None


def parse_zone(name: str) -> ZoneInfo:
    """An IANA zone, in any case, or its city. Raises UnknownZone with the nearest one."""
    zones = {zone.lower(): zone for zone in available_timezones()}
    cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones.values())}
    wanted = name.strip().replace(" ", "_").lower()
    known = zones.get(wanted) or cities.get(wanted)
    if known:
        return ZoneInfo(known)
    close = process.extractOne(wanted, [*zones, *cities], score_cutoff=80)
    near = (zones.get(close[0]) or cities[close[0]]) if close else "Europe/Berlin"
    raise UnknownZone(f"I don't know the zone {name.strip()[:40]}. Did you mean `{near}`?")


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
