"""arXiv's announcements: read once a day when they are out, and again while something is missing.

A feed that should have moved and did not is late, category by category; what it does not bring is
owed, and asked of the API. A weekend or a holiday is neither: no announcement is expected then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from bot.domain import announcements as calendar
from bot.domain.announcements import ARXIV, Announced, Feed, Kind, judged, settled
from bot.domain.digest import SourceRead
from bot.domain.paper import Batch, Fetch, Listing, Paper
from bot.errors import SourceFailed
from bot.services import ingest
from bot.services.reading import alone
from storage import announcements, fetches, listings
from storage.database import Database, Session

# What changed is told by the answer's head alone, so a look costs arXiv next to nothing.
LATE_EVERY, LATER_EVERY = timedelta(minutes=20), timedelta(hours=1)
EARLY = timedelta(hours=4)
TOP_UP_EVERY = timedelta(hours=6)  # a feed may grow in the course of its day
# A feed is built within seconds after midnight in New York; this much later it is called late.
GRACE = timedelta(hours=1)
# The API follows the feeds. It is not asked before, and then a few times a day.
API_AFTER, API_EVERY = timedelta(hours=8), timedelta(hours=6)
INSIST = timedelta(days=3)  # so long a day that has too few papers is asked for again
CATCH_UP = timedelta(days=14)  # what is older is left to `papers ingest`
DAYS_AT_ONCE = 5  # asked of the API in one go
# After so many failures in a row, the wait has doubled so often; arXiv refuses for hours at a time.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=2)
FORGOTTEN = timedelta(days=7)  # a category that was not read so long is not followed any more
_READING = "arxiv.announcements"
_LONGEST_READING = timedelta(minutes=30)

ReadFeed: TypeAlias = Callable[[Sequence[str], Mapping[str, str]], Feed | None]
ReadGap: TypeAlias = Callable[
    [Sequence[str], datetime, datetime], tuple[tuple[Paper, ...], tuple[str, ...]]
]


@dataclass(frozen=True, slots=True)
class Source:
    """How announcements are read: a feed, or None where it did not change; and papers of a time."""

    feed: ReadFeed
    gap: ReadGap


def read_due(
    database: Database, source: Source, categories: Sequence[str], now: datetime
) -> list[Fetch]:
    """Read the feed of these categories where it is due, and what it owes. Returns the reads made.

    One process does so at a time; the others find it done.
    """
    if not categories or _is_resting(database, now):
        return []
    if not _is_due(database, categories, now) and not _owed(database, now):
        return []
    with alone(database, _READING, now, _LONGEST_READING) as is_ours:
        if is_ours is None:
            return []
        is_due = _is_due(database, categories, now)  # still: another process may have been faster
        found = read(database, source, categories, now) if is_due else None
        return [*([found] if found else []), *fill(database, source, now)]


def read(
    database: Database, source: Source, categories: Sequence[str], now: datetime
) -> Fetch | None:
    """Read the feed now, whatever the hour; None where it is still the one that was read."""
    expected = calendar.latest(now)
    address = f"{ARXIV}:{'+'.join(categories)}"
    with database.read() as session:
        known = announcements.validators(session, address)
    try:
        found = source.feed(categories, known)  # outside any transaction, as every request
    except SourceFailed as failure:
        with database.begin() as session:
            _judge(session, categories, Feed(None, ()), now, is_read=False)
            return fetches.add_failure(session, ARXIV, expected, str(failure), now)
    feed = calendar.dated(found or Feed(None, ()), now)
    with database.begin() as session:
        _judge(session, categories, feed, now)
        if found is None:
            return None
        announcements.keep_validators(session, address, feed.validators)
        return ingest.keep(session, _batch(session, feed.day or expected, feed), now)


def fill(database: Database, source: Source, now: datetime) -> list[Fetch]:
    """Ask the API for the days of which feeds did not bring all, once it may have them."""
    made: list[Fetch] = []
    for day, categories in list(_owed(database, now).items())[:DAYS_AT_ONCE]:
        made.append(_fill(database, source, day, categories, now))
        if made[-1].error:
            break
    return made


def late(session: Session) -> tuple[str, ...]:
    """The categories whose announcement is late."""
    followed = announcements.followed(session, FORGOTTEN)
    return tuple(each.category for each in followed if each.is_late)


def categories(session: Session) -> tuple[str, ...]:
    """The categories that are followed."""
    return tuple(each.category for each in announcements.followed(session, FORGOTTEN))


def source_read(session: Session, now: datetime) -> SourceRead | None:
    """What arXiv had for a digest; None where no category of it is followed."""
    followed = announcements.followed(session, FORGOTTEN)
    last = fetches.last_dated(session, ARXIV)
    if not followed or last is None or last.read_at < now - FORGOTTEN:
        return None
    day = max((each.day for each in followed if each.day), default=calendar.latest(now))
    answered = fetches.last_dated(session, ARXIV, answered=True)
    read_at = answered.read_at if answered else None
    return SourceRead(ARXIV, day, read_at, last.error, late(session))


def _fill(
    database: Database, source: Source, day: date, categories: Sequence[str], now: datetime
) -> Fetch:
    try:
        papers, problems = source.gap(categories, *calendar.submitted(day))
    except SourceFailed as failure:
        with database.begin() as session:
            return fetches.add_failure(session, ARXIV, day, str(failure), now)
    items = tuple(Announced(each, Kind.NEW, day) for each in papers)
    with database.begin() as session:
        announcements.asked(session, day, categories, now)
        whole = []
        for standing in announcements.standings(session, categories):
            own = [each.id for each in papers if calendar.is_own(each, standing.category)]
            found = settled(standing, day, own)
            if not found.is_late or day < _today(now) - INSIST:
                whole.append(standing.category)
            if standing.day is None or standing.day <= day:
                announcements.save(session, found)
        announcements.filled(session, day, whole)
        return ingest.keep(session, _batch(session, day, Feed(day, items, problems)), now)


def _judge(
    session: Session, categories: Sequence[str], feed: Feed, now: datetime, *, is_read: bool = True
) -> None:
    """Keep what a feed says of each category, and note the days that it owes."""
    expected = calendar.latest(now)
    is_over = calendar.opened(expected) + GRACE <= now
    for before in announcements.standings(session, categories):
        found = judged(before, expected, feed)
        is_behind = calendar.is_behind(found, expected)
        if is_behind and not is_over:
            found = replace(found, is_late=before.is_late)
        announcements.save(session, found, now if is_read else None)
        is_whole = not (is_behind or found.is_late or feed.is_cut)
        first = max(before.day or expected, expected - CATCH_UP)
        passed = calendar.days_after(first, calendar.previous(expected))
        for day in (*passed, *([expected] if is_over and not is_whole else [])):
            announcements.owe(session, day, before.category)
        if is_whole:
            announcements.filled(session, expected, [before.category])


def _batch(session: Session, day: date, feed: Feed) -> Batch:
    """What is news, each paper on one list of arXiv's only; all else is a later word on a paper."""
    news = [each for each in feed.items if each.kind.is_news]
    listed = listings.days_on(session, ARXIV, (each.paper.id for each in news))
    found, revisions = [], [each.paper for each in feed.items if not each.kind.is_news]
    for each in news:
        on = each.day or day
        if listed.get(each.paper.id, on) == on:
            found.append(Listing(ARXIV, on, each.paper))
        else:
            revisions.append(each.paper)
    return Batch(ARXIV, day, tuple(found), feed.problems, tuple(revisions))


