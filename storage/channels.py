"""Channels that have a digest."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import literal, select, tuple_, union
from sqlalchemy.orm import Session

from bot.domain.digest import ChannelDigest, Look, Schedule
from storage.database import UtcDateTime
from storage.models import ChannelRow, DeliveryRow, ReaderRow


def get(session: Session, team_id: str, channel_id: str) -> ChannelDigest | None:
    """A channel's settings, on or off; None where nobody ever set any."""
    row = session.get(ChannelRow, (team_id, channel_id))
    return _to_digest(row) if row else None


def hold(session: Session, team_id: str, channel_id: str) -> ChannelDigest | None:
    """The same, and nobody else changes or claims it until the transaction ends."""
    row = session.get(ChannelRow, (team_id, channel_id), with_for_update=True)
    return _to_digest(row) if row else None


def save(session: Session, digest: ChannelDigest) -> None:
    """Store a channel's settings as they are now."""
    session.merge(
        ChannelRow(
            team_id=digest.team_id,
            channel_id=digest.channel_id,
            minute=digest.schedule.at.hour * 60 + digest.schedule.at.minute,
            zone=digest.schedule.zone.key,
            weekdays="".join(str(day) for day in sorted(digest.schedule.weekdays)),
            size=digest.size,
            look=digest.look.value,
            topics=digest.topics,
            set_by=digest.set_by,
            next_due_at=digest.next_due_at,
        )
    )


def claim_due(
    session: Session, now: datetime, after: ChannelDigest | None = None
) -> ChannelDigest | None:
    """The channel whose digest has been due longest, locked until the transaction ends.

    `after` is one that was looked at already: the next in line then.
    """
    due = select(ChannelRow).where(ChannelRow.next_due_at <= now)
    place = ChannelRow.next_due_at, ChannelRow.team_id, ChannelRow.channel_id
    if after is not None and after.next_due_at is not None:
        seen = tuple_(
            literal(after.next_due_at, UtcDateTime()),
            literal(after.team_id),
            literal(after.channel_id),
        )
        due = due.where(tuple_(*place) > seen)
    locked = due.order_by(*place).limit(1).with_for_update(skip_locked=True)  # SQLite ignores it
    row = session.scalar(locked)
    return _to_digest(row) if row else None


def switched_on(session: Session, team_id: str) -> list[ChannelDigest]:
    """Every channel of a workspace whose digest is on, the next one first."""
    on = (
        select(ChannelRow)
        .where(ChannelRow.team_id == team_id, ChannelRow.next_due_at.is_not(None))
        .order_by(ChannelRow.next_due_at, ChannelRow.channel_id)
    )
    return [_to_digest(row) for row in session.scalars(on)]


def teams(session: Session) -> list[str]:
    """Every workspace that we know somebody of: for operators, who see no topic."""
    tables = (ChannelRow, ReaderRow, DeliveryRow)
    return sorted(session.scalars(union(*(select(each.team_id) for each in tables))))


def _to_digest(row: ChannelRow) -> ChannelDigest:
    at = time(row.minute // 60, row.minute % 60)
    weekdays = frozenset(int(day) for day in row.weekdays)
    return ChannelDigest(
        team_id=row.team_id,
        channel_id=row.channel_id,
        schedule=Schedule(at, ZoneInfo(row.zone), weekdays),
        size=row.size,
        look=Look(row.look),
        topics=row.topics,
        set_by=row.set_by,
        next_due_at=row.next_due_at,
    )
