"""A person's own digest, which comes in direct messages: on, off, at which hour, and paused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.digest import Digest, Edition
from bot.domain.reader import Hours
from bot.services import digests
from storage import digests as stored_digests
from storage import editions, readers
from storage.database import Database, Session


class YoursIsOff(digests.DigestIsOff):
    """You have no digest of your own. Turn one on with `/papers digest me on`."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's digest as it is set, if they ever set one, and what it showed last."""

    digest: Digest | None
    last: Edition | None
    hours: Hours


def mine(
    database: Database, team_id: str, user_id: str, zone: ZoneInfo | None, now: datetime
) -> Mine:
    """How somebody's digest stands; `zone` is where Slack says they are, if nobody has told us."""
    with database.read() as session:
        reader = readers.get(session, team_id, user_id)
        hours = (
            reader.hours if reader.knows_zone or zone is None else replace(reader.hours, zone=zone)
        )
        digest = stored_digests.get(session, team_id, user_id)
        return Mine(
            digest.awake(now) if digest else None, editions.last(session, team_id, user_id), hours
        )


def turn_on(
    database: Database, team_id: str, user_id: str, *, zone: ZoneInfo, now: datetime
) -> Digest:
    """Start it, as it was set before, else at the hour of a person's messages; end its pause.

    `zone` is where Slack says they are; one that is known stays.
    """
    _learn(database, team_id, user_id, zone)
    return digests.turn_on(database, team_id, user_id, by=user_id, zone=zone, now=now)


def turn_off(database: Database, team_id: str, user_id: str) -> Digest:
    """Stop it; what was set stays. Raises YoursIsOff."""
    try:
        return digests.turn_off(database, team_id, user_id, by=user_id)
    except digests.DigestIsOff:
        raise YoursIsOff from None


def move(
    database: Database,
    team_id: str,
    user_id: str,
    *,
    at: time,
    zone: ZoneInfo | None,
    fallback: ZoneInfo,
    now: datetime,
) -> Digest:
    """Set its hour, which also turns it on; the hour of other messages stays."""
    _learn(database, team_id, user_id, fallback)
    return digests.move(
        database, team_id, user_id, at=at, zone=zone, fallback=fallback, by=user_id, now=now
    )


def prefer(
    database: Database,
    team_id: str,
    user_id: str,
    *,
    change: Callable[[Digest], Digest],
    fallback: ZoneInfo,
    now: datetime,
) -> Digest:
    """Change anything but whether it is on."""
    _learn(database, team_id, user_id, fallback)
    return digests.prefer(
        database, team_id, user_id, change=change, fallback=fallback, by=user_id, now=now
    )


def follow(
    session: Session, team_id: str, user_id: str, before: Hours, after: Hours, now: datetime
) -> None:
    """A person's hours changed: their digest goes with the hour and the zone that were its own."""
    digest = stored_digests.hold(session, team_id, user_id)
    if digest is None:
        return
    was = digest.schedule
    schedule = replace(
        was,
        at=after.at if was.at == before.at else was.at,
        zone=after.zone if was.zone == before.zone else was.zone,
    )
    if schedule != was or before.quiet != after.quiet:
        stored_digests.save(session, digests.rescheduled(session, digest, schedule, now))


def pause(session: Session, team_id: str, user_id: str, until: datetime | None) -> Digest | None:
    """Hold it back, or let it come again. Returns how it was; None where it is not on."""
    digest = stored_digests.hold(session, team_id, user_id)
    if digest is None or digest.next_due_at is None:
        return None
    stored_digests.save(session, replace(digest, paused_until=until))
    return digest


def _learn(database: Database, team_id: str, user_id: str, zone: ZoneInfo) -> None:
    with database.begin() as session:
        readers.learn_zone(session, team_id, user_id, zone.key)
