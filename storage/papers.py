"""Papers, each stored once under its canonical id."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.domain.merging import is_revision, merged
from bot.domain.paper import Paper
from storage.models import CounterRow, PaperRow, VersionRow

# What the search index holds: only a change here gives a paper its next revision.
INDEXED = frozenset(
    {"title", "abstract", "authors", "categories", "tldr", "keywords", "organization"}
)
_FIELDS = tuple(field.name for field in fields(Paper))
_LISTS = frozenset({"authors", "categories", "keywords", "media_urls"})
_LIST_PLACES = tuple(place for place, name in enumerate(_FIELDS) if name in _LISTS)
_REVISION = "paper_revision"
AT_ONCE = 10_000  # papers asked for in one statement: SQLite takes 32,766 parameters


@dataclass(frozen=True, slots=True)
class Version:
    """A paper as it was before a later version."""

    number: int
    title: str
    abstract: str
    comment: str
    replaced_at: datetime


def save(session: Session, found: Iterable[Paper], now: datetime) -> list[Paper]:
    """Store papers, filling in what was empty; returns those never stored before.

    Writers queue for the counter first: two that bring the same paper would both find it unseen.
    """
    hold_revision(session)
    papers = list({paper.id: paper for paper in found}.values())
    known = {row.id: row for row in _rows(session, [paper.id for paper in papers])}
    new = [paper for paper in papers if paper.id not in known]
    pairs = [(known[paper.id], paper) for paper in papers if paper.id in known]
    changed = [row for row, paper in pairs if _merge(session, row, paper, now)]
    rows = [PaperRow(**_columns(paper), first_seen_at=now) for paper in new]
    _number(session, [*changed, *rows])
    session.add_all(rows)
    session.flush()
    return new


def without_categories(session: Session, ids: Iterable[str], since: datetime) -> list[str]:
    """Those of these papers that were first stored since then, and have no category yet."""
    rows = _rows(session, list(ids))
    return [row.id for row in rows if not row.categories and row.first_seen_at >= since]


def by_ids(session: Session, ids: Iterable[str]) -> list[Paper]:
    """These papers as they are stored, in any order."""
    return [to_paper(row) for row in _rows(session, list(ids))]


def named_by_doi(session: Session, doi: str) -> str | None:
    """The id of the paper that was published under a DOI; the latest, should there be several."""
    query = select(PaperRow.id).where(PaperRow.doi == doi).order_by(PaperRow.revision.desc())
    return session.scalar(query.limit(1))


def revise(session: Session, found: Iterable[Paper], now: datetime) -> list[Paper]:
    """Take over later versions of papers that are stored; the others stay unknown.

    Returns those that grew a version, as they are now.
    """
    hold_revision(session)
    papers = {paper.id: paper for paper in found}
    rows = _rows(session, list(papers))
    before = {row.id: row.version for row in rows}
    _number(session, [row for row in rows if _merge(session, row, papers[row.id], now)])
    session.flush()
    return [to_paper(row) for row in rows if 0 < before[row.id] < row.version]


def withdraw(session: Session, ids: Iterable[str]) -> None:
    """Mark papers that their source does not have any more."""
    session.execute(update(PaperRow).where(PaperRow.id.in_(list(ids))).values(withdrawn=True))


def versions(session: Session, paper_id: str) -> list[Version]:
    """The versions of a paper that later ones took the place of, the first one first."""
    query = select(VersionRow).where(VersionRow.paper_id == paper_id).order_by(VersionRow.version)
    return [
        Version(row.version, row.title, row.abstract, row.comment, row.replaced_at)
        for row in session.scalars(query)
    ]


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
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return [
        row
        for part in parts
        for row in session.scalars(select(PaperRow).where(PaperRow.id.in_(part)))
    ]


def _columns(paper: Paper) -> dict[str, object]:
    values = {name: getattr(paper, name) for name in _FIELDS}
    return {**values, **{name: list(values[name]) for name in _LISTS}}


def _merge(session: Session, row: PaperRow, paper: Paper, now: datetime) -> bool:
    """Take over what another read knows. Returns whether indexed text changed."""
    stored = to_paper(row)
    known = merged(stored, paper)
    if is_revision(stored, known):
        session.add(
            VersionRow(
                paper_id=stored.id,
                version=stored.version,
                title=stored.title,
                abstract=stored.abstract,
                comment=stored.comment,
                replaced_at=now,
            )
        )
    differ = {name for name in _FIELDS if getattr(known, name) != getattr(stored, name)}
    for name, value in _columns(known).items():
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
