"""Topics: queries, what they are looked up by, who follows them, and what they match."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import PAPER_ID, SLACK_ID, Base


class QueryRow(Base):
    """One distinct canonical query, shared by everyone who typed it."""

    __tablename__ = "queries"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(400), unique=True)


class AtomRow(Base):
    """A key of which every match of the query holds at least one."""

    __tablename__ = "atoms"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    query_id: Mapped[int] = mapped_column(
        ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class SubscriptionRow(Base):
    """One person's use of a query. `due_at` is set when a match waits, cleared when it is told."""

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("team_id", "audience", "query_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    audience: Mapped[str] = mapped_column(SLACK_ID)
    query_id: Mapped[int] = mapped_column(ForeignKey("queries.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    cadence: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    paused_until: Mapped[datetime | None] = mapped_column(default=None)
    told_on: Mapped[date | None] = mapped_column(default=None)  # local date of its last alert
    created_by: Mapped[str] = mapped_column(SLACK_ID)
    created_at: Mapped[datetime]
    since_revision: Mapped[int] = mapped_column(BigInteger)  # it starts now: later papers count
    # Later versions found after this number are told as well; None: its owner did not ask.
    versions_since: Mapped[int | None] = mapped_column(BigInteger, default=None)
    due_at: Mapped[datetime | None] = mapped_column(index=True, default=None)


class MatchRow(Base):
    """A paper that a query matches; expanded to people only when an alert is built."""

    __tablename__ = "matches"
    __table_args__ = (Index(None, "query_id", "revision"), Index(None, "paper_id"))

    query_id: Mapped[int] = mapped_column(
        ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True
    )
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(BigInteger)  # the paper's when it was found


class NewVersionRow(Base):
    """A later version of a paper that a query matches, for those who asked to be told of it."""

    __tablename__ = "new_versions"

    query_id: Mapped[int] = mapped_column(
        ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True
    )
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(BigInteger)  # the paper's when it was found
