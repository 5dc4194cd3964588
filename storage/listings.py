"""Which source listed which paper on which day, with the votes last read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from bot.domain.paper import BESIDE, TRENDING, UNDATED, Listing
from bot.domain.ranking import Headline, day_of
from storage import aliases, feeds, given
from storage.models import FeedRow, ListingRow, PaperRow
from storage.papers import COLUMNS, of_columns

MOST_VOTED = 20_000  # listings; some ten months of Hugging Face's
AT_ONCE = 10_000  # papers asked for in one statement: SQLite takes 32,766 parameters
_BESIDE = ListingRow.source.in_(sorted(BESIDE))
_HAS_DAY = ListingRow.source != TRENDING
# Of several listings of a paper one is shown: that of a day before any of a list beside those of
# days, one with votes before any without, as only Hugging Face has any, and then a later day's.
_LATEST_LAST = (
    _BESIDE.desc(),
    ListingRow.upvotes > 0,
    ListingRow.day,
    ListingRow.source,
)

_LISTED = (
    *(ListingRow.source, ListingRow.day, ListingRow.rank, ListingRow.upvotes),
    *(ListingRow.comments, ListingRow.stars, ListingRow.submitter),
)

WELL_KNOWN = frozenset({"hf", "arxiv"})  # whose titles need not be looked up


@dataclass(frozen=True, slots=True)
class Origin:
    """The first day of a paper on any list, and the sources that list it."""

    first_day: date
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first read of a paper on any list."""

    read_at: datetime
    upvotes: int


def of_days(session: Session, first: date, last: date, least_votes: int = 0) -> list[Listing]:
    """Every paper listed from one day to another, once, most votes first.

    `least_votes` leaves out listings with fewer: reading a paper costs more than skipping it.
    """
    enough = [ListingRow.upvotes >= least_votes] if least_votes else []
    return by_votes(_listings(session, ListingRow.day.between(first, last), _HAS_DAY, *enough))


def latest_list(session: Session, until: date) -> list[Listing]:
    """The news of the latest day, up to this one, that had any; most votes first."""
    day = _latest_day(session, until, ~_BESIDE)
    return by_votes(_listings(session, ListingRow.day == day, ~_BESIDE)) if day else []


def latest_day(session: Session, until: date, source: str = "") -> date | None:
    """The latest day, up to this one, on which anything was listed, by a source if one is named."""
    return _latest_day(session, until, *([ListingRow.source == source] if source else [_HAS_DAY]))


def _latest_day(session: Session, until: date, *where: ColumnElement[bool]) -> date | None:
    """What a feed brings at midnight is no list of a new day: it counts if there is no other."""
    days = select(ListingRow.day).where(ListingRow.day <= until, *where)
    latest = days.order_by(ListingRow.day.desc()).limit(1)  # so it stops at the first that fits
    no_feed = ListingRow.source.not_in(select(FeedRow.source))
    return session.scalar(latest.where(no_feed)) or session.scalar(latest)


def first_day(session: Session) -> date | None:
    """The first day on which anything was listed; files without a day do not count."""
    where = ListingRow.day > UNDATED, _HAS_DAY
    return session.scalar(select(func.min(ListingRow.day)).where(*where))


def neighbours(session: Session, day: date) -> tuple[date | None, date | None]:
    """The listed days before and after this one."""
    dated = ListingRow.day > UNDATED, _HAS_DAY
    earlier = select(func.max(ListingRow.day)).where(ListingRow.day < day, *dated)
    later = select(func.min(ListingRow.day)).where(ListingRow.day > day, *dated)
    return session.scalar(earlier), session.scalar(later)


def read_after(session: Session, instant: datetime, since: date) -> list[Listing]:
    """News: papers that first came up after an instant, on lists no older than a day."""
    came_up = ListingRow.first_read_at > instant, ListingRow.day >= since
    return by_votes(_listings(session, *came_up, ~_BESIDE))


def of_papers(session: Session, ids: Iterable[str]) -> list[Listing]:
    """The latest listing of each of these papers, in the order asked for.

    A paper that became one with another goes by either id, and comes once.
    """
    return list({each.paper.id: each for each in named(session, ids).values()}.values())


def named(session: Session, ids: Iterable[str]) -> dict[str, Listing]:
    """The same by the ids that were asked for, of which several may be of one paper."""
    wanted = list(ids)
    found = {each.paper.id: each for each in _read(session, _of_papers(), {"papers": wanted})}
    if missing := [each for each in wanted if each not in found]:
        others = aliases.of(session, missing)
        read = _read(session, _of_papers(), {"papers": list(others.values())}) if others else []
        known = found | {each.paper.id: each for each in read}
        found |= {one: known[other] for one, other in others.items() if other in known}
    return {each: found[each] for each in wanted if each in found}


