"""Messages whose votes changed: drawn anew when due, each at most once in so long a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, null, select, update
from sqlalchemy.orm import Session

from storage import given
from storage.models import RedrawRow
from storage.upserts import insert

EVERY = timedelta(minutes=1)
LEASE = timedelta(minutes=2)  # far above the HTTP time-out


@dataclass(frozen=True, slots=True)
class Redraw:
    """A message that a worker draws anew. It may do so twice: the later drawing counts."""

    delivery_id: str
    team_id: str
    asked: int
    attempts: int


def ask(session: Session, team_id: str, delivery_ids: Iterable[str], now: datetime) -> None:
    """Have these messages drawn anew: at once, or a while after they were drawn last."""
    rested = case((RedrawRow.ready_at > now, RedrawRow.ready_at), else_=now)
    for delivery_id in sorted(delivery_ids):  # in one order, so that no two wait for each other
        new = {"asked": 1, "attempts": 0, "due_at": now, "ready_at": now}
        session.execute(
            insert(given.dialect(session), RedrawRow)
            .values(delivery_id=delivery_id, team_id=team_id, **new)
            .on_conflict_do_update(
                index_elements=[RedrawRow.delivery_id],
                set_={
                    "asked": RedrawRow.asked + 1,
                    "due_at": func.coalesce(RedrawRow.due_at, rested),
                },
            )
        )


def claim(session: Session, now: datetime, *, teams: Collection[str]) -> Redraw | None:
    """Lend the message that waits longest to this worker, until its lease ends."""
    oldest = (
        select(RedrawRow)
        .where(RedrawRow.team_id.in_(teams), RedrawRow.due_at <= now)
        .order_by(RedrawRow.due_at, RedrawRow.delivery_id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite ignores it: its writers queue
    )
    row = session.scalar(oldest)
    if row is None:
        return None
    row.due_at = now + LEASE
    session.flush()
    return Redraw(row.delivery_id, row.team_id, row.asked, row.attempts)


def drawn(session: Session, redraw: Redraw, now: datetime) -> None:
    """It shows the votes as they were; what changed since is drawn after a while."""
    again = now + EVERY
    unchanged = RedrawRow.asked == redraw.asked
    _settle(
        session, redraw, ready_at=again, attempts=0, due_at=case((unchanged, null()), else_=again)
    )


def put_off(session: Session, redraw: Redraw, due_at: datetime, *, counts: bool = True) -> None:
    """Slack did not take it: try again later. `counts=False` is for a wait that Slack asked for."""
    _settle(session, redraw, due_at=due_at, attempts=redraw.attempts + counts)


def give_up(session: Session, redraw: Redraw) -> None:
    """It cannot be drawn anew; a later vote may try again."""
    _settle(session, redraw, due_at=None, attempts=0)


def _settle(session: Session, redraw: Redraw, **outcome: object) -> None:
    mine = and_(RedrawRow.team_id == redraw.team_id, RedrawRow.delivery_id == redraw.delivery_id)
    session.execute(update(RedrawRow).where(mine).values(**outcome))
