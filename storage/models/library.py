"""What people keep, hide, vote for and decide."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import PAPER_ID, SLACK_ID, Base


class SavedRow(Base):
    """A paper that somebody keeps."""

    __tablename__ = "saved"
    __table_args__ = (Index(None, "team_id", "paper_id"),)

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    saved_at: Mapped[datetime]


class MuteRow(Base):
    """What somebody does not want to be told of: papers that match `text`, a canonical query."""

    __tablename__ = "mutes"
    __table_args__ = (UniqueConstraint("team_id", "user_id", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    user_id: Mapped[str] = mapped_column(SLACK_ID)
    text: Mapped[str] = mapped_column(String(400))
    muted_at: Mapped[datetime]


class FeedbackRow(Base):
    """One person's vote on a paper; who takes it back has no row."""

    __tablename__ = "feedback"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    vote: Mapped[int] = mapped_column(SmallInteger)  # 1 or -1
    voted_at: Mapped[datetime]


class VerdictRow(Base):
    """A paper that somebody put into, or took from, the next digest of a channel."""

    __tablename__ = "verdicts"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    decision: Mapped[str] = mapped_column(String(8))
    place: Mapped[int | None] = mapped_column(default=None)  # where somebody moved it
    given_by: Mapped[str] = mapped_column(SLACK_ID)
    given_at: Mapped[datetime]
