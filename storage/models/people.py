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


class ChannelRow(Base):
    """One channel's digest. `next_due_at` is the truth of its schedule; None while it is off."""

    __tablename__ = "channels"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    minute: Mapped[int]  # of the local day
    zone: Mapped[str] = mapped_column(String(64))  # IANA name
    weekdays: Mapped[str] = mapped_column(String(7))  # "01234": Monday is 0
    size: Mapped[int]
    look: Mapped[str] = mapped_column(String(8), default="compact")
    topics: Mapped[str] = mapped_column(String(400), default="")  # a canonical query, or empty
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