def _is_due(database: Database, categories: Sequence[str], now: datetime) -> bool:
    """Is the feed to be read, for the first time on its day, while it is late, or once more?"""
    expected = calendar.latest(now)
    with database.read() as session:
        known = announcements.standings(session, categories)
        last = announcements.last_read(session, categories)
    # On a day off as well: the calendar may be wrong, and one look settles it.
    if last is None or last < calendar.opened(calendar.weekday(now)):
        return True
    if _today(now) > expected:
        return False
    if not any(each.is_late or calendar.is_behind(each, expected) for each in known):
        return now - last >= TOP_UP_EVERY
    is_early = now < calendar.opened(expected) + EARLY
    return now - last >= (LATE_EVERY if is_early else LATER_EVERY)


def _owed(database: Database, now: datetime) -> dict[date, list[str]]:
    """The days to ask the API for, with their categories, once it may have them."""
    with database.read() as session:
        owed = announcements.owed(session, now - API_EVERY, _today(now) - CATCH_UP)
    return {day: names for day, names in owed.items() if calendar.opened(day) + API_AFTER <= now}


def _is_resting(database: Database, now: datetime) -> bool:
    """Did it fail so lately, or so often, that it is left alone for a while?"""
    with database.read() as session:
        last = fetches.last_dated(session, ARXIV)
        failed = fetches.failures(session, ARXIV, now - CATCH_UP)
    if last is None or not last.error:
        return False
    wait = FIRST_WAIT * 2.0 ** min(failed - 1, 10)
    return now - last.read_at < min(wait, LONGEST_WAIT)


def _today(now: datetime) -> date:
    return now.astimezone(calendar.ZONE).date()
