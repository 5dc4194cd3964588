"""When arXiv announces papers, what an announcement holds, and whether one is late.

It announces at 20:00 New York on Sunday to Thursday, what came in until 14:00 of the last business
day; the feeds follow at midnight and carry the date of the new day, Monday to Friday. After a
holiday there is none. The calendar names the days; what is new is decided by ids and dates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.arxiv_categories import is_in
from bot.domain.paper import Paper

ARXIV = "arxiv"  # as listings and reads name it
ZONE = ZoneInfo("America/New_York")
CLOSES = time(14)
MONDAY, FRIDAY, SATURDAY = 0, 4, 5
WEEKEND = "weekend"
DAY = timedelta(days=1)
# As arXiv publishes them a year ahead, beside those that come back each year.
_NAMED = {
    date(2026, 12, 29): "a day off at the end of the year",
    date(2026, 12, 31): "a day off at the end of the year",
}
_FIXED = {
    (1, 1): "New Year's Day",
    (6, 19): "Juneteenth",
    (7, 4): "Independence Day",
    (12, 25): "Christmas Day",
}
_MOVING = {  # the how manieth of which weekday of a month
    (1, 3, 0): "Martin Luther King Day",
    (9, 1, 0): "Labor Day",
    (11, 4, 3): "Thanksgiving",
}

# A category that usually has so many papers of its own is never silent by chance.
BUSY = 5
# Below this share of a usual day a category was cut short: a Tuesday brings twice as many papers,
# a slow day half, and a list that was cut short brought a tenth. Of few papers it says nothing.
SHARE, PLENTY = 0.25, 20
_MEMORY = 0.3  # how much of the latest day goes into what is usual


class Kind(StrEnum):
    """Why a paper is on an announcement, in arXiv's words."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"

    @property
    def is_news(self) -> bool:
        """A later version is none."""
        return self in (Kind.NEW, Kind.CROSS)


@dataclass(frozen=True, slots=True)
class Announced:
    """A paper on an announcement."""

    paper: Paper
    kind: Kind
    day: date | None = None  # as the item itself says


@dataclass(frozen=True, slots=True)
class Feed:
    """One read of the announcement of one or several categories."""

    day: date | None  # None where nothing in it says
    items: tuple[Announced, ...]
    problems: tuple[str, ...] = ()
    is_cut: bool = False  # it holds as many items as a feed may, so there are more
    validators: dict[str, str] = field(default_factory=dict)  # for asking whether it changed


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a category's announcements."""

    category: str
    day: date | None = None  # of the last one
    highest_id: str = ""  # among the papers that are the category's own
    usual: float = 0  # such papers on a usual day
    is_late: bool = False  # the announcement of `day`, or of a later one, is not whole


def is_announced(day: date) -> bool:
    """Do the feeds of this day hold an announcement, by the calendar?"""
    return why_none(day) == ""


def why_none(day: date) -> str:
    """Why the feeds of a day are empty, in words; "" on a day with an announcement."""
    if day.weekday() >= SATURDAY:
        return WEEKEND
    return holiday(_business_day_before(day))


