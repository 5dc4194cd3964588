"""Every table, one row each described by its docstring.

Tables of a workspace carry `team_id` in their key, and every query names it. `papers`, `versions`,
`listings`, `fetches`, `announcements`, `gaps`, `validators`, `harvests`, `queries`, `atoms`,
`matches`, `vectors` and `leases` belong to nobody: they hold no person.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.domain.delivery import State
from storage.database import UtcDateTime

SLACK_ID = String(32)
PAPER_ID = String(128)
# Kept as its word, without a constraint: a later state needs no change of the schema.
STATE = Enum(
    State,
    native_enum=False,
    create_constraint=False,
    length=8,
    values_callable=lambda states: [state.value for state in states],
)


class Base(DeclarativeBase):
    """Names every constraint, so that a migration can drop it on either database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: Text,
        list[str]: JSON,
        dict[str, Any]: JSON,
    }


class CounterRow(Base):
    """A number taken inside the writing transaction, so that numbers commit in order."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class PaperRow(Base):
    """One paper. `revision` grows when its indexed text changes; the search index follows it."""

    __tablename__ = "papers"

    id: Mapped[str] = mapped_column(PAPER_ID, primary_key=True)
    title: Mapped[str]
    abstract: Mapped[str]
    authors: Mapped[list[str]]
    published: Mapped[datetime | None]
    categories: Mapped[list[str]]
    tldr: Mapped[str]
    tldr_by: Mapped[str]
    keywords: Mapped[list[str]]
    organization: Mapped[str]
    code_url: Mapped[str]
    project_url: Mapped[str]
    thumbnail_url: Mapped[str]
    media_urls: Mapped[list[str]]
    version: Mapped[int] = mapped_column(server_default="0")
    revised: Mapped[datetime | None]
    doi: Mapped[str] = mapped_column(server_default="", index=True)
    comment: Mapped[str] = mapped_column(server_default="")
    journal: Mapped[str] = mapped_column(server_default="")
    licence_url: Mapped[str] = mapped_column(server_default="")
    withdrawn: Mapped[bool] = mapped_column(server_default=false())
    first_seen_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(BigInteger, index=True)


class VersionRow(Base):
    """A version of a paper as it was read, before a later one took its place."""

    __tablename__ = "versions"

    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    abstract: Mapped[str]
    comment: Mapped[str]
    replaced_at: Mapped[datetime]


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


class ListingRow(Base):
    """One appearance of a paper: on this source's list of this day. Votes are those last read."""

    __tablename__ = "listings"
    __table_args__ = (Index(None, "day"), Index(None, "first_read_at"))

    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    rank: Mapped[int]
    upvotes: Mapped[int]
    first_upvotes: Mapped[int]  # when it was first read
    comments: Mapped[int]
    stars: Mapped[int | None]
    submitter: Mapped[str]
    first_read_at: Mapped[datetime]
    read_at: Mapped[datetime]


class FetchRow(Base):
    """One read of one source for one day: what a receipt is made from."""

    __tablename__ = "fetches"
    __table_args__ = (Index(None, "source", "day", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]
    read_at: Mapped[datetime]
    seen: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)  # new to a day that had been read before
    failed: Mapped[int] = mapped_column(default=0)  # entries that could not be read
    error: Mapped[str | None] = mapped_column(default=None)  # the source did not answer, in words


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
    due_at: Mapped[datetime | None] = mapped_column(index=True, default=None)


class MatchRow(Base):
    """A paper that a query matches; expanded to people only when an alert is built."""

    __tablename__ = "matches"
    __table_args__ = (Index(None, "query_id", "revision"),)

    query_id: Mapped[int] = mapped_column(
        ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True
    )
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(BigInteger)  # the paper's when it was found


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

    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    audience: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    delivery_id: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[datetime]


class VectorRow(Base):
    """What a paper is about, as one model sees it: a direction of `model`'s many dimensions."""

    __tablename__ = "vectors"
    __table_args__ = (Index(None, "model", "revision"),)

    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(BigInteger)  # the paper's when it was read
    vector: Mapped[bytes]  # of unit length; each number a float16, its low byte first


class LeaseRow(Base):
    """One thing that only one process may have at a time: a connection, or a source's patience."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    holder: Mapped[str] = mapped_column(String(128))  # the process, in words
    held_until: Mapped[datetime]
    ready_at: Mapped[datetime]  # nobody may take it earlier


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


class RedrawRow(Base):
    """A message that shows votes: when it is drawn anew, if they changed since it was drawn."""

    __tablename__ = "redraws"

    delivery_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    asked: Mapped[int]  # counts changes: one that comes while it is drawn is not lost
    attempts: Mapped[int]  # counts refusals since it was drawn
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    ready_at: Mapped[datetime]  # not drawn earlier: it was drawn a while before
