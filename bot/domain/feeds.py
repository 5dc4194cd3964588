"""What a feed or a preprint server brings, when it is read again, and whether it is late.

A feed has no calendar. What tells a quiet one from a stale one is its own rhythm: the longest that
it ever paused between two of its papers, by their dates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.domain.paper import UNDATED, Paper

EVERY = timedelta(hours=1)  # feeds of papers move once a day, and an unchanged one costs a 304
# After so many failures in a row the wait has doubled so often.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=12)
# The first read brings a whole archive: only what is as young as this is news then.
FIRST_NEWS = timedelta(days=3)
# Later what is as young as this: after days away nothing is lost, and an old entry is no news.
NEWS = timedelta(days=14)
# So much longer than ever before, and at least so long, must a feed be silent to be called late.
LONGER, LONG = 2, timedelta(days=3)
FEWEST = 5  # dates that make a rhythm


class Late(StrEnum):
    """Why an answer in good order does not say that there is nothing new."""

    EMPTY = "empty"  # it lists nothing at all
    OLDER = "older"  # it ends before papers that it listed already
    SILENT = "silent"  # it has not paused for so long before


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in a feed, and when it came there, if the feed says so."""

    paper: Paper
    at: datetime | None = None  # UTC
    is_revision: bool = False  # a later version of a paper, which is no news


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a feed. Raised elsewhere: what cannot be read is no answer."""

    title: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()  # entries that are no papers, each in a sentence
    # For asking whether it changed.
    validators: Mapping[str, str] = field(default_factory=dict)
    newest: datetime | None = None  # of all it lists, followed or not
    pause: timedelta | None = None  # the longest between two of them
    is_empty: bool = False  # it lists nothing, also nothing that is not followed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a feed was read."""

    source: str  # as listings and reads name it
    address: str = ""  # a digest of where it was read
    title: str = ""
    entries: int = 0  # in its last answer
    newest: datetime | None = None  # of all its papers so far
    pause: timedelta | None = None
    late: str = ""  # one of Late
    failures: int = 0  # in a row
    read_at: datetime | None = None
    answered_at: datetime | None = None
    due_at: datetime | None = None
    validators: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Has it never answered?"""
        return self.answered_at is None

    @property
    def name(self) -> str:
        """What people know it by."""
        return self.title or self.source


def rhythm(times: Iterable[datetime | None]) -> tuple[datetime | None, timedelta | None]:
    """The newest of a feed's dates, and the longest pause between two; None where too few tell."""
    known = sorted({each for each in times if each})
    pause = max((later - earlier for earlier, later in pairwise(known)), default=None)
    return (known[-1] if known else None), (pause if len(known) >= FEWEST else None)


def answered(known: Standing, found: Found | None, now: datetime) -> Standing:
    """The standing after an answer; None is the one that is known already."""
    after = replace(known, failures=0, read_at=now, answered_at=now, due_at=now + EVERY)
    if found is not None:
        # A server whose clock is ahead must not make its feed look stale for years.
        newest = min(found.newest, now) if found.newest else None
        after = replace(
            after,
            title=found.title or known.title,
            entries=len(found.entries),
            newest=max(filter(None, (newest, known.newest)), default=None),
            pause=found.pause or known.pause,
            validators=dict(found.validators),
        )
    return replace(after, late=_late(known, found, after, now))


def failed(known: Standing, now: datetime) -> Standing:
    """The standing after a read that was not answered: the next is due later each time."""
    wait = min(FIRST_WAIT * 2.0 ** min(known.failures, 10), LONGEST_WAIT)
    return replace(known, failures=known.failures + 1, read_at=now, due_at=now + wait)


def listed_on(entry: Entry, *, is_first: bool, now: datetime) -> date:
    """The day of an entry's listing: its own, but never a day to come.

    Without a date it is of the day it was found on; in a first read that says nothing.
    """
    today = now.astimezone(UTC).date()
    if entry.at is None:
        return UNDATED if is_first else today
    return min(entry.at.astimezone(UTC).date(), today)


def is_news(entry: Entry, *, is_first: bool, now: datetime) -> bool:
    """Is anybody to be told of an entry that was not there before?"""
    if entry.at is None:
        return not is_first
    return entry.at >= now - (FIRST_NEWS if is_first else NEWS)


def _late(known: Standing, found: Found | None, after: Standing, now: datetime) -> str:
    if found is None:
        if known.late and known.late != Late.SILENT:
            return known.late  # what was wrong with this answer still is
    elif found.is_empty:
        return Late.EMPTY
    elif found.newest and known.newest and found.newest < known.newest:
        return Late.OLDER
    is_silent = (
        after.newest is not None
        and after.pause is not None
        and now - after.newest > max(after.pause * LONGER, LONG)
    )
    return Late.SILENT if is_silent else ""