def holiday(day: date) -> str:
    """The name of a holiday of arXiv's; "" on other days."""
    if day in _NAMED:
        return _NAMED[day]
    for (month, number, weekday), name in _MOVING.items():
        if (day.month, (day.day + 6) // 7, day.weekday()) == (month, number, weekday):
            return name
    # One on a Saturday is kept on the Friday before it, one on a Sunday on the Monday after it.
    moved = {FRIDAY: [day + DAY], MONDAY: [day - DAY]}.get(day.weekday(), [])
    found = (_FIXED.get((each.month, each.day), "") for each in (day, *moved))
    return next(filter(None, found), "")


def latest(now: datetime) -> date:
    """The last day, up to now in New York, whose feeds hold an announcement."""
    day = now.astimezone(ZONE).date()
    while not is_announced(day):
        day -= DAY
    return day


def weekday(now: datetime) -> date:
    """Today in New York, or the Friday before a weekend."""
    day = now.astimezone(ZONE).date()
    return day - DAY * max(0, day.weekday() - FRIDAY)


def previous(day: date) -> date:
    """The announcement before that of a day."""
    return latest(opened(day - DAY))


def opened(day: date) -> datetime:
    """When the feeds of a day begin, in UTC: midnight in New York."""
    return datetime.combine(day, time(), tzinfo=ZONE).astimezone(UTC)


def days_after(first: date, last: date) -> list[date]:
    """The announcements after one day up to another."""
    days = (first + DAY * count for count in range(1, (last - first).days + 1))
    return [day for day in days if is_announced(day)]


def submitted(day: date) -> tuple[datetime, datetime]:
    """From when until when the papers of an announcement came in, in UTC."""
    return _closed(previous(day)), _closed(day)


def dated(feed: Feed, now: datetime) -> Feed:
    """The feed with days that can be: nothing is announced ahead, or of a weekend's own."""
    items = tuple(replace(each, day=_believed(each.day, now)) for each in feed.items)
    return replace(feed, day=_believed(feed.day, now), items=items)


def _believed(day: date | None, now: datetime) -> date | None:
    if day is None or day > now.astimezone(ZONE).date():
        return None
    return day - DAY * max(0, day.weekday() - FRIDAY)


def is_behind(known: Standing, expected: date) -> bool:
    """Was the last announcement of a category before the one that is out?"""
    return known.day is None or known.day < expected


def judged(known: Standing, expected: date, feed: Feed) -> Standing:
    """What a feed says about a category, on a day when the announcement of `expected` is out.

    Its own papers are looked at, those with the category in first place: cross-lists come with
    other categories' announcements. A feed that says it is of today and brings nothing later than
    yesterday's highest id is late, as is one that brings far fewer papers than usual.
    """
    own = _own(known.category, feed.items)
    is_read = not known.is_late and not is_behind(known, expected)
    highest = max((each.paper.id for each in own), key=place, default="")
    has_grown = place(highest) > place(known.highest_id)
    if has_grown or (own and not is_behind(known, expected)):
        named = max(each.day or feed.day or expected for each in own)
        day = max(named, known.day or named) if has_grown else known.day or expected
        found = settled(known, day, [each.paper.id for each in own])
        return found if day >= expected else replace(found, is_late=True)
    is_quiet = not own and known.usual < BUSY
    if is_quiet and feed.items and feed.day == expected:
        return settled(known, expected, [])
    return replace(known, is_late=not is_read)


def settled(known: Standing, day: date, ids: Sequence[str]) -> Standing:
    """A category after these papers of its own were found for a day; late if they are too few."""
    share = SHARE if known.usual >= PLENTY else 0
    few = len(ids) < known.usual * share or (not ids and known.usual >= BUSY)
    counts_twice = known.day == day and not known.is_late
    usual = known.usual if few or counts_twice else _usual(known.usual, len(ids))
    highest = max((known.highest_id, *ids), key=place)
    return Standing(known.category, day, highest, usual, is_late=few)


def is_own(paper: Paper, category: str) -> bool:
    """Is this the category a paper was submitted to, and not one it is cross-listed in?"""
    return bool(paper.categories) and is_in(paper.categories[0], category)


def _own(category: str, items: Iterable[Announced]) -> list[Announced]:
    return [each for each in items if each.kind is Kind.NEW and is_own(each.paper, category)]


def place(paper_id: str) -> tuple[int, str]:
    """A key by which ids come in the order in which arXiv gave them, those of its old form first.

    Old ones are from 1991 to March 2007: `hep-th/9901001` comes before `math/0601001`.
    """
    archive, _, number = paper_id.rpartition("/")
    if archive:
        century = "19" if number[:1] == "9" else "20"
        return (0, century + number)
    return (1, paper_id) if paper_id else (-1, "")


def _usual(before: float, count: int) -> float:
    return before + (count - before) * _MEMORY if before else float(count)


def _business_day_before(day: date) -> date:
    day -= DAY
    while day.weekday() >= SATURDAY:
        day -= DAY
    return day


def _closed(day: date) -> datetime:
    """When the announcement of a day was closed for submissions."""
    last = _business_day_before(day)
    return datetime.combine(last, CLOSES, tzinfo=ZONE).astimezone(UTC)
