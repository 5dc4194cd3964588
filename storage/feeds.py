"""How far each feed was read, and what it calls itself."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.domain.feeds import Standing
from storage.models import FeedRow

_SAME = ("address", "title", "entries", "newest", "late", "failures")
_TIMES = ("read_at", "answered_at", "due_at")


def standing(session: Session, source: str, address: str = "") -> Standing:
    """What is known of a feed; nothing where it was read from another address, or never."""
    row = session.get(FeedRow, source)
    if row is None or (address and row.address != address):
        return Standing(source, address)
    return _to_standing(row)


def followed(session: Session) -> list[Standing]:
    """The feeds that the settings name, in the order of their names."""
    query = select(FeedRow).where(FeedRow.is_followed).order_by(FeedRow.source)
    return [_to_standing(row) for row in session.scalars(query)]


def follow(session: Session, sources: Collection[str]) -> None:
    """From now on the settings name these and no others."""
    named = FeedRow.source.in_(sources)
    session.execute(update(FeedRow).where(~named, FeedRow.is_followed).values(is_followed=False))
    session.execute(update(FeedRow).where(named, ~FeedRow.is_followed).values(is_followed=True))


def save(session: Session, found: Standing) -> None:
    """Keep what is known of a feed now, which makes it one that is followed."""
    row = session.get(FeedRow, found.source)
    if row is None:
        row = FeedRow(source=found.source)
        session.add(row)
    for name in (*_SAME, *_TIMES):
        setattr(row, name, getattr(found, name))
    row.is_followed, row.validators = True, dict(found.validators)
    row.pause = int(found.pause.total_seconds()) if found.pause is not None else None


def abandoned(session: Session) -> set[str]:
    """Feeds that were read and that the settings name no more."""
    return set(session.scalars(select(FeedRow.source).where(~FeedRow.is_followed)))


def titles(session: Session, sources: Iterable[str]) -> dict[str, str]:
    """What those of these sources that are feeds call themselves."""
    named = list(sources)
    if not named:
        return {}
    query = select(FeedRow.source, FeedRow.title).where(FeedRow.source.in_(named))
    return {source: title for source, title in session.execute(query) if title}


def _to_standing(row: FeedRow) -> Standing:
    return Standing(
        source=row.source,
        pause=timedelta(seconds=row.pause) if row.pause is not None else None,
        validators=dict(row.validators),
        **{name: getattr(row, name) for name in (*_SAME, *_TIMES)},
    )
