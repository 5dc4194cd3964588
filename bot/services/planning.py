"""When a channel's round-ups come, and the number of each change of a digest."""

from dataclasses import replace
from datetime import datetime

from bot.domain.digest import Digest
from bot.domain.round_ups import RoundUp, next_time
from storage import editions, round_ups, undo
from storage.database import Session


def numbered(session: Session, digest: Digest) -> Digest:
    """A digest that is about to be stored, as a change that can be undone."""
    return replace(digest, change=undo.note(session, digest.team_id, digest.audience))


def replan(session: Session, digest: Digest, now: datetime) -> None:
    """Its round-ups follow the hour, days and zone of a digest; where that is on, none sleeps.

    What is due already stays due.
    """
    for each in round_ups.of_channel(session, digest.team_id, digest.audience):
        is_due = each.next_due_at is not None and each.next_due_at <= now
        if not is_due and (each.next_due_at or digest.next_due_at):
            round_ups.save(session, planned(session, each, digest, now))


def planned(session: Session, wanted: RoundUp, digest: Digest, now: datetime) -> RoundUp:
    """A round-up with its next time."""
    last = editions.last(session, wanted.team_id, wanted.channel_id, wanted.slot.value)
    due = next_time(wanted, digest.schedule, now, last.made_at if last else None)
    return replace(wanted, next_due_at=due)


def sleep(session: Session, team_id: str, channel_id: str) -> list[RoundUp]:
    """None comes until the digest is turned on again. Returns those that would have come."""
    awake = [
        each
        for each in round_ups.of_channel(session, team_id, channel_id)
        if each.next_due_at is not None
    ]
    for each in awake:
        round_ups.save(session, replace(each, next_due_at=None))
    return awake
