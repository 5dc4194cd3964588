"""Who sends which message: rows of the outbox are lent to one worker at a time, as `turns` allow.

Statements are put together once: that takes longer than running them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Exists,
    Select,
    Update,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
    text,
    true,
    union,
    update,
)
from sqlalchemy.orm import Session, aliased

from bot.domain.delivery import SKEW, SLACK_PACES, Delivery, Paces, State
from storage import given, pacing
from storage.database import UtcDateTime
from storage.models import DIGESTS_ON_THEIR_WAY, LENT, WAITING, DeliveryRow, DigestRow

MAKING = timedelta(minutes=1)  # for so long a digest that is due may not be a row yet
LEASE = timedelta(minutes=2)  # far above the HTTP time-out: a slow post ends before its lease
LOOKS = 8  # for rows that may be sent, in one claim: the rest is for the next


def take_back(session: Session, now: datetime) -> None:
    """What a worker held when it died may have arrived: it waits, in doubt, to be lent again.

    A lease longer than any is one of a clock that has jumped back. Its worker may be alive, so
    that it is cut to a whole one from now.
    """
    whole = now + LEASE
    session.execute(_taking_back(), {"now": now, "whole": whole, "longest": whole + SKEW})


def claim(
    session: Session,
    now: datetime,
    *,
    teams: Collection[str],
    limit: int,
    paces: Paces = SLACK_PACES,
) -> list[Delivery]:
    """Lend the oldest due deliveries of these workspaces to this worker, until the lease ends.

    As many as have their turn. An alert waits for digests that are on their way, so that it can
    say where they showed a paper, and a reply for what stands above it.
    """
    asked = {"teams": given.written(teams), "now": now, "making": now - MAKING}
    lent: list[Delivery] = []
    for _ in range(LOOKS):
        oldest = session.execute(
            _oldest(given.dialect(session)), {**asked, "limit": limit - len(lent)}
        )
        due = [_lent(row, now) for row in oldest]
        granted, waits = pacing.granted(session, due, paces, now)
        _lend(session, granted, now)
        for each in waits:
            pacing.spread(session, each, now)
        lent += granted
        if not due or len(lent) >= limit:
            break
    return lent


@cache
def _taking_back() -> Update:
    over = DeliveryRow.lease_until <= bindparam("now")
    wrong = DeliveryRow.lease_until > bindparam("longest")
    found = (
        select(DeliveryRow.id)
        .where(text(LENT), or_(over, wrong))
        .with_for_update(skip_locked=True)  # SQLite ignores it: its writers queue
        .cte("found")
    )
    return (
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(select(found.c.id)), text(LENT), or_(over, wrong))
        .values(
            state=case((over, State.RETRY), else_=State.SENDING),
            ambiguous=or_(DeliveryRow.ambiguous, over),
            lease_until=case((over, null()), else_=bindparam("whole", type_=UtcDateTime())),
        )
        .execution_options(synchronize_session=False)
    )


@cache
def _oldest(dialect: str) -> Select[*tuple[Any, ...]]:
    """What has been due longest of these `teams`; locked."""
    ours = DeliveryRow.team_id.in_(given.texts(dialect, "teams"))
    return (
        select(
            DeliveryRow.id,
            DeliveryRow.team_id,
            DeliveryRow.kind,
            DeliveryRow.audience,
            DeliveryRow.content,
            DeliveryRow.fence,
            DeliveryRow.attempts,
            DeliveryRow.ambiguous,
            DeliveryRow.first_attempt_at,
            DeliveryRow.channel_id,
        )
        .where(
            text(WAITING),
            DeliveryRow.due_at <= bindparam("now"),
            ours.is_(true()),  # a filter: joined, all that is due would be read
            or_(DeliveryRow.kind != "alert", DeliveryRow.team_id.not_in(_with_a_digest())),
            or_(DeliveryRow.kind != "reply", ~_stands_below()),
        )
        .order_by(DeliveryRow.due_at, DeliveryRow.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
    )


def _with_a_digest() -> CompoundSelect[str]:
    """Workspaces in which a digest is due and was not refused, or is about to be made.

    Asked for as a list: looked up for each alert in turn, it would cost their number squared.
    """
    digest = aliased(DeliveryRow)
    owed = select(digest.team_id).where(
        text(DIGESTS_ON_THEIR_WAY), digest.due_at <= bindparam("now"), digest.attempts == 0
    )
    falls_due = select(DigestRow.team_id).where(
        DigestRow.next_due_at.between(bindparam("making"), bindparam("now"))
    )
    return union(owed, falls_due)


def _stands_below() -> Exists:
    """Whether something of the same thread is still to come: replies stand in their order."""
    above = aliased(DeliveryRow)
    return exists().where(
        above.team_id == DeliveryRow.team_id,
        above.audience == DeliveryRow.audience,
        above.state.in_([State.PENDING, State.SENDING, State.RETRY]),
        above.kind.in_(["digest", "reply"]),
        above.dedup_key < DeliveryRow.dedup_key,  # whatever became of their attempts
    )


def _lend(session: Session, granted: Sequence[Delivery], now: datetime) -> None:
    if granted:
        ids = given.written(each.id for each in granted)
        asked = {"ids": ids, "until": now + LEASE, "now": now}
        session.execute(_lending(given.dialect(session)), asked)


@cache
def _lending(dialect: str) -> Update:
    first = bindparam("now", type_=UtcDateTime())
    return (
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(given.texts(dialect, "ids")))  # locked since they were read
        .values(
            state=State.SENDING,
            lease_until=bindparam("until"),
            fence=DeliveryRow.fence + 1,
            first_attempt_at=func.coalesce(DeliveryRow.first_attempt_at, first),
        )
        .execution_options(synchronize_session=False)
    )


def _lent(row: Any, now: datetime) -> Delivery:
    """As it was read, and as it is once it is lent."""
    return Delivery(
        id=row.id,
        team_id=row.team_id,
        kind=row.kind,
        audience=row.audience,
        content=row.content,
        fence=row.fence + 1,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        first_attempt_at=row.first_attempt_at or now,
        channel_id=row.channel_id,
    )
