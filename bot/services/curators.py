"""What people decide about the next digest of their channel, and how it looks after that.

Whoever picks or skips a paper is named in the channel: the message is owed with the decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bot.blocks import curators as blocks
from bot.blocks.kit import Message
from bot.domain.digest import Digest, Edition
from bot.domain.paper import Listing
from bot.domain.verdicts import Decision, Verdict
from bot.errors import BotError
from bot.services import editions
from bot.services.curating import DECIDED
from bot.services.library import UnknownPaper, named
from storage import deliveries, digests, listings, papers, seen, verdicts
from storage.database import Database, Session

ANNOUNCED = "verdict"  # the kind of the message that names whoever decided


class WhichOne(BotError):
    """I need the paper's arXiv id or link, for example `/papers pick 2606.27377`."""


class WasWithdrawn(BotError):
    """That paper was withdrawn, so no digest shows it. `/papers show` still opens it."""


class SeenHere(BotError):
    """This channel has seen that paper, so it does not come again."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A paper, what stands about it now and what stood before; None: it is left to its votes."""

    listing: Listing
    verdict: Verdict | None
    before: Verdict | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The next digest of a channel as it would be made now."""

    edition: Edition
    listings: tuple[Listing, ...]
    digest: Digest | None  # None where nobody ever set any
    skipped: tuple[tuple[Listing, str], ...]  # and by whom
    moved: Mapping[str, str]  # who moved a paper, by its id


def preview(database: Database, team_id: str, channel_id: str, now: datetime) -> Preview:
    """Nothing of it is stored."""
    edition, shown = editions.preview(database, team_id, channel_id, now)
    with database.read() as session:
        every = verdicts.of_channel(session, team_id, channel_id, now - DECIDED)
        given = {each.paper_id: each.by for each in every if each.decision is Decision.SKIP}
        moved = {each.paper_id: each.by for each in every if each.decision is Decision.MOVE}
        seen_here = seen.among(session, team_id, channel_id, given)
        found = listings.of_papers(session, (each for each in given if each not in seen_here))
        skipped = tuple((each, given[each.paper.id]) for each in found)
        digest = digests.get(session, team_id, channel_id)
        return Preview(edition, tuple(shown), digest, skipped, moved)


def pick(
    database: Database, team_id: str, channel_id: str, said: str, *, by: str, now: datetime
) -> Decided:
    """Have a paper in the next digest, whatever its votes.

    Raises WhichOne, SeenHere or WasWithdrawn.
    """
    return _decide(database, team_id, channel_id, said, Decision.PICK, by, now)


def skip(
    database: Database, team_id: str, channel_id: str, said: str, *, by: str, now: datetime
) -> Decided:
    """Keep a paper out of the next digest. Raises WhichOne or SeenHere."""
    return _decide(database, team_id, channel_id, said, Decision.SKIP, by, now)


def move_up(
    database: Database, team_id: str, channel_id: str, paper_id: str, *, by: str, now: datetime
) -> Decided | None:
    """One place up in the next digest; what is picked stays picked.

    None where it is the first, or not among them any more.
    """
    edition, _ = editions.preview(database, team_id, channel_id, now)
    order = [each.paper_id for each in edition.picks]
    if paper_id not in order[1:]:
        return None
    place = order.index(paper_id)  # counted from 1, that is one up
    with database.begin() as session:
        papers.hold_revision(session)  # nobody makes the edition meanwhile
        stood = _standing(session, team_id, channel_id, paper_id, now)
        moved = Verdict(paper_id, Decision.MOVE, by, now, place)
        if stood and stood.decision is Decision.PICK:
            moved = replace(stood, at=now, place=place)
        verdicts.give(session, team_id, channel_id, moved)
        return Decided(_stored(session, paper_id), moved, stood)


def put_back(
    database: Database,
    team_id: str,
    channel_id: str,
    paper_id: str,
    before: Verdict | None,
    *,
    by: str,
    now: datetime,
) -> Decided:
    """Undo: what stood about a paper before, or nothing."""
    with database.begin() as session:
        papers.hold_revision(session)
        listing = _stored(session, paper_id)
        paper_id = listing.paper.id  # a button may carry one that it went by before
        stood = _standing(session, team_id, channel_id, paper_id, now)
        if before:
            before = replace(before, paper_id=paper_id)
            verdicts.give(session, team_id, channel_id, before)
        else:
            verdicts.take_back(session, team_id, channel_id, paper_id)
        if _told(stood) != _told(before):
            _announce(session, team_id, channel_id, paper_id, _told(before), by, now)
        return Decided(listing, before, stood)


def announcement(session: Session, content: Mapping[str, str]) -> Message:
    """What a channel reads of a decision that was queued. Raises UnknownPaper."""
    return blocks.announcement(_stored(session, content["paper"]), content["did"], content["by"])


def _decide(
    database: Database,
    team_id: str,
    channel_id: str,
    said: str,
    decision: Decision,
    by: str,
    now: datetime,
) -> Decided:
    with database.begin() as session:
        papers.hold_revision(session)  # nobody makes the edition meanwhile
        listing = named(session, said, WhichOne)
        paper_id = listing.paper.id
        if seen.among(session, team_id, channel_id, [paper_id]):
            raise SeenHere
        if listing.paper.withdrawn and decision is Decision.PICK:
            raise WasWithdrawn
        before = _standing(session, team_id, channel_id, paper_id, now)
        if before and before.decision is decision:
            return Decided(listing, before, before)
        verdict = Verdict(paper_id, decision, by, now, before.place if before else None)
        verdicts.give(session, team_id, channel_id, verdict)
        _announce(session, team_id, channel_id, paper_id, decision.value, by, now)
        return Decided(listing, verdict, before)


def _standing(
    session: Session, team_id: str, channel_id: str, paper_id: str, now: datetime
) -> Verdict | None:
    given = verdicts.of_channel(session, team_id, channel_id, now - DECIDED)
    return next((each for each in given if each.paper_id == paper_id), None)


def _told(verdict: Verdict | None) -> str:
    """What of a verdict the channel is told: not who moved what."""
    if verdict is None or verdict.decision is Decision.MOVE:
        return ""
    return verdict.decision.value


def _stored(session: Session, paper_id: str) -> Listing:
    found = listings.of_papers(session, [paper_id])
    if not found:
        raise UnknownPaper
    return found[0]


def _announce(
    session: Session,
    team_id: str,
    channel_id: str,
    paper_id: str,
    did: str,
    by: str,
    now: datetime,
) -> None:
    """Owe the channel a line of who did what, in the transaction that did it."""
    deliveries.queue(
        session,
        team_id=team_id,
        kind=ANNOUNCED,
        audience=channel_id,
        dedup_key=f"{ANNOUNCED}:{uuid4().hex}",  # the transaction is what makes it one
        content={"by": by, "did": did, "paper": paper_id},
        due_at=now,
    )
