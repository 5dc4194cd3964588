"""What is known for and against the papers of a digest, gathered from what is stored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.curation import NOBODY, Candidate, choose
from bot.domain.digest import ChannelDigest, Pick
from bot.domain.expression import Or, Phrase, Query, canonical
from bot.domain.matching import document, matches
from bot.domain.paper import Listing
from bot.domain.query import read_canonical
from bot.domain.verdicts import Decision, Verdict, arranged
from storage import feedback, library, listings, seen, verdicts
from storage.database import Session

# What people decide counts until the paper is shown, and for a week if it is not.
DECIDED = timedelta(days=7)
HOUR = timedelta(hours=1)


def candidates(
    session: Session, digest: ChannelDigest, news: Iterable[Listing], now: datetime
) -> list[Candidate]:
    """What a channel may be shown: news and what its people picked, unless it has seen them.

    What its people skipped is left out, and what was withdrawn.
    """
    decided = {each.paper_id: each for each in _verdicts(session, digest, now)}
    picked = [each for each, given in decided.items() if given.decision is Decision.PICK]
    found = {each.paper.id: each for each in [*listings.of_papers(session, picked), *news]}
    shown = seen.among(session, digest.team_id, digest.channel_id, found)
    left = [
        each
        for each in found.values()
        if each.paper.id not in shown
        and not each.paper.withdrawn
        and not _is_skipped(decided.get(each.paper.id))
    ]
    known = _known(session, digest, left, now)
    return [
        replace(each, picked_by=decided[each.listing.paper.id].by)
        if each.listing.paper.id in picked
        else each
        for each in known
    ]


def picks(
    session: Session, digest: ChannelDigest, found: Sequence[Candidate], now: datetime
) -> tuple[Pick, ...]:
    """The papers of an edition, those that people moved at their places."""
    chosen = [(each.paper_id, each) for each in choose(found, digest.size)]
    return tuple(pick for _, pick in arranged(chosen, _verdicts(session, digest, now)))


def _verdicts(session: Session, digest: ChannelDigest, now: datetime) -> list[Verdict]:
    return verdicts.of_channel(session, digest.team_id, digest.channel_id, now - DECIDED)


def _is_skipped(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.decision is Decision.SKIP


def _known(
    session: Session, digest: ChannelDigest, found: Sequence[Listing], now: datetime
) -> list[Candidate]:
    ids = [each.paper.id for each in found]
    began = listings.beginnings(session, ids)
    tallies = feedback.tallies(session, digest.team_id, ids)
    savers = library.savers(session, digest.team_id, ids)
    about = _subjects(digest.topics)
    return [
        Candidate(
            each,
            risen=max(each.upvotes - began[each.paper.id].upvotes, 0),
            since=_earlier_day(began[each.paper.id].read_at, digest, now),
            tally=tallies.get(each.paper.id, NOBODY),
            savers=len(savers.get(each.paper.id, ())),
            topic=about(each),
            hours=max((now - began[each.paper.id].read_at) / HOUR, 0.0),
        )
        for each in found
    ]


def _earlier_day(read_at: datetime, digest: ChannelDigest, now: datetime) -> date | None:
    """The day where the channel is, unless it is today."""
    day, today = (each.astimezone(digest.schedule.zone).date() for each in (read_at, now))
    return day if day < today else None


def _subjects(topics: str) -> Callable[[Listing], str]:
    """What of a channel's topics a paper is about: the first of them, or nothing."""
    wanted = _parts(read_canonical(topics)) if topics else ()

    def about(listing: Listing) -> str:
        text = document(listing.paper, {listing.source}) if wanted else None
        return next((_said(each) for each in wanted if text and matches(each, text)), "")

    return about


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, Or) else (query,)


def _said(query: Query) -> str:
    return canonical(query).strip('"') if isinstance(query, Phrase) else canonical(query)
