"""Editions made: what each channel was to be shown on each date."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from bot.domain.digest import Edition, Pick, Receipt, SourceRead
from storage.models import EditionRow


def add(session: Session, edition: Edition) -> int:
    """Store an edition; a second one for the same date and slot fails."""
    row = EditionRow(
        team_id=edition.team_id,
        audience=edition.audience,
        local_date=edition.local_date,
        slot=edition.slot,
        made_at=edition.made_at,
        content=_to_json(edition),
    )
    session.add(row)
    session.flush()
    return row.id


def get(session: Session, team_id: str, edition_id: int) -> Edition:
    """An edition by its number; KeyError if this workspace has none such."""
    row = session.get(EditionRow, edition_id)
    if row is None or row.team_id != team_id:
        raise KeyError(edition_id)
    return _to_edition(row)


def exists(session: Session, team_id: str, audience: str, local_date: date, slot: str) -> bool:
    """Whether this date's edition was made."""
    return _count(session, team_id, audience, local_date, EditionRow.slot == slot) > 0


def count_on(session: Session, team_id: str, audience: str, local_date: date) -> int:
    """How many editions this date has, of every slot."""
    return _count(session, team_id, audience, local_date)


def last(session: Session, team_id: str, audience: str, slot: str = "") -> Edition | None:
    """The latest edition of a channel, of any slot or of one, its redated ones among them."""
    latest = (
        select(EditionRow)
        .where(
            EditionRow.team_id == team_id,
            EditionRow.audience == audience,
            EditionRow.slot.startswith(slot),
        )
        .order_by(EditionRow.made_at.desc(), EditionRow.id.desc())
        .limit(1)
    )
    row = session.scalar(latest)
    return _to_edition(row) if row else None


def redate(session: Session, edition: Edition, slot: str, to: date) -> None:
    """An edition belongs to another date, since its channel's zone changed: its own is free again.

    Where that date has an edition of this slot, ours is counted beside it.
    """
    who = edition.team_id, edition.audience
    was = edition.local_date, edition.slot
    free = [each for each in (slot, f"{slot} of {was[0]}") if not exists(session, *who, to, each)]
    if to == edition.local_date or not free:
        return
    session.execute(
        update(EditionRow)
        .where(
            tuple_(EditionRow.team_id, EditionRow.audience) == who,
            tuple_(EditionRow.local_date, EditionRow.slot) == was,
        )
        .values(local_date=to, slot=free[0])
    )


def _count(session: Session, team_id: str, audience: str, local_date: date, *where: Any) -> int:
    query = select(func.count()).where(
        EditionRow.team_id == team_id,
        EditionRow.audience == audience,
        EditionRow.local_date == local_date,
        *where,
    )
    return session.scalar(query) or 0


def _to_json(edition: Edition) -> dict[str, Any]:
    return {
        "picks": [
            {
                "paper": pick.paper_id,
                "reason": pick.reason,
                "by": pick.picked_by,
                "score": dict(pick.score),
            }
            for pick in edition.picks
        ],
        "candidates": edition.receipt.candidates,
        "covers_from": edition.covers_from.isoformat() if edition.covers_from else None,
        "reads": [
            {
                "source": read.source,
                "day": read.day.isoformat(),
                "read_at": read.read_at.isoformat() if read.read_at else None,
                "error": read.error,
                "late": list(read.late),
                "title": read.title,
            }
            for read in edition.receipt.reads
        ],
    }


def _to_edition(row: EditionRow) -> Edition:
    content = row.content
    missed = content.get("covers_from")  # editions of an earlier version do not say
    reads = tuple(
        SourceRead(
            source=read["source"],
            day=date.fromisoformat(read["day"]),
            read_at=datetime.fromisoformat(read["read_at"]) if read["read_at"] else None,
            error=read["error"],
            late=tuple(read.get("late", ())),  # older editions do not say
            title=read.get("title", ""),
        )
        for read in content["reads"]
    )
    return Edition(
        team_id=row.team_id,
        audience=row.audience,
        local_date=row.local_date,
        slot=row.slot,
        made_at=row.made_at,
        picks=tuple(_to_pick(pick) for pick in content["picks"]),
        receipt=Receipt(content["candidates"], reads),
        covers_from=date.fromisoformat(missed) if missed else None,
    )


def _to_pick(stored: dict[str, Any]) -> Pick:
    # Editions of earlier versions know neither.
    score = tuple(stored.get("score", {}).items())
    return Pick(stored["paper"], stored["reason"], stored.get("by", ""), score)
