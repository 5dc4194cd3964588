"""Messages: what is owed, at which pace it goes out, and what was shown."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.delivery import State
from storage.models.base import PAPER_ID, SLACK_ID, Base

# Kept as its word, without a constraint: a later state needs no change of the schema.
STATE = Enum(
    State,
    native_enum=False,
    create_constraint=False,
    length=8,
    values_callable=lambda states: [state.value for state in states],
)

# What is sent stays, so the outbox grows; what is asked each second is indexed apart. Both
# databases use such an index only for a query that says the same words.
WAITING = "state IN ('pending', 'retry')"
LENT = "state = 'sending'"
DIGESTS_ON_THEIR_WAY = "kind IN ('digest', 'reply') AND state IN ('pending', 'sending')"


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class DeliveryRow(Base):
    """One message owed: the outbox. The unique key makes a second one impossible."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(None, "team_id", "state"),
        _partial("ix_deliveries_waiting", "due_at", "id", where=WAITING),
        _partial("ix_deliveries_lent", "lease_until", where=LENT),
        _partial("ix_deliveries_digests", "team_id", where=DIGESTS_ON_THEIR_WAY),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    kind: Mapped[str] = mapped_column(String(16))
    audience: Mapped[str] = mapped_column(SLACK_ID)
    dedup_key: Mapped[str] = mapped_column(String(200), unique=True)
    content: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(STATE, default=State.PENDING)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    fence: Mapped[int] = mapped_column(default=0)  # counts claims
    attempts: Mapped[int] = mapped_column(default=0)  # counts refusals
    ambiguous: Mapped[bool] = mapped_column(default=False)  # an attempt may have arrived
    first_attempt_at: Mapped[datetime | None] = mapped_column(default=None)
    channel_id: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    ts: Mapped[str | None] = mapped_column(String(32), default=None)
    error: Mapped[str | None] = mapped_column(default=None)


class RateRow(Base):
    """A bucket of tokens, each good for one call. Times are microseconds since 1970, in UTC."""

    __tablename__ = "rates"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    # a channel's id, or a person's; empty: the whole workspace; "history": looking for messages
    bucket: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    full_at: Mapped[int] = mapped_column(BigInteger)  # when the last token is back
    granted: Mapped[int]  # tokens, the last time that some were asked for
    set_at: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(default=None)  # Slack refuses the bot's token
    since: Mapped[datetime | None] = mapped_column(default=None)


class SeenRow(Base):
    """A paper this channel or person was shown, and by which delivery."""

    __tablename__ = "seen"
    __table_args__ = (Index(None, "paper_id"),)

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    audience: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    delivery_id: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[datetime]
    mention: Mapped[bool] = mapped_column(default=False)  # an alert on it still says so in a line


class ToldVersionRow(Base):
    """A later version of a paper that this channel or person was told of, and by which delivery."""

    __tablename__ = "told_versions"

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    audience: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    delivery_id: Mapped[str] = mapped_column(String(32))
    told_at: Mapped[datetime]


class RedrawRow(Base):
    """A message that shows votes: when it is drawn anew, if they changed since it was drawn."""

    __tablename__ = "redraws"

    delivery_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    asked: Mapped[int]  # counts changes: one that comes while it is drawn is not lost
    attempts: Mapped[int]  # counts refusals since it was drawn
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    ready_at: Mapped[datetime]  # not drawn earlier: it was drawn a while before
