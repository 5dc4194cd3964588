"""How far arXiv was read: announcements by category, gaps, and lists begun."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AnnouncementRow(Base):
    """How far one category's announcements were read: what tells a late one from a quiet day."""

    __tablename__ = "announcements"

    category: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date | None]  # of the last announcement
    highest_id: Mapped[str] = mapped_column(String(128))
    usual: Mapped[float]  # papers of its own a day
    is_late: Mapped[bool]
    read_at: Mapped[datetime | None]  # the feed, last


class GapRow(Base):
    """A day of which a category's feed did not bring all: owed by the API, until it is filled."""

    __tablename__ = "gaps"

    category: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)


class ValidatorRow(Base):
    """What an address said of the state of its answer, to ask only for a later one."""

    __tablename__ = "validators"

    address: Mapped[str] = mapped_column(primary_key=True)
    told: Mapped[dict[str, Any]]


class HarvestRow(Base):
    """How far a list of everything since a day was read; with a token it is not at its end."""

    __tablename__ = "harvests"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)  # of the set
    since: Mapped[date]
    token: Mapped[str]
    records: Mapped[int]
    begun_at: Mapped[datetime]  # by the source's clock: the next list begins there
    read_at: Mapped[datetime]
