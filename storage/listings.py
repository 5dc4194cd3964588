"""Which source listed which paper on which day, with the votes last read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from bot.domain.paper import UNDATED, Batch, Fetch, Listing
from bot.domain.ranking import Headline, day_of
from storage import fetches
from storage.models import ListingRow, PaperRow
from storage.papers import to_paper

AT_ONCE = 10_000  # papers asked for in one statement: SQLite takes 32,766 parameters


@dataclass(frozen=True, slots=True)
class Origin:
    """The first day of a paper on any list, and the sources that list it."""

    first_day: date
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first read of a paper on any list."""

    read_at: datetime
    upvotes: int


def record(session: Session, batch: Batch, now: datetime) -> Fetch:
    """Store a batch's listings, newest votes winning, and the read itself.

    A listing keeps its own day, also where a source gave another day's list than it was asked for;
    it counts for the read of its day. A read of no day counts all, and none of them as late.
    """
    dated = batch.day != UNDATED
    read_before = dated and fetches.last_answer(session, batch.source, batch.day) is not None
    listed = {(each.paper.id, each.day): each for each in batch.listings}
    known = _known(session, batch)
    for key, listing in listed.items():
        if key in known:
            _update(known[key], listing, now)
        else:
            session.add(_new_row(listing, now))
    counted = [key for key in listed if key[1] == batch.day or not dated]
    new = sum(key not in known for key in counted)
    fetch = Fetch(
        source=batch.source,
        day=batch.day,
        read_at=now,
        seen=len(counted),
        new=new,
        late=new if read_before else 0,
        failed=len(batch.problems),
        error=None,
    )
    fetches.add(session, fetch)
    return fetch


def of_days(session: Session, first: date, last: date) -> list[Listing]:
    """Every paper listed from one day to another, once, most votes first."""
    return by_votes(_listings(session, ListingRow.day.between(first, last)))


def latest_day(session: Session, until: date) -> date | None:
    """The latest day, up to this one, on which anything was listed."""
    return session.scalar(select(func.max(ListingRow.day)).where(ListingRow.day <= until))


def first_day(session: Session) -> date | None:
    """The first day on which anything was listed; files without a day do not count."""
    return session.scalar(select(func.min(ListingRow.day)).where(ListingRow.day > UNDATED))


def neighbours(session: Session, day: date) -> tuple[date | None, date | None]:
    """The listed days before and after this one."""
    before = session.scalar(select(func.max(ListingRow.day)).where(ListingRow.day < day))
    later = session.scalar(select(func.min(ListingRow.day)).where(ListingRow.day > day))
    return before, later


def read_after(session: Session, instant: datetime, since: date) -> list[Listing]:
    """Papers that first came up after an instant, on lists no older than a day."""
    return by_votes(_listings(session, ListingRow.first_read_at > instant, ListingRow.day >= since))


def of_papers(session: Session, ids: Iterable[str]) -> list[Listing]:
    """The latest listing of each of these papers, in the order asked for."""
    wanted = list(ids)
    found = {each.paper.id: each for each in _read(session, _of_papers(), {"papers": wanted})}
    return [found[each] for each in wanted if each in found]


def headlines(session: Session, ids: Iterable[str]) -> list[Headline]:
    """What ranking looks at, of each of these papers as last listed: a light read, in any order."""
    wanted = list(ids)
    rows = session.execute(_headlines(), {"ids": wanted}) if wanted else ()
    latest = {
        paper_id: Headline(paper_id, title, day_of(published) or day, upvotes)
        for paper_id, title, published, day, upvotes in rows
    }
    return list(latest.values())


@cache
def _headlines() -> Select[str, str, datetime | None, date, int]:
    """Put together once: that takes as long as running it."""
    return (
        select(PaperRow.id, PaperRow.title, PaperRow.published, ListingRow.day, ListingRow.upvotes)
        .join(ListingRow, PaperRow.id == ListingRow.paper_id)
        .where(PaperRow.id.in_(bindparam("ids", expanding=True)))
        .order_by(ListingRow.day, ListingRow.source)
    )


