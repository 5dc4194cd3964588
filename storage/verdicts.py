"""What people decided about the next digest of their channel."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.verdicts import Decision, Verdict
from storage import given
from storage.models import VerdictRow
from storage.upserts import insert


def give(session: Session, team_id: str, channel_id: str, verdict: Verdict) -> None:
    """Decide about a paper; what was decided before gives way."""
    key = {"team_id": team_id, "channel_id": channel_id, "paper_id": verdict.paper_id}
    changed = {
        "decision": verdict.decision.value,
        "place": verdict.place,
        "given_by": verdict.by,
        "given_at": verdict.at,
    }
    session.execute(
        insert(given.dialect(session), VerdictRow)
        .values(key | changed)
        .on_conflict_do_update(index_elements=list(key), set_=changed)
    )


def take_back(session: Session, team_id: str, channel_id: str, paper_id: str) -> bool:
    """Leave a paper to its votes again; False if nothing was decided about it."""
    forget = (
        delete(VerdictRow)
        .where(
            VerdictRow.team_id == team_id,
            VerdictRow.channel_id == channel_id,
            VerdictRow.paper_id == paper_id,
        )
        .returning(VerdictRow.paper_id)
    )
    return session.scalar(forget) is not None


def of_channel(session: Session, team_id: str, channel_id: str, since: datetime) -> list[Verdict]:
    """What was decided in a channel since an instant, the earliest first."""
    query = (
        select(VerdictRow)
        .where(
            VerdictRow.team_id == team_id,
            VerdictRow.channel_id == channel_id,
            VerdictRow.given_at >= since,
        )
        .order_by(VerdictRow.given_at, VerdictRow.paper_id)
        .execution_options(populate_existing=True)
    )
    return [
        Verdict(row.paper_id, Decision(row.decision), row.given_by, row.given_at, row.place)
        for row in session.scalars(query)
    ]
