"""Round-ups that channels want, and when each comes next."""

from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy import delete, literal, select, tuple_
from sqlalchemy.orm import Session

from bot.domain.round_ups import RoundUp, Slot
from storage.database import UtcDateTime
from storage.models import RoundUpRow


def of_channel(session: Session, team_id: str, channel_id: str) -> tuple[RoundUp, ...]:
    """What a channel wants, also while it sleeps."""
    query = (
        select(RoundUpRow)
        .where(RoundUpRow.team_id == team_id, RoundUpRow.channel_id == channel_id)
        .order_by(RoundUpRow.slot)
        .execution_options(populate_existing=True)
    )
    found = map(_to_round_up, session.scalars(query))
    order = list(Slot)
    return tuple(sorted(found, key=lambda each: order.index(each.slot)))


def save(session: Session, wanted: RoundUp) -> None:
    """Store one as it is wanted now."""
    at = wanted.at
    session.merge(
        RoundUpRow(
            team_id=wanted.team_id,
            channel_id=wanted.channel_id,
            slot=wanted.slot.value,
            weekday=wanted.weekday,
            minute=at.hour * 60 + at.minute if at is not None else None,
            set_by=wanted.set_by,
            next_due_at=wanted.next_due_at,
        )
    )
    session.flush()


def put(session: Session, team_id: str, channel_id: str, wanted: Iterable[RoundUp]) -> None:
    """Store these as all that a channel wants."""
    kept = list(wanted)
    session.execute(
        delete(RoundUpRow).where(
            RoundUpRow.team_id == team_id,
            RoundUpRow.channel_id == channel_id,
            RoundUpRow.slot.not_in([each.slot.value for each in kept]),
        )
    )
    for each in kept:
        save(session, each)


def get(session: Session, wanted: RoundUp) -> RoundUp | None:
    """One as it is stored now; None where it is wanted no longer."""
    key = wanted.team_id, wanted.channel_id, wanted.slot.value
    row = session.get(RoundUpRow, key, populate_existing=True)
    return _to_round_up(row) if row else None


def awake(session: Session, team_id: str) -> list[RoundUp]:
    """Those of a workspace that come, the next one first."""
    query = select(RoundUpRow).where(
        RoundUpRow.team_id == team_id, RoundUpRow.next_due_at.is_not(None)
    )
    place = RoundUpRow.next_due_at, RoundUpRow.channel_id, RoundUpRow.slot
    return [_to_round_up(row) for row in session.scalars(query.order_by(*place))]


def first_due(session: Session, now: datetime, after: RoundUp | None = None) -> RoundUp | None:
    """The one that has been due longest. `after` was looked at already: the next in line then."""
    place = RoundUpRow.next_due_at, RoundUpRow.team_id, RoundUpRow.channel_id, RoundUpRow.slot
    due = select(RoundUpRow).where(RoundUpRow.next_due_at <= now)
    if after is not None and after.next_due_at is not None:
        seen = tuple_(
            literal(after.next_due_at, UtcDateTime()),
            literal(after.team_id),
            literal(after.channel_id),
            literal(after.slot.value),
        )
        due = due.where(tuple_(*place) > seen)
    row = session.scalar(due.order_by(*place).limit(1))
    return _to_round_up(row) if row else None


def _to_round_up(row: RoundUpRow) -> RoundUp:
    return RoundUp(
        team_id=row.team_id,
        channel_id=row.channel_id,
        slot=Slot(row.slot),
        set_by=row.set_by,
        weekday=row.weekday,
        at=time(row.minute // 60, row.minute % 60) if row.minute is not None else None,
        next_due_at=row.next_due_at,
    )
