"""New papers come in, and who is to be told of them is noted with them."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from bot.domain.calendar import hf_day, weekdays_between
from bot.domain.paper import HUGGING_FACE, Batch, Fetch, Paper
from bot.errors import SourceFailed, Stopping, trail
from bot.services import alerts, later_versions, merging, percolator
from bot.services.reading import Keep, alone
from storage import fetches, leases, papers, rankings, recording, versions
from storage.database import Database, Session
from storage.papers import Change

log = logging.getLogger(__name__)

Read: TypeAlias = Callable[[date], Batch]

# The day's list grows and its votes move; the source's limit is 500 reads in five minutes.
TODAY_EVERY = timedelta(minutes=10)
YESTERDAY_EVERY = timedelta(hours=6)  # some papers are listed a day late
NEWS = timedelta(days=7)  # a paper that is known for longer is none, whatever comes to be known
CATCH_UP = timedelta(days=14)  # after a longer absence, older days are left to `papers ingest`
# Votes grow for one or two weeks, and a list may lack papers for longer than a day.
AGAIN_EVERY = timedelta(hours=12)
_READING = "hf.lists"
LONGEST_LIST = timedelta(minutes=5)  # above what the source gives a list, with all retries


@dataclass(frozen=True, slots=True)
class Kept:
    """A read that was stored: how many papers were not known before, and how many have changed.

    With the queries that what is new matches, and those that later versions match.
    """

    fetch: Fetch
    new: int
    changed: int
    matched: frozenset[int] = frozenset()
    revised: frozenset[int] = frozenset()


def read_due(database: Database, read: Read, now: datetime) -> list[Fetch]:
    """Read each day of Hugging Face whose last read is too old. Returns the reads made.

    One process does so at a time; the others find it done.
    """
    if not _due(database, now):
        return []
    with alone(database, _READING, now, LONGEST_LIST) as keep:
        # Asked again: another process may have been faster.
        return _read(database, read, _due(database, now), now, keep) if keep else []


def is_under_way(database: Database, now: datetime) -> bool:
    """Whether some process reads Hugging Face's lists just now."""
    with database.read() as session:
        lease = leases.get(session, _READING)
    return lease is not None and lease.held_until > now


def _due(database: Database, now: datetime) -> list[date]:
    with database.read() as session:
        return _days_due(session, now)


def _read(
    database: Database, read: Read, days: Sequence[date], now: datetime, keep: Keep
) -> list[Fetch]:
    """What several days bring is stored together: after days away people get one alert, not seven.

    What was read is stored also if another process took over meanwhile.
    """
    batches: list[Batch] = []
    silent: list[Fetch] = []
    for day in days:
        if not keep():
            break
        try:
            batches.append(read(day))
        except SourceFailed as failure:
            silent.append(_silent(database, HUGGING_FACE, day, str(failure), now))
        except Stopping:
            raise
        except Exception as problem:  # a fault of ours in one list is no reason to read no other
            log.error("reading %s of %s failed: %s", HUGGING_FACE, day, trail(problem))
            words = f"Reading it failed on my side ({type(problem).__name__})."
            silent.append(_silent(database, HUGGING_FACE, day, words, now))
    return [*silent, *store_together(database, batches, now)]


def ingest(
    database: Database, read: Read, source: str, day: date, now: datetime, *, tell: bool = True
) -> Fetch:
    """Read one day of one source and keep what came; a silent source is kept as such."""
    try:
        batch = read(day)  # outside the transaction: a slow source must not hold a lock
    except SourceFailed as failure:
        return _silent(database, source, day, str(failure), now)
    return store(database, batch, now, tell=tell)


def store(database: Database, batch: Batch, now: datetime, *, tell: bool = True) -> Fetch:
    """Papers, listings, the read, and matches: all of them or nothing.

    With `tell=False` nobody hears of these papers: a backfill.
    """
    [fetch] = store_together(database, [batch], now, tell=tell)
    return fetch


def store_together(
    database: Database, batches: Sequence[Batch], now: datetime, *, tell: bool = True
) -> list[Fetch]:
    """The same of several batches, told as one."""
    if not batches:
        return []
    with database.begin() as session:
        return keep_together(session, batches, now, tell=tell)


