"""People and channels: their settings, and the digests that were made for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import SLACK_ID, Base


class ReaderRow(Base):
    """One person: where and when they want to be told. No name is kept."""

    __tablename__ = "readers"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    zone: Mapped[str] = mapped_column(String(64))
    minute: Mapped[int] = mapped_column(default=540)  # of the local day: gathered alerts come then
    quiet_from: Mapped[int | None] = mapped_column(default=None)  # minutes of the local day, both
    quiet_until: Mapped[int | None] = mapped_column(default=None)  # or neither
    dm_channel_id: Mapped[str | None] = mapped_column(SLACK_ID, default=None)


class DigestRow(Base):
    """A channel's digest, or a person's. `next_due_at` is the truth; None while it is off."""

    __tablename__ = "digests"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    audience: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    minute: Mapped[int]  # of the local day
    zone: Mapped[str] = mapped_column(String(64))  # IANA name
    weekdays: Mapped[str] = mapped_column(String(7))  # "01234": Monday is 0
    size: Mapped[int]
    look: Mapped[str] = mapped_column(String(8), default="compact")
    refused_look: Mapped[str | None] = mapped_column(String(8), default=None)
    topics: Mapped[str] = mapped_column(String(400), default="")  # a canonical query, or empty
    only_topics: Mapped[bool] = mapped_column(default=False)
    set_by: Mapped[str] = mapped_column(SLACK_ID)
    next_due_at: Mapped[datetime | None] = mapped_column(index=True)
    paused_until: Mapped[datetime | None] = mapped_column(default=None)
    change: Mapped[int] = mapped_column(default=0)  # counts changes: the last is the one to undo


class UndoRow(Base):
    """How a digest was before its last change, whose number is that of the digest's `change`."""

    __tablename__ = "undo"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    audience: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    number: Mapped[int]
    before: Mapped[dict[str, Any]]


class RoundUpRow(Base):
    """A week, a month or a second look that a channel wants. It sleeps without `next_due_at`."""

    __tablename__ = "round_ups"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    slot: Mapped[str] = mapped_column(String(16), primary_key=True)
    weekday: Mapped[int | None] = mapped_column(default=None)  # of a week; Monday is 0
    minute: Mapped[int | None] = mapped_column(default=None)  # None: at the hour of the digest
    set_by: Mapped[str] = mapped_column(SLACK_ID)
    next_due_at: Mapped[datetime | None] = mapped_column(index=True)


class EditionRow(Base):
    """One digest posted or to be posted. `audience` is a channel or a person."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("team_id", "audience", "local_date", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    audience: Mapped[str] = mapped_column(SLACK_ID)
    local_date: Mapped[date]
    slot: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]  # picks with their reasons, and the receipt's figures
