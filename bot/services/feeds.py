"""Feeds and preprint servers that the settings name: read when due, and told when late.

The first read of a feed brings its whole archive. That is stored and can be found; people are told
only of what is as young as news. Later reads tell what was not there before.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from uuid import uuid4

from bot.domain.digest import SourceRead
from bot.domain.feeds import Entry, Found, Standing, answered, failed, is_news, listed_on
from bot.domain.paper import UNDATED, Batch, Fetch, Listing
from bot.errors import SourceFailed, Stopping, trail
from bot.services import ingest
from storage import aliases, feeds, fetches, leases, listings
from storage.database import Database, Session

log = logging.getLogger(__name__)

_LONGEST_READING = timedelta(minutes=30)
_SOON = timedelta(seconds=10)  # between two requests a host rests for a moment

Read: TypeAlias = Callable[[Standing, datetime], Found | None]
ReadDays: TypeAlias = Callable[[date, date], Found]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that the settings name, and how it is read.

    `read` gives None where it is still as it was. `days` is there where a time can be asked for.
    """

    source: str  # as listings and reads name it
    address: str  # a digest of it
    host: str  # the name of the lease that says when it may be asked
    read: Read
    days: ReadDays | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One read of a feed, for whoever asked for it."""

    name: str
    entries: int = 0
    new: int = 0
    late: str = ""
    problems: tuple[str, ...] = ()
    error: str = ""
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a read is for: entries from one day to another, and whether anybody is told."""

    first: date = date.min
    last: date = date.max
    tell: bool = True

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def is_a_part(self) -> bool:
        """Are some entries left for the next read?"""
        return self.first > date.min or self.last < date.max


EVERYTHING = Wanted()


def read_due(database: Database, named: Sequence[Feed], now: datetime) -> list[Outcome]:
    """Read each feed that is due, one process each. Returns what came of it."""
    _follow(database, {each.source for each in named})
    made: list[Outcome] = []
    for each in named:
        if not _is_due(database, each, now):
            continue
        with _alone(database, each, now) as is_ours:
            if is_ours and _is_due(database, each, now):  # still: another may have been faster
                made.append(read(database, each, now))
    return made


def read(database: Database, feed: Feed, now: datetime, wanted: Wanted = EVERYTHING) -> Outcome:
    """Read a feed now, due or not."""
    with database.read() as session:
        known = feeds.standing(session, feed.source, feed.address)
    asked = replace(known, validators={}) if wanted.is_a_part else known
    try:
        found = feed.read(asked, now)  # outside any transaction, as every request
        return _keep(database, known, found, wanted, now)
    except SourceFailed as failure:
        return _silent(database, known, str(failure), now)
    except Stopping:
        raise
    except Exception as problem:  # a fault of ours with one feed is no reason to read no other
        log.error("reading %s failed: %s", feed.source, trail(problem))
        words = f"Reading it failed on my side ({type(problem).__name__})."
        return _silent(database, known, words, now)


def read_days(
    database: Database, feed: Feed, wanted: Wanted, now: datetime
) -> Iterator[tuple[date, Outcome]]:
    """What came on each of these days, a day at a time, each stored before the next is asked for.

    Who stops it begins again with the day that was not told.
    """
    if feed.days is None:
        raise ValueError("this feed cannot be asked for days")
    last = min(wanted.last, now.astimezone(UTC).date())
    for offset in range((last - wanted.first).days + 1):
        day = wanted.first + timedelta(days=offset)
        with database.read() as session:
            known = feeds.standing(session, feed.source, feed.address)
        try:
            found = feed.days(day, day)
        except SourceFailed as failure:
            yield day, _silent(database, known, str(failure), now)
            return
        # A day says nothing about whether the server is late.
        told = replace(found, newest=None, is_empty=False)
        kept = _keep(database, replace(known, title=found.title), told, wanted, now)
        yield day, replace(kept, late="")


