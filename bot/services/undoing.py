"""The last change of a digest is taken back: an older one is left alone, and that is said."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.digest import DAILY, Digest
from bot.domain.round_ups import RoundUp
from bot.errors import BotError
from bot.services import alerts, holders, planning
from bot.services.digests import due_after_move, redate
from bot.services.editions import SOON
from storage import digests, editions, papers, round_ups, undo
from storage.database import Database, Session


class NothingToUndo(BotError):
    """Nobody has set a digest here, so there is nothing to undo."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A digest and its round-ups as they are now, and whether they were put back."""

    digest: Digest
    round_ups: tuple[RoundUp, ...]
    is_undone: bool


def put_back(
    database: Database, team_id: str, audience: str, number: int, *, by: str, now: datetime
) -> Undone:
    """Undo a change by its number, if none came after it. That is a change as well."""
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by what is undone
        digest = digests.hold(session, team_id, audience)
        if digest is None:
            raise NothingToUndo
        was = undo.before(session, digest, number)
        if was is not None:
            digest = _put_back(session, digest, was, by, now)
        return Undone(digest, round_ups.of_channel(session, team_id, audience), was is not None)


def _put_back(session: Session, digest: Digest, was: undo.Before, by: str, now: datetime) -> Digest:
    before = was.digest or replace(digest, next_due_at=None)
    due = _due_again(session, digest, before, now)
    redate(session, digest, before.schedule.zone)
    again = replace(before, set_by=by, next_due_at=due)
    again = planning.numbered(session, again)
    with alerts.moving(session, digest.team_id, [digest.audience], now):
        digests.save(session, again)
    wanted = [
        planning.planned(session, each, again, now) if each.next_due_at else each
        for each in was.round_ups
    ]
    round_ups.put(session, digest.team_id, digest.audience, wanted)
    return again


def _due_again(session: Session, digest: Digest, before: Digest, now: datetime) -> datetime | None:
    """When it comes by its former hours: what was due just now comes, nothing comes twice."""
    if before.next_due_at is None:
        return None
    if digest.next_due_at is not None:
        return due_after_move(session, digest, before.schedule, now)
    day = before.next_due_at.astimezone(before.schedule.zone).date()
    is_made = editions.exists(session, digest.team_id, digest.audience, day, DAILY)
    if now - before.next_due_at <= SOON and not is_made:
        return before.next_due_at
    return holders.next_due_at(session, before, now)
