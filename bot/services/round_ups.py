"""Weeks, months and second looks: what falls due, which papers, and the message owed for them."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.curation import YOUNG, Candidate, choose
from bot.domain.digest import Digest, Edition, Look, Pick
from bot.domain.paper import Listing
from bot.domain.round_ups import RoundUp, Slot, due_time, looked_back_on
from bot.domain.second_look import choose as choose_again
from bot.domain.spans import Span
from bot.errors import trail
from bot.services import curating, owing, planning, receipts, second_looks, shares
from bot.services.editions import SOON, sources_ready
from storage import digests, editions, listings, round_ups, seen
from storage.database import Database, Session

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
IN_SHORT = 5  # papers that were seen here before, a line each


def make_due(database: Database, now: datetime) -> int:
    """Write the round-ups that are due, each with the message owed. Returns how many."""
    made, wanted = 0, None
    while True:
        with database.begin() as session:
            wanted = round_ups.first_due(session, now, after=wanted)
            if wanted is None:
                return made
            # Whoever changes a digest or makes its edition holds it: so they wait for each other.
            digest = digests.hold(session, wanted.team_id, wanted.channel_id)
            still = round_ups.get(session, wanted)
            if digest is None or still is None or still.next_due_at != wanted.next_due_at:
                continue
            if sources_ready(session, due_time(wanted, digest.schedule, now), now):
                made += _make_due(session, wanted, digest, now)


def _make_due(session: Session, wanted: RoundUp, digest: Digest, now: datetime) -> int:
    """One round-up, and when its next is due. What goes wrong here keeps nobody else."""
    try:
        with session.begin_nested():
            made = _make(session, wanted, digest, now)
            round_ups.save(session, planning.planned(session, wanted, digest, now))
            return made
    except Exception as problem:
        log.error(
            "the %s of %s could not be made: %s", wanted.slot, wanted.channel_id, trail(problem)
        )
        return 0


def _make(session: Session, wanted: RoundUp, digest: Digest, now: datetime) -> int:
    due = due_time(wanted, digest.schedule, now)
    local_date = due.astimezone(digest.schedule.zone).date()
    who = digest.team_id, digest.audience
    if editions.exists(session, *who, local_date, wanted.slot):
        return 0
    if _comes_soon(session, wanted, digest, due, now):
        return 0
    if wanted.slot is Slot.SECOND_LOOK and _in_a_week(session, digest, local_date):
        return 0
    edition = _edition(session, digest, wanted.slot, local_date, now)
    if wanted.slot is Slot.SECOND_LOOK and not edition.picks:
        return 0  # nothing rose: nobody wants to read that each morning
    number = editions.add(session, edition)
    owing.owe(session, replace(digest, look=Look.COMPACT), edition, number, now)
    return 1


def _comes_soon(
    session: Session, wanted: RoundUp, digest: Digest, due: datetime, now: datetime
) -> bool:
    """Whether this one was missed, and the next is so near that it may take its place."""
    upcoming = planning.planned(session, wanted, digest, now).next_due_at
    return now - due > SOON and upcoming is not None and upcoming - now <= DAY


def _in_a_week(session: Session, digest: Digest, local_date: date) -> bool:
    """Whether the week of the same date has the second look in it."""
    for each in round_ups.of_channel(session, digest.team_id, digest.audience):
        if each.slot is Slot.WEEKLY and each.next_due_at is not None:
            return local_date.weekday() in each.schedule(digest.schedule).weekdays
    return False


def _edition(
    session: Session, digest: Digest, slot: Slot, local_date: date, now: datetime
) -> Edition:
    first, last = looked_back_on(slot, local_date)
    listed = [] if slot is Slot.SECOND_LOOK else listings.of_days(session, first, last)
    risen: list[Pick] = []
    if slot is not Slot.MONTHLY:
        risen = choose_again(second_looks.risers(session, digest, local_date, now), local_date)
    again = {each.paper_id for each in risen}
    every = [*listed, *listings.of_papers(session, again)]
    found = {each.paper.id: each for each in every if not each.paper.withdrawn}
    unseen, in_short = _parted(session, digest, list(found.values()), now)
    fresh = [each for each in unseen if each.listing.paper.id not in again]
    basis, topics, counted = shares.of_channel(session, digest, listed)
    return Edition(
        team_id=digest.team_id,
        audience=digest.audience,
        local_date=local_date,
        slot=slot.value,
        made_at=now,
        picks=(*choose(fresh, digest.size), *risen),
        receipt=receipts.receipt(session, digest, found.values(), unseen, now),
        only=digest.topics if digest.only_topics else "",
        span=Span(first, last, tuple(sorted(again)), tuple(in_short), topics, basis, counted),
    )


def _parted(
    session: Session, digest: Digest, listed: Sequence[Listing], now: datetime
) -> tuple[list[Candidate], list[str]]:
    """What nobody here has seen, weighed; and the best of what they have, the most votes first."""
    ids = [each.paper.id for each in listed]
    shown = seen.among(session, digest.team_id, digest.audience, ids)
    left_out = shown | curating.skipped(session, digest, now)
    news = [each for each in listed if each.paper.id not in left_out]
    # Days later it says nothing for a paper that it came up a few hours ago.
    unseen = [replace(each, hours=YOUNG) for each in curating.weighed(session, digest, news, now)]
    if digest.only_topics:
        unseen = [each for each in unseen if each.topic]
    in_short = listings.by_votes(each for each in listed if each.paper.id in shown)
    return unseen, [each.paper.id for each in in_short[:IN_SHORT]]
