"""Digests as channels and people set them."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_, union
from sqlalchemy.orm import Session

from bot.domain.audience import PEOPLE
from bot.domain.digest import Digest, Look, Schedule
from storage.database import UtcDateTime
from storage.models import DeliveryRow, DigestRow, ReaderRow


def get(session: Session, team_id: str, audience: str) -> Digest | None:
    """The settings of a channel or a person, on or off; None where nobody ever set any."""
    row = session.get(DigestRow, (team_id, audience))
    return to_digest(row) if row else None


def hold(session: Session, team_id: str, audience: str) -> Digest | None:
    """The same, and nobody else changes or claims it until the transaction ends."""
    row = session.get(DigestRow, (team_id, audience), with_for_update=True)
    return to_digest(row) if row else None


def save(session: Session, digest: Digest) -> None:
    """Store settings as they are now."""
    session.merge(
        DigestRow(
            team_id=digest.team_id,
            audience=digest.audience,
            minute=digest.schedule.at.hour * 60 + digest.schedule.at.minute,
            zone=digest.schedule.zone.key,
            weekdays="".join(str(day) for day in sorted(digest.schedule.weekdays)),
            size=digest.size,
            look=digest.look.value,
            refused_look=digest.refused_look.value if digest.refused_look else None,
            topics=digest.topics,
            only_topics=digest.only_topics,
            set_by=digest.set_by,
            next_due_at=digest.next_due_at,
            paused_until=digest.paused_until,
            change=digest.change,
        )
    )


def claim_due(session: Session, now: datetime, after: Digest | None = None) -> Digest | None:
    """The channel whose digest has been due longest, locked until the transaction ends.

    `after` is one that was looked at already: the next in line then.
    """
    due = _due(now, after).where(~_of_people())
    row = session.scalar(due.with_for_update(skip_locked=True))  # SQLite ignores it
    return to_digest(row) if row else None


def due_person(session: Session, now: datetime, after: Digest | None = None) -> Digest | None:
    """The person whose digest has been due longest and is not paused; not locked.

    Slack is asked which channels they are in, and no row is locked meanwhile.
    """
    unpaused = or_(DigestRow.paused_until.is_(None), DigestRow.paused_until <= now)
    row = session.scalar(_due(now, after).where(_of_people(), unpaused))
    return to_digest(row) if row else None


def claim(session: Session, digest: Digest) -> Digest | None:
    """The same digest, locked; None where it is not due any more, or somebody else makes it."""
    query = (
        select(DigestRow)
        .where(
            DigestRow.team_id == digest.team_id,
            DigestRow.audience == digest.audience,
            DigestRow.next_due_at == digest.next_due_at,
        )
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    row = session.scalar(query)
    return to_digest(row) if row else None


def channel_is_due(session: Session, team_id: str, now: datetime) -> bool:
    """Whether a channel of this workspace waits for an edition to be made."""
    due = DigestRow.next_due_at <= now
    query = select(DigestRow.audience).where(DigestRow.team_id == team_id, due, ~_of_people())
    return session.scalar(query.limit(1)) is not None


def switched_on(session: Session, team_id: str) -> list[Digest]:
    """Every channel of a workspace whose digest is on, the next one first."""
    on = (
        select(DigestRow)
        .where(DigestRow.team_id == team_id, DigestRow.next_due_at.is_not(None), ~_of_people())
        .order_by(DigestRow.next_due_at, DigestRow.audience)
    )
    return [to_digest(row) for row in session.scalars(on)]


def teams(session: Session) -> list[str]:
    """Every workspace that we know somebody of: for operators, who see no topic."""
    tables = (DigestRow, ReaderRow, DeliveryRow)
    return sorted(session.scalars(union(*(select(each.team_id) for each in tables))))


def _due(now: datetime, after: Digest | None) -> Select[DigestRow]:
    """What is due first, or next behind one that was looked at."""
    due = select(DigestRow).where(DigestRow.next_due_at <= now)
    place = DigestRow.next_due_at, DigestRow.team_id, DigestRow.audience
    if after is not None and after.next_due_at is not None:
        seen = tuple_(
            literal(after.next_due_at, UtcDateTime()),
            literal(after.team_id),
            literal(after.audience),
        )
        due = due.where(tuple_(*place) > seen)
    return due.order_by(*place).limit(1)


def _of_people() -> ColumnElement[bool]:
    return func.substr(DigestRow.audience, 1, 1).in_(PEOPLE)


def to_digest(row: DigestRow) -> Digest:
    """Settings as a row has them."""
    at = time(row.minute // 60, row.minute % 60)
    weekdays = frozenset(int(day) for day in row.weekdays)
    return Digest(
        team_id=row.team_id,
        audience=row.audience,
        schedule=Schedule(at, ZoneInfo(row.zone), weekdays),
        size=row.size,
        look=Look(row.look),
        refused_look=Look(row.refused_look) if row.refused_look else None,
        topics=row.topics,
        only_topics=row.only_topics,
        set_by=row.set_by,
        next_due_at=row.next_due_at,
        paused_until=row.paused_until,
        change=row.change,
    )
