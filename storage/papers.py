"""Papers, each stored once under its canonical id."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.domain.paper import Paper
from storage.models import CounterRow, PaperRow

# What the search index holds: only a change here gives a paper its next revision.
INDEXED = frozenset(
    {"title", "abstract", "authors", "categories", "tldr", "keywords", "organization"}
)
_FIELDS = tuple(field.name for field in fields(Paper))
_LISTS = frozenset({"authors", "categories", "keywords", "media_urls"})
_LIST_PLACES = tuple(place for place, name in enumerate(_FIELDS) if name in _LISTS)
_REVISION = "paper_revision"


def save(session: Session, found: Iterable[Paper], now: datetime) -> list[Paper]:
    """Store papers, filling in what was empty; returns those never stored before.

    Writers queue for the counter first: two that bring the same paper would both find it unseen.
    """
    hold_revision(session)
    papers = list({paper.id: paper for paper in found}.values())
    known = {row.id: row for row in _rows(session, [paper.id for paper in papers])}
    new = [paper for paper in papers if paper.id not in known]
    changed = [row for paper in papers if (row := known.get(paper.id)) and _merge(row, paper)]
    rows = [PaperRow(**_columns(paper), first_seen_at=now) for paper in new]
    _number(session, [*changed, *rows])
    session.add_all(rows)
    session.flush()
    return new


def revision(session: Session) -> int:
    """The last revision number given out; 0 before the first paper."""
    return session.scalar(select(CounterRow.value).where(CounterRow.name == _REVISION)) or 0


def hold_revision(session: Session) -> int:
    """The last revision number, which nobody raises until this transaction ends."""
    query = select(CounterRow.value).where(CounterRow.name == _REVISION)
    return session.scalars(query.with_for_update()).one()


def after(session: Session, number: int, limit: int) -> list[tuple[int, Paper]]:
    """Papers with a later revision than this, in order: what a follower has not read yet."""
    columns = (getattr(PaperRow, name) for name in _FIELDS)
    query = select(PaperRow.revision, *columns).where(PaperRow.revision > number)
    rows = session.execute(query.order_by(PaperRow.revision).limit(limit))
    return [(number, _paper(values)) for number, *values in rows]


def count(session: Session) -> int:
    """How many papers are stored."""
    return session.scalar(select(func.count()).select_from(PaperRow)) or 0


def to_paper(row: PaperRow) -> Paper:
    """The value that leaves storage."""
    values = {name: getattr(row, name) for name in _FIELDS}
    return Paper(**{**values, **{name: tuple(values[name]) for name in _LISTS}})


def _paper(values: list[Any]) -> Paper:
    """The value of columns in the order of its fields; a mapped row would cost twice as much."""
    for place in _LIST_PLACES:
        values[place] = tuple(values[place])
    return Paper(*values)


def _rows(session: Session, ids: Sequence[str]) -> list[PaperRow]:
    return list(session.scalars(select(PaperRow).where(PaperRow.id.in_(ids)))) if ids else []


def _columns(paper: Paper) -> dict[str, object]:
    values = {name: getattr(paper, name) for name in _FIELDS}
    return {**values, **{name: list(values[name]) for name in _LISTS}}


def _merge(row: PaperRow, paper: Paper) -> bool:
    """Take over what the newer read knows. Returns whether indexed text changed."""
    stored = to_paper(row)
    full = {name: getattr(paper, name) for name in _FIELDS if getattr(paper, name)}
    merged = replace(stored, **full)  # an empty field never overwrites a full one
    differ = {name for name in _FIELDS if getattr(merged, name) != getattr(stored, name)}
    for name, value in _columns(merged).items():
        if name in differ:
            setattr(row, name, value)
    return bool(differ & INDEXED)


def _number(session: Session, rows: Sequence[PaperRow]) -> None:
    """Give each row the next revision, from a counter that the transaction holds until it commits.

    A database sequence would hand out numbers that commit out of order, and a follower that has
    read 8 would never see 7.
    """
    if not rows:
        return
    take = (
        update(CounterRow)
        .where(CounterRow.name == _REVISION)
        .values(value=CounterRow.value + len(rows))
        .returning(CounterRow.value)
    )
    last = session.scalars(take).one()
    for number, row in enumerate(rows, start=last - len(rows) + 1):
        row.revision = number
