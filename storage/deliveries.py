"""The outbox: every message owed is a row first. Who sends it, and when, is said in `claims`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Integer, Text, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.delivery import Delivery, State
from storage import given
from storage.models import DeliveryRow


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that is not tried again by itself: what, where, since when and why."""

    kind: str
    audience: str
    state: State
    first_attempt_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that Slack took: where, its ts, and why it has another form than was meant.

    `simpler`: it is without the newer blocks, which Slack refused.
    """

    delivery: Delivery
    channel_id: str
    ts: str
    error: str = ""
    simpler: bool = False


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


def amend(session: Session, delivery: Delivery, content: dict[str, Any]) -> None:
    """Change what a claimed delivery is about, as far as this worker's lease still counts."""
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery.id, DeliveryRow.fence == delivery.fence)
        .values(content=content)
    )


def mark_sent(session: Session, sent: Sequence[Sent]) -> int:
    """Slack has these. Returns how many count: of some another worker may have taken over."""
    if not sent:
        return 0
    done = session.execute(
        _marking(given.dialect(session)), {"sent": given.written(map(_flat, sent))}
    )
    return len(done.all())


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
        state=State.RETRY,
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


def posted(session: Session, team_id: str, delivery_id: str) -> tuple[Delivery, str, str]:
    """A delivery that Slack has, its channel and its ts; KeyError if there is none such."""
    row = session.get(DeliveryRow, delivery_id)
    if row is None or row.team_id != team_id or not row.channel_id or not row.ts:
        raise KeyError(delivery_id)
    return as_delivery(row), row.channel_id, row.ts


def counts(session: Session, team_id: str) -> dict[State, int]:
    """How many deliveries of a workspace stand in each state."""
    query = (
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.team_id == team_id)
        .group_by(DeliveryRow.state)
    )
    return dict(session.execute(query).all())


def parked(session: Session, team_id: str, limit: int) -> list[Parked]:
    """What was refused for good, given up or is held, the latest first."""
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.team_id == team_id, DeliveryRow.state.in_([State.DEAD, State.HELD]))
        .order_by(DeliveryRow.first_attempt_at.desc(), DeliveryRow.id)
        .limit(limit)
    )
    return [
        Parked(
            row.kind, row.audience, row.state, row.first_attempt_at or row.due_at, row.error or ""
        )
        for row in session.scalars(query)
    ]


def last_error(session: Session, team_id: str) -> str | None:
    """What went wrong with the latest delivery that was not sent, or not as it was meant."""
    query = (
        select(DeliveryRow.error)
        .where(DeliveryRow.team_id == team_id, DeliveryRow.error.is_not(None))
        .order_by(DeliveryRow.first_attempt_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def hurry(session: Session, team_id: str, now: datetime) -> None:
    """Let nothing of a workspace wait any longer, but for its turn."""
    waiting = (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.team_id == team_id,
            DeliveryRow.state.in_([State.PENDING, State.RETRY]),
            DeliveryRow.due_at > now,
        )
        .with_for_update(skip_locked=True)  # what somebody holds is being sent
        .cte("waiting")
    )
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(select(waiting.c.id)))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


@cache  # put together once: it is used for each group of messages
def _marking(dialect: str) -> ReturningUpdate[str]:
    sent = given.rows(
        dialect, "sent", id=Text(), fence=Integer(), channel_id=Text(), ts=Text(), error=Text()
    )
    return (
        update(DeliveryRow)
        .where(DeliveryRow.id == sent.c.id, DeliveryRow.fence == sent.c.fence)
        .values(
            state=State.SENT,
            channel_id=sent.c.channel_id,
            ts=sent.c.ts,
            error=func.nullif(sent.c.error, ""),
            lease_until=None,
        )
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )


def _to_parked(row: DeliveryRow) -> Parked:
    since = row.first_attempt_at or row.due_at
    return Parked(row.kind, row.audience, row.state, since, row.error or "")


def _flat(sent: Sent) -> dict[str, str | int]:
    return {
        "id": sent.delivery.id,
        "fence": sent.delivery.fence,
        "channel_id": sent.channel_id,
        "ts": sent.ts,
        "error": sent.error,
    }


def as_delivery(row: DeliveryRow) -> Delivery:
    """The value of a row."""
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


def _settle(session: Session, delivery: Delivery, **outcome: object) -> bool:
    done = (
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery.id, DeliveryRow.fence == delivery.fence)
        .values(lease_until=None, **outcome)
        .returning(DeliveryRow.id)
    )
    return session.scalar(done) is not None