def origins(session: Session, ids: Iterable[str]) -> dict[str, Origin]:
    """When and by whom each of these papers was first listed."""
    query = select(ListingRow.paper_id, ListingRow.day, ListingRow.source)
    found: dict[str, Origin] = {}
    for paper_id, day, source in session.execute(query.where(ListingRow.paper_id.in_(list(ids)))):
        known = found.get(paper_id, Origin(day))
        found[paper_id] = Origin(min(known.first_day, day), known.sources | {source})
    return found


def days_on(session: Session, source: str, ids: Iterable[str]) -> dict[str, date]:
    """The last day on which a source listed each of these papers, of those it listed."""
    wanted = list(ids)
    found: dict[str, date] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            select(ListingRow.paper_id, func.max(ListingRow.day))
            .where(
                ListingRow.source == source,
                ListingRow.paper_id.in_(wanted[start : start + AT_ONCE]),
            )
            .group_by(ListingRow.paper_id)
        )
        found.update(session.execute(query).all())
    return found


def beginnings(session: Session, ids: Iterable[str]) -> dict[str, Beginning]:
    """When each of these papers came up first, and how many votes it had then."""
    query = (
        select(ListingRow.paper_id, ListingRow.first_read_at, ListingRow.first_upvotes)
        .where(ListingRow.paper_id.in_(list(ids)))
        .order_by(ListingRow.first_read_at.desc(), ListingRow.first_upvotes.desc())
    )
    return {each: Beginning(at, votes) for each, at, votes in session.execute(query)}


def by_votes(listings: Iterable[Listing]) -> list[Listing]:
    """Most votes first; a tie goes by id, so that the order is the same everywhere."""
    return sorted(listings, key=lambda each: (-each.upvotes, each.paper.id))


def _listings(session: Session, *where: ColumnElement[bool]) -> list[Listing]:
    """Each paper's latest listing among those that fit."""
    return _read(session, _fitting(*where))


@cache  # put together once: each message asks
def _of_papers() -> Select[ListingRow, PaperRow]:
    return _fitting(ListingRow.paper_id.in_(bindparam("papers", expanding=True)))


def _fitting(*where: ColumnElement[bool]) -> Select[ListingRow, PaperRow]:
    return (
        select(ListingRow, PaperRow)
        .join(PaperRow, PaperRow.id == ListingRow.paper_id)
        .where(*where)
        .order_by(ListingRow.day, ListingRow.source)
    )


def _read(
    session: Session,
    query: Select[ListingRow, PaperRow],
    asked: Mapping[str, object] | None = None,
) -> list[Listing]:
    rows = session.execute(query, asked)
    latest = {listing.paper_id: (listing, paper) for listing, paper in rows}
    return [_to_listing(listing, paper) for listing, paper in latest.values()]


def _known(session: Session, batch: Batch) -> dict[tuple[str, date], ListingRow]:
    """What is stored of these papers from this source, by paper and day.

    Asked for by paper: a day may have many times more than a batch brings.
    """
    ids = [each.paper.id for each in batch.listings]
    known: dict[tuple[str, date], ListingRow] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = select(ListingRow).where(
            ListingRow.source == batch.source,
            ListingRow.paper_id.in_(ids[start : start + AT_ONCE]),
        )
        known |= {(row.paper_id, row.day): row for row in session.scalars(rows)}
    return known


def _new_row(listing: Listing, now: datetime) -> ListingRow:
    row = ListingRow(
        paper_id=listing.paper.id,
        source=listing.source,
        day=listing.day,
        first_read_at=now,
        first_upvotes=listing.upvotes,
    )
    _update(row, listing, now)
    return row


def _update(row: ListingRow, listing: Listing, now: datetime) -> None:
    row.rank = listing.rank
    row.upvotes = listing.upvotes
    row.comments = listing.comments
    row.stars = listing.stars
    row.submitter = listing.submitter
    row.read_at = now


def _to_listing(row: ListingRow, paper: PaperRow) -> Listing:
    return Listing(
        source=row.source,
        day=row.day,
        paper=to_paper(paper),
        rank=row.rank,
        upvotes=row.upvotes,
        comments=row.comments,
        stars=row.stars,
        submitter=row.submitter,
    )
