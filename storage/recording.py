"""What sources list is recorded: each appearance of a paper, and the read that brought it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, select, update
from sqlalchemy.orm import Session

from bot.domain.paper import UNDATED, Batch, Fetch, Listing
from storage import fetches, given, readings
from storage.models import Base, ListingRow

_LISTINGS = Base.metadata.tables[ListingRow.__tablename__]
_SAID = ("rank", "upvotes", "comments", "stars", "submitter")  # by a source, each time it is read


def record(session: Session, batch: Batch, now: datetime) -> Fetch:
    """Store a batch's listings, newest votes winning, and the read itself.

    A listing keeps its own day, also where a source gave another day's list than it was asked for;
    it counts for the read of its day. A read of no day counts all, and none of them as late.
    """
    dated = batch.day != UNDATED
    read_before = dated and fetches.last_answer(session, batch.source, batch.day) is not None
    listed = {(each.paper.id, each.day): each for each in batch.listings}
    known = _known(session, batch)
    grown = [each for key, each in listed.items() if each.upvotes != _votes(known.get(key))]
    add(session, [each for key, each in listed.items() if key not in known], now)
    pairs = ((known[key], each) for key, each in listed.items() if key in known)
    _update(session, [each for stored, each in pairs if stored != _said(each)], now)
    readings.note(session, grown, now)
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


def add(session: Session, found: Iterable[Listing], now: datetime) -> None:
    """Appearances that are read for the first time."""
    rows = [
        {
            **_said(each),
            "paper_id": each.paper.id,
            "source": each.source,
            "day": each.day,
            "first_upvotes": each.upvotes,
            "first_read_at": now,
            "read_at": now,
        }
        for each in found
    ]
    if rows:
        session.execute(insert(_LISTINGS), rows)


def _known(session: Session, batch: Batch) -> dict[tuple[str, date], dict[str, object]]:
    """What is stored of these papers from this source, by paper and day.

    Asked for by paper: a day may have many times more than a batch brings.
    """
    ids = [each.paper.id for each in batch.listings]
    if not ids:
        return {}
    asked = {"source": batch.source, "ids": given.written(ids)}
    rows = session.execute(_looked_up(given.dialect(session)), asked)
    return {(paper, day): dict(zip(_SAID, said, strict=True)) for paper, day, *said in rows}


@cache
def _looked_up(dialect: str) -> Select[Any]:
    columns = (getattr(ListingRow, name) for name in _SAID)
    return select(ListingRow.paper_id, ListingRow.day, *columns).where(
        ListingRow.source == bindparam("source"),
        ListingRow.paper_id.in_(given.texts(dialect, "ids")),
    )


def _votes(known: Mapping[str, Any] | None) -> int:
    return known["upvotes"] if known else 0


def _said(listing: Listing) -> dict[str, object]:
    return {name: getattr(listing, name) for name in _SAID}


def _update(session: Session, found: Iterable[Listing], now: datetime) -> None:
    rows = [
        {**_said(each), "read_at": now, "of": each.paper.id, "by": each.source, "on": each.day}
        for each in found
    ]
    if rows:
        this = and_(
            _LISTINGS.c.paper_id == bindparam("of"),
            _LISTINGS.c.source == bindparam("by"),
            _LISTINGS.c.day == bindparam("on"),
        )
        session.execute(update(_LISTINGS).where(this), rows)
