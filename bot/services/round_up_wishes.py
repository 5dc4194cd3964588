"""The round-ups that a channel wants: a week, a month, a second look."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.digest import Digest
from bot.domain.round_ups import RoundUp, Slot
from bot.errors import BotError
from bot.services import planning
from storage import digests, papers, round_ups
from storage.database import Database, Session


class NotWanted(BotError):
    """That is off in this channel already."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(_OFF[slot])


_OFF = {
    Slot.WEEKLY: "There is no weekly here. `/papers digest weekly fri` brings one.",
    Slot.MONTHLY: "There is no monthly here. `/papers digest monthly on` brings one.",
    Slot.SECOND_LOOK: "Follow-ups are off here. `/papers digest follow-ups on` brings them.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel's digest, and the round-ups that it wants."""

    digest: Digest
    round_ups: tuple[RoundUp, ...]


def of_channel(database: Database, team_id: str, channel_id: str) -> tuple[RoundUp, ...]:
    """What a channel wants, also while its digest is off."""
    with database.read() as session:
        return round_ups.of_channel(session, team_id, channel_id)


def want(
    database: Database,
    team_id: str,
    channel_id: str,
    slot: Slot,
    *,
    weekday: int | None = None,
    at: time | None = None,
    fallback: ZoneInfo,
    by: str,
    now: datetime,
) -> Wanted:
    """Have a round-up from now on, also where the daily digest is off; or change its day and hour.

    `fallback` is the zone where nobody has set one here.
    """
    with database.begin() as session:
        digest = _changed(session, team_id, channel_id, fallback, by)
        wish = RoundUp(team_id, channel_id, slot, by, weekday, at)
        round_ups.save(session, planning.planned(session, wish, digest, now))
        return Wanted(digest, round_ups.of_channel(session, team_id, channel_id))


def drop(
    database: Database, team_id: str, channel_id: str, slot: Slot, *, fallback: ZoneInfo, by: str
) -> Wanted:
    """Have it no longer. Raises NotWanted."""
    with database.begin() as session:
        papers.hold_revision(session)
        before = round_ups.of_channel(session, team_id, channel_id)
        left = [each for each in before if each.slot is not slot]
        if len(left) == len(before):
            raise NotWanted(slot)
        digest = _changed(session, team_id, channel_id, fallback, by)
        round_ups.put(session, team_id, channel_id, left)
        return Wanted(digest, tuple(left))


def _changed(
    session: Session, team_id: str, channel_id: str, fallback: ZoneInfo, by: str
) -> Digest:
    """The digest, as somebody changed it; its row keeps the zone and counts the changes."""
    papers.hold_revision(session)
    digest = digests.hold(session, team_id, channel_id)
    digest = digest or Digest.unset(team_id, channel_id, fallback)
    digest = planning.numbered(session, replace(digest, set_by=by))
    digests.save(session, digest)
    session.flush()
    return digest
