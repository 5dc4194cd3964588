"""What became one paper and should not have: looked at by the operator, and made two again."""

from datetime import datetime, timedelta

from bot.domain.identity import Merge
from bot.errors import BotError
from bot.services import alerts, percolator
from storage import listings, merges, papers
from storage.database import Database, Session
from storage.merges import CannotPart

NEWS = timedelta(days=7)  # what a merge held back for longer is none


class NothingToPart(BotError):
    """No such merge, or it was undone already. `papers merges` lists them by number."""


def every(database: Database, limit: int) -> list[Merge]:
    """What became one paper, the latest first."""
    with database.read() as session:
        return merges.every(session, limit)


def part(database: Database, merge_id: int, now: datetime) -> Merge:
    """Make two papers of one again, and never one by the same rule. Raises NothingToPart.

    A paper that was never stored as its own is news to those whose topics it is about.
    """
    with database.begin() as session:
        papers.hold_revision(session)
        try:
            merge, was_stored = merges.part(session, merge_id, now)
        except CannotPart:
            raise NothingToPart from None
        if not was_stored and merge.merged_at >= now - NEWS:
            _tell(session, merge.gone_id, now)
        return merge


def _tell(session: Session, paper_id: str, now: datetime) -> None:
    new = [each for each in papers.by_ids(session, [paper_id]) if not each.withdrawn]
    origin = listings.origins(session, [paper_id]).get(paper_id)
    for source in sorted(origin.sources) if origin else ():
        alerts.plan(session, percolator.percolate(session, source, (), new), now)
