"""Every read of every source: the record that tells a quiet day from a silent source."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.domain.paper import UNDATED, Fetch
from storage.models import FetchRow


def add(session: Session, fetch: Fetch) -> None:
    """Keep a read of a source, answered or not."""
    session.add(FetchRow(**asdict(fetch)))


def add_failure(session: Session, source: str, day: date, error: str, now: datetime) -> Fetch:
    """A source did not answer: kept in words, so that nobody reads it as an empty day."""
    fetch = Fetch(source, day, now, seen=0, new=0, late=0, failed=0, error=error)
    add(session, fetch)
    return fetch


def last_read(session: Session, source: str, day: date) -> Fetch | None:
    """The latest read of a source for a day, answered or not."""
    return _latest(session, FetchRow.source == source, FetchRow.day == day)


def last_answer(session: Session, source: str, day: date) -> Fetch | None:
    """The latest read that was answered."""
    return _latest(
        session, FetchRow.source == source, FetchRow.day == day, FetchRow.error.is_(None)
    )


def last_reads(session: Session) -> list[Fetch]:
    """For each source, its latest read of any day."""
    sources = session.scalars(select(FetchRow.source).distinct().order_by(FetchRow.source)).all()
    found = (_latest(session, FetchRow.source == source) for source in sources)
    return [fetch for fetch in found if fetch]


def last_answered_day(session: Session, source: str) -> date | None:
    """The latest day for which a source answered."""
    answered = select(func.max(FetchRow.day)).where(
        FetchRow.source == source, FetchRow.error.is_(None)
    )
    return session.scalar(answered)


def were_read_again(session: Session, sources: Collection[str], first: date, last: date) -> bool:
    """Whether one of these sources answered more than once for any of these days."""
    again = (
        select(FetchRow.day)
        .where(
            FetchRow.source.in_(sorted(sources)),
            FetchRow.day.between(first, last),
            FetchRow.error.is_(None),
        )
        .group_by(FetchRow.source, FetchRow.day)
        .having(func.count() > 1)
    )
    return bool(session.scalar(select(again.exists())))


def failures(session: Session, source: str, since: datetime) -> int:
    """How many reads of days failed since the last one that was answered, after an instant."""
    is_dated = FetchRow.source == source, FetchRow.day > UNDATED
    answered = select(func.coalesce(func.max(FetchRow.id), 0)).where(
        *is_dated, FetchRow.error.is_(None)
    )
    query = select(func.count()).where(
        *is_dated,
        FetchRow.read_at > since,
        FetchRow.id > answered.scalar_subquery(),  # of one instant, in the order of the reads
    )
    return session.scalar(query) or 0


def last_dated(session: Session, source: str, *, answered: bool = False) -> Fetch | None:
    """The latest read of any day, or the latest that was answered; no reading in bulk."""
    is_dated = FetchRow.source == source, FetchRow.day > UNDATED
    return _latest(session, *is_dated, *([FetchRow.error.is_(None)] if answered else []))


def _latest(session: Session, *where: ColumnElement[bool]) -> Fetch | None:
    query = select(FetchRow).where(*where)
    row = session.scalar(query.order_by(FetchRow.read_at.desc(), FetchRow.id.desc()).limit(1))
    return _to_fetch(row) if row else None


def _to_fetch(row: FetchRow) -> Fetch:
    return Fetch(
        source=row.source,
        day=row.day,
        read_at=row.read_at,
        seen=row.seen,
        new=row.new,
        late=row.late,
        failed=row.failed,
        error=row.error,
    )
