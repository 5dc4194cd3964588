"""What rose after a channel's digests passed on it, as far as votes were read day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.digest import Digest
from bot.domain.paper import Listing
from bot.domain.second_look import LEAST_RISEN, LOOKED_BACK, Riser
from bot.services import curating
from storage import editions, listings, readings, seen
from storage.database import Session

History = Mapping[str, Sequence[tuple[date, int]]]


def risers(session: Session, digest: Digest, today: date, now: datetime) -> list[Riser]:
    """Papers that an edition of an earlier day did not choose, and that nobody here has seen.

    How much they rose is not judged here.
    """
    made = editions.made_since(session, digest.team_id, digest.audience, now - LOOKED_BACK)
    made = [(at, day) for at, day in made if day < today]
    found = listings.of_days(session, today - LOOKED_BACK, today, LEAST_RISEN) if made else []
    if not found:
        return []
    unseen = _unseen(session, digest, found, now)
    began = listings.beginnings(session, [each.paper.id for each in unseen])
    history = readings.by_day(session, today - LOOKED_BACK, today)
    passed: list[tuple[Listing, int, date]] = []
    for each in unseen:
        first = began[each.paper.id]
        edition = next(((at, day) for at, day in made if at > first.read_at), None)
        if edition is not None:
            at, day = edition
            votes = votes_before(history.get(each.paper.id, ()), at.date(), first.upvotes)
            passed.append((each, votes, day))
    return _weighed(session, digest, passed, now)


def votes_before(history: Sequence[tuple[date, int]], day: date, first: int) -> int:
    """The votes of a paper at the end of the last day before this one; at `first` if none was."""
    earlier = [votes for each, votes in history if each < day]
    return earlier[-1] if earlier else first


def _unseen(
    session: Session, digest: Digest, found: Sequence[Listing], now: datetime
) -> list[Listing]:
    ids = [each.paper.id for each in found]
    left_out = seen.among(session, digest.team_id, digest.audience, ids)
    left_out |= curating.skipped(session, digest, now)
    return [each for each in found if each.paper.id not in left_out and not each.paper.withdrawn]


def _weighed(
    session: Session, digest: Digest, passed: Sequence[tuple[Listing, int, date]], now: datetime
) -> list[Riser]:
    known = curating.weighed(session, digest, [each for each, _, _ in passed], now)
    return [
        Riser(replace(candidate, risen=candidate.listing.upvotes - then), then, day)
        for candidate, (_, then, day) in zip(known, passed, strict=True)
        if candidate.topic or not digest.only_topics
    ]
