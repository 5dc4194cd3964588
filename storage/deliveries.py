"""The outbox: every message owed is a row first, lent to one worker at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import CompoundSelect, and_, func, or_, select, union, update
from sqlalchemy.orm import Session, aliased

from bot.domain.delivery import Delivery, State
from storage.models import ChannelRow, DeliveryRow

MAKING = timedelta(minutes=1)  # for so long a digest that is due may not be a row yet
LEASE = timedelta(minutes=2)  # far above the HTTP time-out: a slow post ends before its lease


def queue(
    session: Session,
    *,
    team_id: str,
    kind: str,
    audience: str,
    dedup_key: str,
    content: dict[str, Any],
    due_at: datetime,
) -> str:
    """Owe a message, once for each `dedup_key`; returns its id. A second one fails."""
    row = DeliveryRow(
        id=uuid4().hex,
        team_id=team_id,
        kind=kind,
        audience=audience,
        dedup_key=dedup_key,
        content=content,
        due_at=due_at,
    )
    session.add(row)
    session.flush()
    return row.id


def is_queued(session: Session, dedup_key: str) -> bool:
    """Whether this message is owed, or was sent."""
    query = select(DeliveryRow.id).where(DeliveryRow.dedup_key == dedup_key)
    return session.scalar(query) is not None


def claim(session: Session, now: datetime, *, teams: Collection[str], limit: int) -> list[Delivery]:
    """Lend the oldest due deliveries of these workspaces to this worker, until the lease ends.

    A row whose lease ran out was being sent when its worker died: it may have arrived. An alert
    waits for digests that are on their way, so that it can say where they showed a paper.
    """
    due = and_(
        DeliveryRow.team_id.in_(teams),
        DeliveryRow.state == State.PENDING,
        DeliveryRow.due_at <= now,
        or_(DeliveryRow.lease_until.is_(None), DeliveryRow.lease_until <= now),
        or_(DeliveryRow.kind != "alert", DeliveryRow.team_id.not_in(_with_a_digest(now))),
    )
    oldest = (
        select(DeliveryRow.id)
        .where(due)
        .order_by(DeliveryRow.due_at, DeliveryRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite ignores it: its writers queue
        .cte("oldest")  # run once: a subquery may be run again for each row, beyond the limit
    )
    lend = (
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(select(oldest.c.id)), due)  # still due: others claim too
        .values(
            ambiguous=or_(DeliveryRow.ambiguous, DeliveryRow.lease_until.is_not(None)),
            lease_until=now + LEASE,
            fence=DeliveryRow.fence + 1,
            first_attempt_at=func.coalesce(DeliveryRow.first_attempt_at, now),
        )
        .returning(DeliveryRow)
        .execution_options(synchronize_session=False)
    )
    rows = sorted(session.scalars(lend), key=lambda row: (row.due_at, row.id))
    return [_to_delivery(row) for row in rows]


def amend(session: Session, delivery: Delivery, content: dict[str, Any]) -> None:
    """Change what a claimed delivery is about, as far as this worker's lease still counts."""
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery.id, DeliveryRow.fence == delivery.fence)
        .values(content=content)
    )


def mark_sent(session: Session, delivery: Delivery, channel_id: str, ts: str) -> bool:
    """Slack has it. False when our lease ran out and another worker took over."""
    return _settle(session, delivery, state=State.SENT, channel_id=channel_id, ts=ts, error=None)


def retry(
    session: Session,
    delivery: Delivery,
    *,
    due_at: datetime,
    error: str,
    ambiguous: bool,
    counts: bool = True,
) -> bool:
    """Try again later, as far as this worker's lease still counts.

    `counts=False` is for a wait that Slack asked for: no step towards giving up.
    """
    return _settle(
        session,
        delivery,
        due_at=due_at,
        error=error,
        attempts=delivery.attempts + counts,
        ambiguous=ambiguous,
    )


def park(session: Session, delivery: Delivery, state: State, error: str) -> bool:
    """Never try again by ourselves: refused for good, or not to be decided by a machine."""
    return _settle(session, delivery, state=state, error=error)


def content(
    session: Session, team_id: str, audience: str, delivery_id: str
) -> dict[str, Any] | None:
    """What a delivery to this person or channel was about; None if it is not theirs."""
    query = select(DeliveryRow.content).where(
        DeliveryRow.team_id == team_id,
        DeliveryRow.audience == audience,
        DeliveryRow.id == delivery_id,
    )
    return session.scalar(query)


def counts(session: Session, team_id: str) -> dict[State, int]:
    """How many deliveries of a workspace stand in each state."""
    query = (
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.team_id == team_id)
        .group_by(DeliveryRow.state)
    )
    return dict(session.execute(query).all())


def last_error(session: Session, team_id: str) -> str | None:
    """What went wrong with the latest delivery that has not been sent."""
    query = (
        select(DeliveryRow.error)
        .where(DeliveryRow.team_id == team_id, DeliveryRow.error.is_not(None))
        .order_by(DeliveryRow.first_attempt_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def _with_a_digest(now: datetime) -> CompoundSelect[Any]:
    """Workspaces in which a digest is due and was not refused, or is about to be made.

    Asked for as a list: looked up for each alert in turn, it would cost their number squared.
    """
    digest = aliased(DeliveryRow)
    owed = select(digest.team_id).where(
        digest.kind == "digest",
        digest.state == State.PENDING,
        digest.due_at <= now,
        digest.attempts == 0,
    )
    falls_due = select(ChannelRow.team_id).where(ChannelRow.next_due_at.between(now - MAKING, now))
    return union(owed, falls_due)


def _settle(session: Session, delivery: Delivery, **outcome: object) -> bool:
    done = (
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery.id, DeliveryRow.fence == delivery.fence)
        .values(lease_until=None, **outcome)
        .returning(DeliveryRow.id)
    )
    return session.scalar(done) is not None


def _to_delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        team_id=row.team_id,
        kind=row.kind,
        audience=row.audience,
        content=row.content,
        fence=row.fence,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        first_attempt_at=row.first_attempt_at,
        channel_id=row.channel_id,
    )