def source_reads(
    session: Session, sources: Collection[str], now: datetime
) -> tuple[SourceRead, ...]:
    """What a receipt says of feeds: of those that brought one of its papers, or were in trouble."""
    found = []
    for each in feeds.followed(session):
        last = fetches.last_read(session, each.source, UNDATED)
        error = last.error if last and each.failures else None
        if each.source not in sources and not each.late and not error:
            continue
        day = (each.newest or each.answered_at or now).astimezone(UTC).date()
        late = (each.name,) if each.late else ()
        found.append(SourceRead(each.source, day, each.answered_at, error, late, each.title))
    return tuple(found)


def _follow(database: Database, sources: Collection[str]) -> None:
    """What the settings name no more is not told of any more."""
    with database.read() as session:
        known = {each.source for each in feeds.followed(session)}
        gone = feeds.abandoned(session)
    if known - set(sources) or gone & set(sources):
        with database.begin() as session:
            feeds.follow(session, sources)


def _is_due(database: Database, feed: Feed, now: datetime) -> bool:
    """Is its time come, and does its host not want to be left alone?"""
    with database.read() as session:
        known = feeds.standing(session, feed.source, feed.address)
        host = leases.get(session, feed.host)
    is_resting = host is not None and host.ready_at > now + _SOON
    return not is_resting and (known.due_at is None or known.due_at <= now)


def _silent(database: Database, known: Standing, why: str, now: datetime) -> Outcome:
    """A read that was not answered, kept in words."""
    with database.begin() as session:
        feeds.save(session, failed(known, now))
        fetches.add_failure(session, known.source, UNDATED, why, now)
    return Outcome(known.name, error=why)


def _keep(
    database: Database, known: Standing, found: Found | None, wanted: Wanted, now: datetime
) -> Outcome:
    """Papers, listings, the read, what is to be told, and how far the feed is read: together."""
    after = answered(known, found, now)
    if wanted.is_a_part:  # what it leaves out is still to be found, as if nothing had been read
        then = known.answered_at, known.due_at, known.validators
        after = replace(after, answered_at=then[0], due_at=then[1], validators=then[2])
    with database.begin() as session:
        feeds.save(session, after)
        if found is None:
            fetch = Fetch(known.source, UNDATED, now, known.entries, 0, 0, 0, None)
            fetches.add(session, fetch)
            return Outcome(after.name, known.entries, late=after.late, is_unchanged=True)
        batch = _batch(session, known, found, wanted, now)
        fetch = ingest.keep(session, batch, now, tell=wanted.tell)
    return Outcome(after.name, fetch.seen, fetch.new, after.late, found.problems)


def _batch(session: Session, known: Standing, found: Found, wanted: Wanted, now: datetime) -> Batch:
    """Each entry on the day on which it was listed first; of old ones nobody hears."""
    news = [each for each in found.entries if not each.is_revision]
    one = aliases.of(session, (each.paper.id for each in news))
    names = {each.paper.id: one.get(each.paper.id, each.paper.id) for each in news}
    listed = listings.days_on(session, known.source, names.values())
    rows, archive = [], set()
    for each in news:
        name = names[each.paper.id]
        # Undated, and nothing that it lists was there: its ids were made anew.
        is_first = known.is_new or (each.at is None and not listed)
        day = listed.get(name) or listed_on(each, is_first=is_first, now=now)
        if day not in wanted:
            continue
        rows.append(Listing(known.source, day, each.paper))
        if name not in listed and not _is_told(each, wanted, is_first=is_first, now=now):
            archive |= {name, each.paper.id}
    later = tuple(each.paper for each in found.entries if each.is_revision)
    return Batch(
        known.source, UNDATED, tuple(rows), found.problems, later, archive=frozenset(archive)
    )


def _is_told(entry: Entry, wanted: Wanted, *, is_first: bool, now: datetime) -> bool:
    """Whoever asks for days by name wants their papers told, however old."""
    return wanted.first > date.min or is_news(entry, is_first=is_first, now=now)


@contextmanager
def _alone(database: Database, feed: Feed, now: datetime) -> Iterator[bool]:
    name, holder = f"feed {feed.source}", uuid4().hex
    with database.begin() as session:
        is_ours = leases.take(session, name, holder, now, _LONGEST_READING)
    try:
        yield is_ours
    finally:
        if is_ours:
            with database.begin() as session:
                leases.release(session, name, holder)
