"""Dates, counts and names as people read them."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.digest import Schedule
from bot.domain.paper import Listing

_WORKDAYS = frozenset(range(5))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 vote`, `1,212 votes`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(value: date) -> str:
    """`Friday 26 June`."""
    return f"{value:%A} {value.day} {value:%B}"


def short_day(value: date) -> str:
    """`Fri 26 Jun`."""
    return f"{value:%a} {value.day} {value:%b}"


def full_date(value: date) -> str:
    """`26 Jun 2026`."""
    return f"{value.day} {value:%b} {value.year}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """`Mon 29 Jun, 09:00 (Europe/Berlin)`: an instant where its reader is."""
    local = value.astimezone(zone)
    return f"{short_day(local.date())}, {local:%H:%M} ({zone.key})"


def schedule(value: Schedule) -> str:
    """`09:00 Europe/Berlin, Monday to Friday`."""
    return f"{value.at:%H:%M} {value.zone.key}, {weekdays(value.weekdays)}"


def weekdays(days: frozenset[int]) -> str:
    """Which days, the usual ones by name."""
    if days == _WORKDAYS:
        return "Monday to Friday"
    return "every day" if len(days) == 7 else ", ".join(_DAYS[each] for each in sorted(days))


def authors(names: Sequence[str], shown: int = 2) -> str:
    """`Wei Zhou, Zelin Xu and 9 others`."""
    if len(names) <= shown + 1:
        return ", ".join(names)
    return f"{', '.join(names[:shown])} and {len(names) - shown} others"


def facts(listing: Listing) -> str:
    """One grey line: votes, comments, who, where, and whether there is code."""
    return _joined(*_social(listing), authors(listing.paper.authors), *_work(listing))


def facts_without_authors(listing: Listing) -> str:
    """The same where authors have a line of their own."""
    return _joined(*_social(listing), *_work(listing))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _social(listing: Listing) -> tuple[str, str]:
    votes = count(listing.upvotes, "vote") if listing.upvotes else ""
    return votes, count(listing.comments, "comment") if listing.comments else ""


def _work(listing: Listing) -> tuple[str, str]:
    return listing.paper.organization, _code(listing)


def _code(listing: Listing) -> str:
    if not listing.paper.code_url:
        return ""
    return f"code ★ {listing.stars:,}" if listing.stars else "code"
