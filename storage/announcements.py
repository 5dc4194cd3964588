"""How far arXiv's announcements were read, category by category, and what to ask a feed with."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select, true, update
from sqlalchemy.orm import Session

from bot.domain.announcements import Standing
from storage.models import AnnouncementRow, GapRow, ValidatorRow


def standings(session: Session, categories: Iterable[str]) -> list[Standing]:
    """What is known of each category, in the order asked for; nothing of one never read."""
    wanted = list(categories)
    query = select(AnnouncementRow).where(AnnouncementRow.category.in_(wanted))
    known = {row.category: _to_standing(row) for row in session.scalars(query)}
    return [known.get(each) or Standing(each) for each in wanted]


def followed(session: Session, lately: timedelta) -> list[Standing]:
    """Every category whose feed was read not much earlier than the one that was read last.

    One whose feed never answered is followed as well.
    """
    last = session.scalar(select(func.max(AnnouncementRow.read_at)))
    lately_read = AnnouncementRow.read_at >= last - lately if last else true()
    query = select(AnnouncementRow).where(or_(AnnouncementRow.read_at.is_(None), lately_read))
    return [_to_standing(row) for row in session.scalars(query.order_by(AnnouncementRow.category))]


def save(session: Session, found: Standing, read_at: datetime | None = None) -> None:
    """Keep what is known of a category now, and when its feed was read, if it was."""
    row = session.get(AnnouncementRow, found.category)
    if row is None:
        row = AnnouncementRow(category=found.category, read_at=read_at)
        session.add(row)
    row.day, row.highest_id, row.usual = found.day, found.highest_id, found.usual
    row.is_late, row.read_at = found.is_late, read_at or row.read_at


def last_read(session: Session, categories: Sequence[str]) -> datetime | None:
    """When the feed of all these categories was read; None if it never was for one of them."""
    query = select(AnnouncementRow.read_at).where(AnnouncementRow.category.in_(categories))
    times = [each for each in session.scalars(query) if each]
    return min(times) if times and len(times) == len(set(categories)) else None


def owe(session: Session, day: date, category: str) -> None:
    """Note that a category's feed did not bring all of a day."""
    if session.get(GapRow, (category, day)) is None:
        session.add(GapRow(category=category, day=day))


def owed(session: Session, asked_before: datetime, since: date) -> dict[date, list[str]]:
    """Such days and their categories, the oldest first, that nobody asked for lately."""
    query = select(GapRow).where(
        GapRow.day >= since, or_(GapRow.asked_at.is_(None), GapRow.asked_at <= asked_before)
    )
    found: dict[date, list[str]] = {}
    for row in session.scalars(query.order_by(GapRow.day, GapRow.category)):
        found.setdefault(row.day, []).append(row.category)
    return found


def asked(session: Session, day: date, categories: Sequence[str], now: datetime) -> None:
    """Note that the API was asked for a day."""
    where = GapRow.day == day, GapRow.category.in_(categories)
    session.execute(update(GapRow).where(*where).values(asked_at=now))


def filled(session: Session, day: date, categories: Sequence[str]) -> None:
    """Nothing of that day is owed any more."""
    where = GapRow.day == day, GapRow.category.in_(categories)
    session.execute(delete(GapRow).where(*where))


def validators(session: Session, address: str) -> dict[str, str]:
    """What an address said of the state of its last answer; empty where it said nothing."""
    row = session.get(ValidatorRow, address)
    return dict(row.told) if row else {}


def keep_validators(session: Session, address: str, told: dict[str, str]) -> None:
    """Keep what it says now."""
    row = session.get(ValidatorRow, address)
    if row is None:
        session.add(ValidatorRow(address=address, told=told))
    else:
        row.told = told


def _to_standing(row: AnnouncementRow) -> Standing:
    return Standing(row.category, row.day, row.highest_id, row.usual, row.is_late)
