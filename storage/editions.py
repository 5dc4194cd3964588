"""Editions made: what each channel was to be shown on each date."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select, tuple_, update
from sqlalchemy.orm import Session

from bot.domain.digest import Edition, Pick, Receipt, SourceRead
from bot.domain.round_ups import SLOTS
from storage import spans
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
    """The latest edition of a channel, its redated ones among them.

    Without a `slot` it is of any but round-ups: these bring no news.
    """
    wanted = EditionRow.slot.startswith(slot)
    if not slot:
        wanted = and_(*(EditionRow.slot.not_like(f"{each}%") for each in sorted(SLOTS)))
    latest = (
        select(EditionRow)
        .where(
            EditionRow.team_id == team_id,
            EditionRow.audience == audience,
            wanted,
        )
        .order_by(EditionRow.made_at.desc(), EditionRow.id.desc())
        .limit(1)
    )
    row = session.scalar(latest)
    return _to_edition(row) if row else None


def made_since(
    session: Session, team_id: str, audience: str, since: datetime
) -> list[tuple[datetime, date]]:
    """When editions were made since an instant, and for which dates, the earliest first."""
    query = select(EditionRow.made_at, EditionRow.local_date).where(
        EditionRow.team_id == team_id,
        EditionRow.audience == audience,
        EditionRow.made_at >= since,
    )
    return [(at, day) for at, day in session.execute(query.order_by(EditionRow.made_at))]


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
                "listed": read.listed,
                "crossed": read.crossed,
                "on_list": read.on_list,
            }
            for read in edition.receipt.reads
        ],
        "seen": edition.receipt.seen,
        "skipped": edition.receipt.skipped,
        "off_topic": edition.receipt.off_topic,
        "muted": edition.receipt.muted,
        "in_channels": edition.receipt.in_channels,
        "only": edition.only,
        "span": spans.to_json(edition.span) if edition.span else None,
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
            listed=read.get("listed"),
            crossed=read.get("crossed", 0),
            on_list=read.get("on_list"),
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
        receipt=Receipt(content["candidates"], reads, **_left_out(content)),
        covers_from=date.fromisoformat(missed) if missed else None,
        only=content.get("only", ""),
        span=spans.to_span(content["span"]) if content.get("span") else None,
    )


def _left_out(content: dict[str, Any]) -> dict[str, int]:
    """Why papers were left out; editions of earlier versions know less of it."""
    return {name: content.get(name, 0) for name in _LEFT_OUT}


_LEFT_OUT = ("seen", "skipped", "off_topic", "muted", "in_channels")


def _to_pick(stored: dict[str, Any]) -> Pick:
    # Editions of earlier versions know neither.
    score = tuple(stored.get("score", {}).items())
    return Pick(stored["paper"], stored["reason"], stored.get("by", ""), score)
