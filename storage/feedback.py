"""Votes on papers, one a person; they count for the whole workspace."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from bot.domain.votes import Tally, Vote
from storage.given import dialect
from storage.models import FeedbackRow
from storage.upserts import insert


def vote(
    session: Session, team_id: str, user_id: str, paper_id: str, given: Vote, at: datetime
) -> None:
    """Note a person's vote on a paper, in place of an earlier one."""
    row = {"team_id": team_id, "paper_id": paper_id, "user_id": user_id}
    changed = {"vote": int(given), "voted_at": at}
    key = [FeedbackRow.team_id, FeedbackRow.paper_id, FeedbackRow.user_id]
    session.execute(
        insert(dialect(session), FeedbackRow)
        .values(row | changed)
        .on_conflict_do_update(index_elements=key, set_=changed)
    )


def take_back(session: Session, team_id: str, user_id: str, paper_id: str) -> None:
    """Forget a person's vote on a paper."""
    session.execute(
        delete(FeedbackRow).where(
            FeedbackRow.team_id == team_id,
            FeedbackRow.paper_id == paper_id,
            FeedbackRow.user_id == user_id,
        )
    )


def of_person(session: Session, team_id: str, user_id: str, paper_id: str) -> Vote | None:
    """A person's vote on a paper."""
    row = session.get(FeedbackRow, (team_id, paper_id, user_id), populate_existing=True)
    return Vote(row.vote) if row else None


def tallies(session: Session, team_id: str, paper_ids: Iterable[str]) -> dict[str, Tally]:
    """A workspace's votes on these papers; none where nobody voted."""
    up, down = (func.sum(case((FeedbackRow.vote == each, 1), else_=0)) for each in (1, -1))
    query = (
        select(FeedbackRow.paper_id, up, down)
        .where(FeedbackRow.team_id == team_id, FeedbackRow.paper_id.in_(list(paper_ids)))
        .group_by(FeedbackRow.paper_id)
    )
    return {paper_id: Tally(up, down) for paper_id, up, down in session.execute(query)}
