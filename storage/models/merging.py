"""By which other ids papers are known, and what became one paper, kept so that it can be parted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.identity import Rule
from storage.models.base import PAPER_ID, SLACK_ID, Base


class AliasRow(Base):
    """Another id of a paper: whatever comes under it is this paper."""

    __tablename__ = "aliases"

    alias: Mapped[str] = mapped_column(PAPER_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), index=True
    )


class MergeRow(Base):
    """Two papers that became one. While it is parted, the same rule makes them one no more."""

    __tablename__ = "merges"
    __table_args__ = (Index(None, "gone_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gone_id: Mapped[str] = mapped_column(PAPER_ID)
    kept_id: Mapped[str] = mapped_column(PAPER_ID)
    rule: Mapped[Rule] = mapped_column(String(8))
    score: Mapped[float]
    before: Mapped[dict[str, Any]]  # both papers
    merged_at: Mapped[datetime]
    parted_at: Mapped[datetime | None] = mapped_column(default=None)


class MergedRow(Base):
    """A row of another table that changed its paper. Those of nobody have an empty `team_id`."""

    __tablename__ = "merged_rows"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    merge_id: Mapped[int] = mapped_column(
        ForeignKey("merges.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(16))  # of the table
    owner: Mapped[str] = mapped_column(SLACK_ID)  # the person or channel, if it is somebody's
    before: Mapped[dict[str, Any]]
