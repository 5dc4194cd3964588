"""Hours and time zones as people write them."""

import re
from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

from bot.errors import BotError

_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm)?(?:\s+(?P<zone>\S.*))?",
    re.IGNORECASE,
)
_QUOTED = 40  # characters of a mistake that are shown again


class UnknownHour(BotError):
    """I need an hour, for example `/papers digest at 09:00` or `at 08:30 Europe/Berlin`."""


class UnknownZone(BotError):
    """I don't know that time zone. Name it as `Europe/Berlin`."""


def parse_hour(words: str) -> tuple[time, ZoneInfo | None]:
    """`09:00`, `9`, `9:30 pm`, each with an IANA zone behind it or none. Raises UnknownHour."""
    found = _HOUR.fullmatch(words.strip())
    at = _time(found) if found else None
    if found is None or at is None:
        raise UnknownHour(_refusal(words.strip()))
    return at, parse_zone(found["zone"]) if found["zone"] else None


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
    raise UnknownZone(f"I don't know the zone {name.strip()[:_QUOTED]}. Did you mean `{near}`?")


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _refusal(words: str) -> str:
    if not words:
        return str(UnknownHour.__doc__)
    example = "for example `/papers digest at 09:00` or `at 08:30 Europe/Berlin`"
    return f"I can't read `{words[:_QUOTED]}` as an hour; {example} works."
