"""Feeds that the operator names, and how far each was read."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class FeedRow(Base):
    """One feed or preprint server, by the name that its listings and reads carry."""

    __tablename__ = "feeds"

    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    address: Mapped[str] = mapped_column(String(64))  # a digest: some addresses hold a secret
    title: Mapped[str]  # as it calls itself
    is_followed: Mapped[bool]  # the settings name it
    entries: Mapped[int]  # of its last answer
    newest: Mapped[datetime | None]  # of all its papers so far
    pause: Mapped[int | None]  # the longest between two of them, in seconds
    late: Mapped[str] = mapped_column(String(16))  # why it is, empty where it is not
    failures: Mapped[int]  # in a row
    read_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    validators: Mapped[dict[str, Any]]  # what it said of the state of its answer
