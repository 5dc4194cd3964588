"""Papers, what sources say of them, and what was read when. They belong to nobody."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import PAPER_ID, Base

HAS_LINK = text("link != ''")
HAS_VOTES = text("upvotes > 0")


class PaperRow(Base):
    """One paper. `revision` grows when its indexed text changes or a later version comes.

    The search index follows it.
    """

    __tablename__ = "papers"
    __table_args__ = (
        # Papers of feeds have one, all others none.
        Index(None, "link", sqlite_where=HAS_LINK, postgresql_where=HAS_LINK),
    )

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
    link: Mapped[str] = mapped_column(server_default="")
    # What it shares with papers that may be the same one under another id.
    likeness: Mapped[str] = mapped_column(String(120), server_default="", index=True)
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


class ListingRow(Base):
    """One appearance of a paper: on this source's list of this day. Votes are those last read."""

    __tablename__ = "listings"
    __table_args__ = (
        Index(None, "day"),
        Index(None, "first_read_at"),
        # Of most papers nobody ever reads a vote.
        Index(None, "upvotes", "paper_id", sqlite_where=HAS_VOTES, postgresql_where=HAS_VOTES),
    )

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
    read_at: Mapped[datetime]  # what is said here: a later read that says the same leaves it


class PageRow(Base):
    """What cites a paper on Hugging Face, as its page said when somebody looked."""

    __tablename__ = "pages"

    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    models: Mapped[int | None]
    datasets: Mapped[int | None]
    spaces: Mapped[int | None]
    read_at: Mapped[datetime | None]  # None: it never answered
    asked_at: Mapped[datetime]


class ReadingRow(Base):
    """The votes of a paper as a source gave them last on a day (UTC), where they had changed."""

    __tablename__ = "readings"

    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(String(32), primary_key=True)
    read_on: Mapped[date] = mapped_column(primary_key=True, index=True)
    upvotes: Mapped[int]


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


class VectorRow(Base):
    """What a paper is about, as one model sees it: a direction of `model`'s many dimensions."""

    __tablename__ = "vectors"
    __table_args__ = (Index(None, "model", "revision"),)

    paper_id: Mapped[str] = mapped_column(
        PAPER_ID, ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)  # the paper's when it was read
    vector: Mapped[bytes]  # of unit length; each number a float16, its low byte first
