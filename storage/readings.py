"""The votes a paper had at the end of each day on which its list was read.

They are kept for weeks, and only where they changed: papers without votes have none.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.paper import Listing
from storage import given
from storage.models import ReadingRow
from storage.upserts import insert

KEPT = timedelta(days=45)
AT_ONCE = 2_000  # rows in one statement: SQLite takes 32,766 parameters


def note(session: Session, changed: Iterable[Listing], now: datetime) -> None:
    """Keep votes that changed as those of today (UTC), and forget what is too old to matter."""
    today = now.date()
    latest = {
        (each.paper.id, each.source): each.upvotes
        for each in changed
        if each.day >= today - KEPT  # an imported archive does not rise
    }
    rows = [
        {"paper_id": paper_id, "source": source, "read_on": today, "upvotes": votes}
        for (paper_id, source), votes in latest.items()
    ]
    for start in range(0, len(rows), AT_ONCE):
        statement = insert(given.dialect(session), ReadingRow).values(rows[start : start + AT_ONCE])
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["paper_id", "source", "read_on"],
                set_={"upvotes": statement.excluded.upvotes},
            )
        )
    if rows:
        session.execute(delete(ReadingRow).where(ReadingRow.read_on < today - KEPT))


def by_day(session: Session, first: date, last: date) -> dict[str, list[tuple[date, int]]]:
    """For each paper whose votes changed within these days, the days and its votes, in order.

    Of several sources the most votes count.
    """
    query = select(ReadingRow.paper_id, ReadingRow.read_on, ReadingRow.upvotes).where(
        ReadingRow.read_on.between(first, last)
    )
    found: dict[str, list[tuple[date, int]]] = {}
    for paper_id, day, votes in session.execute(
        query.order_by(ReadingRow.read_on, ReadingRow.upvotes)
    ):
        found.setdefault(paper_id, []).append((day, votes))
    return found
