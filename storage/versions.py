"""Versions of papers: which one is stored, and what earlier ones said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.domain.paper import Paper
from storage.models import Base, PaperRow, VersionRow

AT_ONCE = 10_000  # papers asked for in one statement: SQLite takes 32,766 parameters
_VERSIONS = Base.metadata.tables[VersionRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Version:
    """A paper as it was before a later version."""

    number: int
    title: str
    abstract: str
    comment: str
    replaced_at: datetime


def keep(session: Session, papers: Iterable[Paper], now: datetime) -> None:
    """Keep what these papers say, of which a later version takes the place."""
    rows = [
        {
            "paper_id": each.id,
            "version": each.version,
            "title": each.title,
            "abstract": each.abstract,
            "comment": each.comment,
            "replaced_at": now,
        }
        for each in papers
    ]
    if rows:
        session.execute(insert(_VERSIONS), rows)


def numbers(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Which version of each of these papers is stored; 0 where nobody told."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = PaperRow.id.in_(ids[start : start + AT_ONCE])
        found.update(session.execute(select(PaperRow.id, PaperRow.version).where(some)).all())
    return found


def earlier(session: Session, paper_id: str) -> list[Version]:
    """The versions of a paper that later ones took the place of, the first one first."""
    query = select(VersionRow).where(VersionRow.paper_id == paper_id).order_by(VersionRow.version)
    return [
        Version(row.version, row.title, row.abstract, row.comment, row.replaced_at)
        for row in session.scalars(query)
    ]
