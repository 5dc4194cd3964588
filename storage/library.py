"""Papers that people keep, the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage import given
from storage.models import SavedRow
from storage.upserts import insert


@dataclass(frozen=True, slots=True)
class Saved:
    """A paper that somebody keeps, and since when."""

    paper_id: str
    saved_at: datetime


def save(session: Session, team_id: str, user_id: str, paper_id: str, at: datetime) -> bool:
    """Keep a paper; False if this person keeps it already, since whenever that was."""
    row = {"team_id": team_id, "user_id": user_id, "paper_id": paper_id, "saved_at": at}
    keep = insert(given.dialect(session), SavedRow).values(row).on_conflict_do_nothing()
    return session.scalar(keep.returning(SavedRow.paper_id)) is not None


def remove(session: Session, team_id: str, user_id: str, paper_id: str) -> Saved | None:
    """Keep it no longer; what was kept, or None if it was not."""
    forget = (
        delete(SavedRow)
        .where(
            SavedRow.team_id == team_id,
            SavedRow.user_id == user_id,
            SavedRow.paper_id == paper_id,
        )
        .returning(SavedRow.paper_id, SavedRow.saved_at)
    )
    row = session.execute(forget).one_or_none()
    return Saved(*row) if row else None


def page(session: Session, team_id: str, user_id: str, start: int, size: int) -> list[Saved]:
    """What a person keeps, from a number on, counted from 0."""
    query = (
        select(SavedRow.paper_id, SavedRow.saved_at)
        .where(SavedRow.team_id == team_id, SavedRow.user_id == user_id)
        .order_by(SavedRow.saved_at.desc(), SavedRow.paper_id)
        .offset(start)
        .limit(size)
    )
    return [Saved(*row) for row in session.execute(query)]


def count(session: Session, team_id: str, user_id: str) -> int:
    """How many papers a person keeps."""
    query = select(func.count()).where(SavedRow.team_id == team_id, SavedRow.user_id == user_id)
    return session.scalar(query) or 0


def savers(session: Session, team_id: str, paper_ids: Iterable[str]) -> dict[str, list[str]]:
    """Who in a workspace keeps which of these papers, the first to do so first."""
    query = (
        select(SavedRow.paper_id, SavedRow.user_id)
        .where(SavedRow.team_id == team_id, SavedRow.paper_id.in_(list(paper_ids)))
        .order_by(SavedRow.saved_at, SavedRow.user_id)
    )
    found: dict[str, list[str]] = {}
    for paper_id, user_id in session.execute(query):
        found.setdefault(paper_id, []).append(user_id)
    return found
