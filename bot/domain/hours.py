"""Hours and time zones as people write them."""

import re
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

from bot.domain.reader import Hours, Quiet
from bot.errors import BotError

_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm)?(?:\s+(?P<zone>\S.*))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:-|\bto\b|\buntil\b)\s*", re.IGNORECASE)
_QUOTED = 40  # characters of a mistake that are shown again
DIGEST = "/papers digest at"
SETTINGS = "/papers settings at"


class UnknownHour(BotError):
    """I need an hour, for example `/papers digest at 09:00` or `at 08:30 Europe/Berlin`."""


class UnknownZone(BotError):
    """I don't know that time zone. Name it as `Europe/Berlin`."""


class UnknownSpan(BotError):
    """I need two different hours, for example `/papers settings quiet 22:00-07:00`."""


class UnknownSetting(BotError):
    """I know `/papers settings at 08:30`, `zone Europe/Berlin` and `quiet 22:00-07:00` or `off`."""


def parse_hour(words: str, command: str = DIGEST) -> tuple[time, ZoneInfo | None]:
    """`09:00`, `9`, `9:30 pm`, each with an IANA zone behind it or none. Raises UnknownHour.

    `command` is what the refusal gives as an example.
    """
    found = _HOUR.fullmatch(words.strip())
    at = _time(found) if found else None
    if found is None or at is None:
        raise UnknownHour(_refusal(words.strip(), command))
    return at, parse_zone(found["zone"]) if found["zone"] else None


def parse_quiet(words: str) -> Quiet | None:
    """`22:00-07:00`, `10 pm to 7 am`; None for `off`. Raises UnknownSpan."""
    if words.strip().lower() in ("off", "none"):
        return None
    ends = [_hour_alone(part) for part in _BETWEEN.split(words.strip())]
    match ends:
        case [time() as begins, time() as until] if begins != until:
            return Quiet(begins, until)
    said = f"I can't read `{_shown(words)}` as quiet hours. " if words.strip() else ""
    raise UnknownSpan(said + str(UnknownSpan.__doc__))


def read_change(words: str, hours: Hours) -> Hours:
    """A person's hours after `at 08:30`, `zone Europe/Berlin`, `quiet 22:00-07:00`.

    Raises UnknownSetting, UnknownHour, UnknownZone or UnknownSpan.
    """
    first, _, rest = words.strip().partition(" ")
    match first.lower():
        case "at":
            at, zone = parse_hour(rest, SETTINGS)
            return replace(hours, at=at, zone=zone or hours.zone)
        case "zone" if rest.strip():
            return replace(hours, zone=parse_zone(rest))
        case "quiet":
            return replace(hours, quiet=parse_quiet(rest))
    said = f"I don't know `settings {_shown(words)}`. " if first.lower() != "zone" else ""
    raise UnknownSetting(said + str(UnknownSetting.__doc__))


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
    raise UnknownZone(f"I don't know the zone {_shown(name)}. Did you mean `{near}`?")


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _hour_alone(words: str) -> time | None:
    found = _HOUR.fullmatch(words)
    return _time(found) if found and not found["zone"] else None


def _refusal(words: str, command: str) -> str:
    example = f"for example `{command} 09:00` or `at 08:30 Europe/Berlin`"
    if not words:
        return f"I need an hour, {example}."
    return f"I can't read `{_shown(words)}` as an hour; {example} works."


def _shown(mistake: str) -> str:
    """What somebody typed, short; a backtick would end the code in which it is shown."""
    return mistake.strip()[:_QUOTED].replace("`", "'")
