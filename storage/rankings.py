"""Lists beside those of days: what is trending, and the best of a week and of a month.

They renew votes, and bring papers that no day's list brought us: those are stored, can be found and
shown, and are news to nobody.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.paper import BESIDE, TRENDING, Batch, Fetch, Listing
from storage import fetches, listings, readings, recording
from storage.models import ListingRow

AT_ONCE = 10_000  # papers asked for in one statement: SQLite takes 32,766 parameters


def record(session: Session, batch: Batch, now: datetime) -> Fetch:
    """Store where papers stand on such a list, their votes wherever they are listed, and the read.

    What is trending has one row for a paper. A week's and a month's list need one only where no
    day's list has brought the paper.
    """
    found = {each.paper.id: each for each in batch.listings}
    rows = list(_rows(session, found))
    known = {row.paper_id: row for row in rows if row.source == batch.source}
    brought = {row.paper_id for row in rows if row.source not in BESIDE}
    if batch.source == TRENDING:
        _fall_off(session)
    grown = [
        replace(found[row.paper_id], source=row.source, day=row.day)
        for row in rows
        if found[row.paper_id].upvotes not in (0, row.upvotes)
    ]
    for row in rows:
        _count_again(row, found[row.paper_id], now)
    readings.note(session, grown, now)
    for paper_id, row in known.items():
        row.day, row.rank = found[paper_id].day, found[paper_id].rank
    unlisted = found.keys() - known if batch.source == TRENDING else found.keys() - known - brought
    recording.add(session, [found[each] for each in found if each in unlisted], now)
    fetch = Fetch(
        source=batch.source,
        day=batch.day,
        read_at=now,
        seen=len(found),
        new=sum(each not in known for each in found),
        late=0,
        failed=len(batch.problems),
        error=None,
    )
    fetches.add(session, fetch)
    return fetch


def trending(session: Session) -> list[Listing]:
    """What trends on Hugging Face as last read, in the site's own order, ranked from 1 on.

    Each is the paper's latest listing, with the votes last read; old papers are among them. Empty
    where that list was never read.
    """
    query = select(ListingRow.paper_id).where(ListingRow.source == TRENDING, ListingRow.rank > 0)
    ids = list(session.scalars(query.order_by(ListingRow.rank)))
    found = listings.of_papers(session, ids)
    return [replace(each, rank=rank) for rank, each in enumerate(found, start=1)]


def not_yet_news(session: Session, ids: Collection[str]) -> list[str]:
    """Those of these papers that only such lists have brought so far."""
    elsewhere = aliased(ListingRow)
    is_brought = exists().where(
        elsewhere.paper_id == ListingRow.paper_id, elsewhere.source.not_in(BESIDE)
    )
    wanted = list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), AT_ONCE):
        query = select(ListingRow.paper_id).where(
            ListingRow.paper_id.in_(wanted[start : start + AT_ONCE]), ~is_brought
        )
        found.update(session.scalars(query))
    return sorted(found)


def count(session: Session, listing: Listing, now: datetime) -> None:
    """Somebody looked a paper up: its votes and stars, wherever it is listed, are these now."""
    for row in _rows(session, [listing.paper.id]):
        _count_again(row, listing, now)


def _rows(session: Session, ids: Iterable[str]) -> Iterator[ListingRow]:
    wanted = list(ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = ListingRow.paper_id.in_(wanted[start : start + AT_ONCE])
        yield from session.scalars(select(ListingRow).where(some))


def _fall_off(session: Session) -> None:
    """Whatever trended until now trends no more, unless it is on the list that comes."""
    trends = ListingRow.source == TRENDING, ListingRow.rank > 0
    session.execute(update(ListingRow).where(*trends).values(rank=0))


def _count_again(row: ListingRow, listing: Listing, now: datetime) -> None:
    """The votes, comments and stars last read. What is not told takes nothing away."""
    row.upvotes = listing.upvotes or row.upvotes
    row.comments = listing.comments or row.comments
    row.stars = row.stars if listing.stars is None else listing.stars
    row.read_at = now
