"""Things that one process may have at a time, lent by name until the lease runs out.

Two that ask at once are told apart by the database: by its lock on SQLite, by the row's on
PostgreSQL. Who dies gives back nothing; the lease ends by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from storage import given, upserts
from storage.models import LeaseRow

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds a name, until when, and when it may be taken again at the earliest."""

    holder: str
    held_until: datetime
    ready_at: datetime


def take(session: Session, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Take or renew a lease; False while somebody else holds it, or before it is ready."""
    _know(session, name)
    lend = (
        update(LeaseRow)
        .where(
            LeaseRow.name == name,
            LeaseRow.ready_at <= now,
            or_(LeaseRow.holder == holder, LeaseRow.held_until <= now),
        )
        .values(holder=holder, held_until=now + length)
        .returning(LeaseRow.name)
    )
    return session.scalar(lend) is not None


def release(session: Session, name: str, holder: str, ready_at: datetime = _LONG_AGO) -> bool:
    """Give a lease back, to be taken from `ready_at` on; False if it was not ours any more."""
    give_back = (
        update(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == holder)
        .values(held_until=_LONG_AGO, ready_at=ready_at)
        .returning(LeaseRow.name)
    )
    return session.scalar(give_back) is not None


def get(session: Session, name: str) -> Lease | None:
    """The lease as it stands, also one that ran out; None where nobody ever asked."""
    query = select(LeaseRow.holder, LeaseRow.held_until, LeaseRow.ready_at)
    found = session.execute(query.where(LeaseRow.name == name)).one_or_none()
    return Lease(*found) if found else None


def _know(session: Session, name: str) -> None:
    """The row, if it is the first time that anybody asks."""
    row = {"name": name, "holder": "", "held_until": _LONG_AGO, "ready_at": _LONG_AGO}
    insert = upserts.insert(given.dialect(session), LeaseRow)
    session.execute(insert.values(row).on_conflict_do_nothing())