def headlines(session: Session, ids: Iterable[str]) -> list[Headline]:
    """What ranking looks at, of each of these papers as last listed: a light read, in any order."""
    wanted = list(ids)
    asked = {"ids": given.written(wanted)}
    rows = session.execute(_headlines(given.dialect(session)), asked) if wanted else ()
    latest = {
        paper_id: Headline(paper_id, title, day_of(published) or day, upvotes)
        for paper_id, title, published, day, upvotes in rows
    }
    return list(latest.values())


@cache
def _headlines(dialect: str) -> Select[str, str, datetime | None, date, int]:
    """Put together once: that takes as long as running it."""
    return (
        select(PaperRow.id, PaperRow.title, PaperRow.published, ListingRow.day, ListingRow.upvotes)
        .join(ListingRow, PaperRow.id == ListingRow.paper_id)
        .where(PaperRow.id.in_(given.texts(dialect, "ids")))
        .order_by(*_LATEST_LAST)
    )


def most_voted(session: Session) -> list[str]:
    """The papers that anybody voted for, most votes first, as far as anybody reads down a list."""
    has_votes = ListingRow.upvotes > literal_column("0")  # as the index says it
    voted = select(ListingRow.paper_id).where(has_votes)
    most_first = voted.order_by(ListingRow.upvotes.desc(), ListingRow.paper_id).limit(MOST_VOTED)
    return list(dict.fromkeys(session.scalars(most_first)))


def origins(session: Session, ids: Iterable[str]) -> dict[str, Origin]:
    """When and by whom each of these papers was first listed."""
    query = select(ListingRow.paper_id, ListingRow.day, ListingRow.source)
    query = query.where(ListingRow.paper_id.in_(list(ids)))
    found: dict[str, Origin] = {}
    for paper_id, day, source in session.execute(query.order_by(_HAS_DAY.desc())):
        known = found.get(paper_id, Origin(day))
        first = known.first_day if source == TRENDING else min(known.first_day, day)
        found[paper_id] = Origin(first, known.sources | {source})
    return found


def days_on(session: Session, source: str, ids: Iterable[str]) -> dict[str, date]:
    """The last day on which a source listed each of these papers, of those it listed."""
    wanted = list(ids)
    found: dict[str, date] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            select(ListingRow.paper_id, func.max(ListingRow.day))
            .where(
                ListingRow.source == source,
                ListingRow.paper_id.in_(wanted[start : start + AT_ONCE]),
            )
            .group_by(ListingRow.paper_id)
        )
        found.update(session.execute(query).all())
    return found


def beginnings(session: Session, ids: Iterable[str]) -> dict[str, Beginning]:
    """When each of these papers came up first, and how many votes it had then."""
    query = (
        select(ListingRow.paper_id, ListingRow.first_read_at, ListingRow.first_upvotes)
        .where(ListingRow.paper_id.in_(list(ids)))
        .order_by(_BESIDE.desc(), ListingRow.first_read_at.desc(), ListingRow.first_upvotes.desc())
    )
    return {each: Beginning(at, votes) for each, at, votes in session.execute(query)}


def by_votes(listings: Iterable[Listing]) -> list[Listing]:
    """Most votes first; a tie goes by id, so that the order is the same everywhere."""
    return sorted(listings, key=lambda each: (-each.upvotes, each.paper.id))


def _listings(session: Session, *where: ColumnElement[bool]) -> list[Listing]:
    """Each paper's latest listing among those that fit."""
    return _read(session, _fitting(*where))


@cache  # put together once: each message asks
def _of_papers() -> Select[Any]:
    return _fitting(ListingRow.paper_id.in_(bindparam("papers", expanding=True)))


def _fitting(*where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(PaperRow.id, *_LISTED, *COLUMNS)
        .join(PaperRow, PaperRow.id == ListingRow.paper_id)
        .where(*where)
        .order_by(*_LATEST_LAST)
    )


def _read(
    session: Session, query: Select[Any], asked: Mapping[str, object] | None = None
) -> list[Listing]:
    latest = {paper_id: values for paper_id, *values in session.execute(query, asked)}
    sources = {source for source, *_ in latest.values()}
    titles = feeds.titles(session, sources - WELL_KNOWN)
    return [_to_listing(values, titles) for values in latest.values()]


def _to_listing(values: list[Any], titles: Mapping[str, str]) -> Listing:
    source, day, rank, upvotes, comments, stars, submitter, *paper = values
    return Listing(
        source=source,
        day=day,
        paper=of_columns(paper),
        rank=rank,
        upvotes=upvotes,
        comments=comments,
        stars=stars,
        submitter=submitter,
        source_title=titles.get(source, ""),
    )