def keep(session: Session, batch: Batch, now: datetime, *, tell: bool = True) -> Fetch:
    """The same of one batch, within a transaction."""
    [fetch] = keep_together(session, [batch], now, tell=tell)
    return fetch


def keep_together(
    session: Session, batches: Sequence[Batch], now: datetime, *, tell: bool = True
) -> list[Fetch]:
    """The same of several, within a transaction. Of later versions hears who asked for them alone.

    What several batches bring is told as one.
    """
    return [each.fetch for each in take_in(session, batches, now, tell=tell)]


def take_in(
    session: Session, batches: Sequence[Batch], now: datetime, *, tell: bool = True
) -> list[Kept]:
    """The same, with what became of the papers."""
    papers.hold_revision(session)  # before any paper is looked at: another writer may have it
    kept = [_keep(session, each, now, tell=tell) for each in batches]
    alerts.plan(session, {each for one in kept for each in one.matched}, now)
    alerts.plan_versions(session, {each for one in kept for each in one.revised}, now)
    return kept


def _keep(session: Session, read: Batch, now: datetime, *, tell: bool) -> Kept:
    home = merging.at_home(session, read, now)
    batch = home.batch
    listed = [each.paper for each in batch.listings]
    quiet = rankings.not_yet_news(session, [each.id for each in listed])
    known = versions.numbers(session, _ids(batch))
    saved = papers.save(session, listed, now)
    new = [*saved.new, *papers.renumber(session, quiet)]
    papers.revise(session, batch.revisions, now)
    papers.withdraw(session, batch.gone)
    fetch = recording.record(session, batch, now)
    home.note(session, read.listings, now)
    kept = Kept(fetch, len(saved.new), len(saved.changed))
    if not tell:
        return kept
    passed = batch.archive.union(quiet)
    placed = _first_placed(
        (each for each in saved.changed if each.paper.id not in passed), now - NEWS
    )
    news = [each for each in new if each.id not in batch.archive and not each.withdrawn]
    return replace(
        kept,
        matched=frozenset(percolator.percolate(session, batch.source, news, placed)),
        revised=frozenset(later_versions.note(session, batch.source, known)),
    )


def _ids(batch: Batch) -> list[str]:
    named = (*(each.paper.id for each in batch.listings), *(each.id for each in batch.revisions))
    return list(dict.fromkeys(named))


def _first_placed(changed: Iterable[Change], since: datetime) -> list[Paper]:
    """Papers that another source brought since then, before anybody knew their categories.

    Whoever follows a category hears of them now.
    """
    return [
        each.paper
        for each in changed
        if each.paper.categories
        and not each.before.categories
        and not each.paper.withdrawn
        and each.first_seen_at >= since
    ]


def _silent(database: Database, source: str, day: date, why: str, now: datetime) -> Fetch:
    """A read that was not answered, kept in words."""
    with database.begin() as session:
        return fetches.add_failure(session, source, day, why, now)


def next_read(session: Session, now: datetime) -> datetime:
    """When today's list of Hugging Face is read again; `now` where it never was."""
    last = fetches.last_read(session, HUGGING_FACE, hf_day(now))
    return last.read_at + TODAY_EVERY if last else now


def _days_due(session: Session, now: datetime) -> list[date]:
    """Today's list, the day's before, and each later one than the last that answered.

    A day that failed is asked for until it answers, also where later days have answered; one that
    answered is read again for two weeks.
    """
    today = hf_day(now)
    before = weekdays_between(today - timedelta(days=4), today - timedelta(days=1))[-1]
    last = fetches.last_answered_day(session, HUGGING_FACE) or before
    current = weekdays_between(min(last, before), today)
    every = {today: TODAY_EVERY, before: YESTERDAY_EVERY}
    return [
        day
        for day in weekdays_between(today - CATCH_UP, today)
        if _is_due(
            fetches.last_read(session, HUGGING_FACE, day),
            every=every.get(day, AGAIN_EVERY),
            current=day in current,
            now=now,
        )
    ]


def _is_due(last: Fetch | None, *, every: timedelta, current: bool, now: datetime) -> bool:
    if last is None:
        return current
    return now - last.read_at >= (TODAY_EVERY if last.error else every)
