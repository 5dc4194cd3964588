"""One memory of what each channel and person was shown, across digests and alerts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import SeenRow


def among(session: Session, team_id: str, audience: str, paper_ids: Iterable[str]) -> set[str]:
    """Those of these papers that this channel or person was shown before."""
    query = select(SeenRow.paper_id).where(
        SeenRow.team_id == team_id,
        SeenRow.audience == audience,
        SeenRow.paper_id.in_(list(paper_ids)),
    )
    return set(session.scalars(query))


def add(
    session: Session,
    team_id: str,
    audience: str,
    paper_ids: Iterable[str],
    delivery_id: str,
    now: datetime,
) -> None:
    """Note papers as shown by a delivery. Two writers showing the same one: the second fails."""
    session.add_all(
        SeenRow(
            team_id=team_id,
            audience=audience,
            paper_id=paper_id,
            delivery_id=delivery_id,
            seen_at=now,
        )
        for paper_id in paper_ids
    )
    session.flush()
