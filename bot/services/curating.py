"""What is known for and against the papers of a digest, gathered from what is stored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.curation import NOBODY, Candidate, choose
from bot.domain.digest import Digest, Pick
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
    session: Session, digest: Digest, news: Iterable[Listing], now: datetime
) -> list[Candidate]:
    """What a channel may be shown: news and what its people picked, unless it has seen them.

    What its people skipped is left out, and what was withdrawn.
    """
    decided = {each.paper_id: each for each in _verdicts(session, digest, now)}
    picked = [each for each, given in decided.items() if given.decision is Decision.PICK]
    found = {each.paper.id: each for each in [*listings.of_papers(session, picked), *news]}
    shown = seen.among(session, digest.team_id, digest.audience, found)
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
    session: Session, digest: Digest, found: Sequence[Candidate], now: datetime
) -> tuple[Pick, ...]:
    """The papers of an edition, those that people moved at their places."""
    chosen = [(each.paper_id, each) for each in choose(found, digest.size)]
    return tuple(pick for _, pick in arranged(chosen, _verdicts(session, digest, now)))


def skipped(session: Session, digest: Digest, now: datetime) -> set[str]:
    """What people took out of the next digest of a channel."""
    return {each.paper_id for each in _verdicts(session, digest, now) if _is_skipped(each)}


def weighed(
    session: Session, digest: Digest, found: Sequence[Listing], now: datetime
) -> list[Candidate]:
    """What is known of papers, whether a channel has seen them or not."""
    return _known(session, digest, found, now)


def _verdicts(session: Session, digest: Digest, now: datetime) -> list[Verdict]:
    return verdicts.of_channel(session, digest.team_id, digest.audience, now - DECIDED)


def _is_skipped(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.decision is Decision.SKIP


def _known(
    session: Session, digest: Digest, found: Sequence[Listing], now: datetime
) -> list[Candidate]:
    ids = [each.paper.id for each in found]
    began = listings.beginnings(session, ids)
    tallies = feedback.tallies(session, digest.team_id, ids)
    savers = library.savers(session, digest.team_id, ids)
    about = subjects(digest.topics)
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


def _earlier_day(read_at: datetime, digest: Digest, now: datetime) -> date | None:
    """The day where the channel is, unless it is today."""
    day, today = (each.astimezone(digest.schedule.zone).date() for each in (read_at, now))
    return day if day < today else None


def subjects(topics: str) -> Callable[[Listing], str]:
    """What of a channel's topics a paper is about: the first of them, or nothing."""
    wanted = named_topics(topics)

    def about(listing: Listing) -> str:
        text = document(listing.paper, {listing.source}) if wanted else None
        return next((said for said, each in wanted.items() if text and matches(each, text)), "")

    return about


def named_topics(topics: str) -> dict[str, Query]:
    """The parts of a canonical query, any of which is enough, by how they are called."""
    parts = _parts(read_canonical(topics)) if topics else ()
    return {_said(each): each for each in parts}


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, Or) else (query,)


def _said(query: Query) -> str:
    return canonical(query).strip('"') if isinstance(query, Phrase) else canonical(query)
