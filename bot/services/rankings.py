"""Hugging Face's lists beside those of days: trending, the week's and the month's.

They keep votes fresh, and bring papers of days before we came, or old ones that people talk of
again. Nobody is told of those: they are found, shown, and no news.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from bot.domain.calendar import hf_day
from bot.domain.paper import OF_MONTH, OF_WEEK, TRENDING, Batch, Fetch, Listing
from bot.errors import SourceFailed, Stopping, trail
from bot.services.ingest import LONGEST_LIST
from bot.services.reading import alone
from storage import fetches, papers, rankings
from storage.database import Database, Session

log = logging.getLogger(__name__)

EVERY = {
    TRENDING: timedelta(hours=4),
    OF_WEEK: timedelta(days=1),
    OF_MONTH: timedelta(days=1),  # a busy one has eight pages
}
AFTER_A_FAILURE = timedelta(minutes=30)
_READING = "hf.rankings"

ReadDays: TypeAlias = Callable[[str], Sequence[Batch]]


@dataclass(frozen=True, slots=True)
class Lists:
    """How each is read: what trends, on a day; a week such as 2025-W38; a month such as 2025-10."""

    trending: Callable[[date], Batch]
    week: ReadDays
    month: ReadDays


def read_due(database: Database, lists: Lists, now: datetime) -> list[Fetch]:
    """Read each list whose last read is too old. Returns the reads made.

    One process does so at a time; the others find it done.
    """
    if not _due(database, now):
        return []
    with alone(database, _READING, now, LONGEST_LIST) as keep:
        return list(_read(database, lists, now, keep)) if keep else []


def _read(
    database: Database, lists: Lists, now: datetime, keep: Callable[[], bool]
) -> Iterator[Fetch]:
    for source in _due(database, now):  # asked again: another process may have been faster
        if not keep():
            return
        try:
            batch = _list(lists, source, hf_day(now))  # outside any transaction
        except SourceFailed as failure:
            yield _silent(database, source, str(failure), now)
        except Stopping:
            raise
        except Exception as problem:  # a fault of ours is no reason to ask each time it ticks
            log.error("reading %s failed: %s", source, trail(problem))
            words = f"Reading it failed on my side ({type(problem).__name__})."
            yield _silent(database, source, words, now)
        else:
            yield _store(database, batch, now)


def _silent(database: Database, source: str, why: str, now: datetime) -> Fetch:
    with database.begin() as session:
        return fetches.add_failure(session, source, hf_day(now), why, now)


def _list(lists: Lists, source: str, day: date) -> Batch:
    if source == TRENDING:
        batch = lists.trending(day)
        return replace(batch, listings=tuple(map(_in_its_time, batch.listings)))
    is_week = source == OF_WEEK
    days = lists.week(f"{day:%G-W%V}") if is_week else lists.month(f"{day:%Y-%m}")
    listings = (replace(each, source=source) for batch in days for each in batch.listings)
    problems = (each for batch in days for each in batch.problems)
    return Batch(source, day, tuple(listings), tuple(problems))


def _in_its_time(listing: Listing) -> Listing:
    """What trends is of the day it was published: it may be years old."""
    published = listing.paper.published
    return replace(listing, day=published.date()) if published else listing


def _store(database: Database, batch: Batch, now: datetime) -> Fetch:
    """Papers, where they stand, and the read: all of them or nothing. Nobody is told."""
    with database.begin() as session:
        papers.save(session, (each.paper for each in batch.listings), now)
        return rankings.record(session, batch, now)


def _due(database: Database, now: datetime) -> list[str]:
    with database.read() as session:
        return [each for each in EVERY if _is_due(session, each, now)]


def _is_due(session: Session, source: str, now: datetime) -> bool:
    last = fetches.last_dated(session, source)
    if last is None:
        return True
    return now - last.read_at >= (AFTER_A_FAILURE if last.error else EVERY[source])
