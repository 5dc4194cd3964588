"""Papers, each stored once under its canonical id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from itertools import count as count_from
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, literal_column, select, update
from sqlalchemy.orm import Session

from bot.domain import likeness
from bot.domain.merging import is_revision, merged
from bot.domain.paper import Paper
from storage import given, versions
from storage.models import Base, CounterRow, PaperRow

# What the search index holds: a change here, or a later version, gives a paper its next revision.
INDEXED = frozenset(
    {"title", "abstract", "authors", "categories", "tldr", "keywords", "organization"}
)
_FIELDS = tuple(field.name for field in fields(Paper))
_LISTS = frozenset({"authors", "categories", "keywords", "media_urls"})
COLUMNS = tuple(getattr(PaperRow, name) for name in _FIELDS)  # what `of_columns` is given
_LIST_PLACES = tuple(place for place, name in enumerate(_FIELDS) if name in _LISTS)
_REVISION = "paper_revision"
AT_ONCE = 10_000  # papers asked for in one statement: SQLite takes 32,766 parameters
# Rows by the thousand go past the mapper, which would cost four times as much.
_PAPERS = Base.metadata.tables[PaperRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Change:
    """A stored paper of which more is known now."""

    before: Paper
    paper: Paper
    first_seen_at: datetime
    revision: int  # before


@dataclass(frozen=True, slots=True)
class Saved:
    """What was not stored before, and what is not as it was."""

    new: list[Paper]
    changed: list[Change]


def save(session: Session, found: Iterable[Paper], now: datetime) -> Saved:
    """Store papers, filling in what was empty; one that is stored as it is costs a look.

    Writers queue for the counter first: two that bring the same paper would both find it unseen.
    """
    hold_revision(session)
    papers = _each_once(found)
    known = _known(session, papers)
    changed = _take_over(session, known, papers, now)
    new = [paper for paper in papers.values() if paper.id not in known]
    if new:
        first = _take(session, len(new))
        rows = [
            {**_columns(paper), "first_seen_at": now, "revision": number}
            for number, paper in enumerate(new, start=first)
        ]
        session.execute(insert(_PAPERS), rows)
    return Saved(new, changed)


def new_row(paper: Paper, now: datetime) -> PaperRow:
    """The row of a paper that is not stored yet; it has no revision so far."""
    return PaperRow(**_columns(paper), first_seen_at=now)


def rewrite(row: PaperRow, paper: Paper) -> None:
    """Make a row say what this paper does, its id aside."""
    for name, value in _columns(paper).items():
        if name != "id":
            setattr(row, name, value)


def number(session: Session, rows: Sequence[PaperRow]) -> None:
    """Have whoever follows the papers read these again."""
    for following, row in enumerate(rows, start=_take(session, len(rows))):
        row.revision = following
    session.flush()


def by_ids(session: Session, ids: Iterable[str]) -> list[Paper]:
    """These papers as they are stored, in any order."""
    return [each.paper for each in _known(session, ids).values()]


def named_by_doi(session: Session, doi: str) -> str | None:
    """The id of the paper that was published under a DOI; the latest, should there be several."""
    query = select(PaperRow.id).where(PaperRow.doi == doi).order_by(PaperRow.revision.desc())
    return session.scalar(query.limit(1))


def linked(session: Session, page: str) -> str | None:
    """The id of the paper whose feed says that it is on this page."""
    is_there = PaperRow.link == page, PaperRow.link != literal_column("''")  # as the index says it
    query = select(PaperRow.id).where(*is_there).order_by(PaperRow.revision.desc())
    return session.scalar(query.limit(1)) if page.startswith(("http://", "https://")) else None


def revise(session: Session, found: Iterable[Paper], now: datetime) -> list[Paper]:
    """Take over later versions of papers that are stored; the others stay unknown.

    Returns those that grew a version, as they are now.
    """
    papers = _each_once(found)
    if not papers:
        return []
    hold_revision(session)
    changed = _take_over(session, _known(session, papers), papers, now)
    return [each.paper for each in changed if is_revision(each.before, each.paper)]


def renumber(session: Session, ids: Iterable[str]) -> list[Paper]:
    """Give stored papers their next revision, as if they came in now. Returns them."""
    known = _known(session, ids)
    if known:
        first = _take(session, len(known))
        rows = [{"paper": each, "revision": number} for number, each in enumerate(known, first)]
        session.execute(update(_PAPERS).where(_PAPERS.c.id == bindparam("paper")), rows)
    return [each.paper for each in known.values()]


def withdraw(session: Session, ids: Iterable[str]) -> None:
    """Mark papers that their source does not have any more."""
    wanted = list(ids)
    if wanted:
        session.execute(update(PaperRow).where(PaperRow.id.in_(wanted)).values(withdrawn=True))


def withdrawn_among(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of these papers that were withdrawn."""
    found: set[str] = set()
    for start in range(0, len(ids), AT_ONCE):
        some = PaperRow.id.in_(ids[start : start + AT_ONCE])
        found.update(session.scalars(select(PaperRow.id).where(some, PaperRow.withdrawn)))
    return found


def revision(session: Session) -> int:
    """The last revision number given out; 0 before the first paper."""
    return session.scalar(select(CounterRow.value).where(CounterRow.name == _REVISION)) or 0


def hold_revision(session: Session) -> int:
    """The last revision number, which nobody raises until this transaction ends."""
    query = select(CounterRow.value).where(CounterRow.name == _REVISION)
    return session.scalars(query.with_for_update()).one()


def after(session: Session, number: int, limit: int) -> list[tuple[int, Paper]]:
    """Papers with a later revision than this, in order: what a follower has not read yet."""
    query = select(PaperRow.revision, *COLUMNS).where(PaperRow.revision > number)
    rows = session.execute(query.order_by(PaperRow.revision).limit(limit))
    return [(number, of_columns(values)) for number, *values in rows]


def count(session: Session) -> int:
    """How many papers are stored."""
    return session.scalar(select(func.count()).select_from(PaperRow)) or 0


def to_paper(row: PaperRow) -> Paper:
    """The value that leaves storage."""
    values = {name: getattr(row, name) for name in _FIELDS}
    return Paper(**{**values, **{name: tuple(values[name]) for name in _LISTS}})


def of_columns(values: list[Any]) -> Paper:
    """The value of COLUMNS in their order; a mapped row would cost twice as much."""
    for place in _LIST_PLACES:
        values[place] = tuple(values[place])
    return Paper(*values)


def _known(session: Session, ids: Iterable[str]) -> dict[str, Change]:
    """What is stored of these papers, as a change of nothing."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = session.execute(_looked_up(given.dialect(session)), {"ids": given.written(wanted)})
    known = ((revision, seen, of_columns(values)) for revision, seen, *values in found)
    return {paper.id: Change(paper, paper, seen, revision) for revision, seen, paper in known}


@cache
def _looked_up(dialect: str) -> Select[Any]:
    query = select(PaperRow.revision, PaperRow.first_seen_at, *COLUMNS)
    return query.where(PaperRow.id.in_(given.texts(dialect, "ids")))


def _take_over(
    session: Session, known: Mapping[str, Change], found: Mapping[str, Paper], now: datetime
) -> list[Change]:
    """Store what these papers add to what is known, and what it takes the place of."""
    changed = [
        Change(each.before, after, each.first_seen_at, each.revision)
        for each in known.values()
        if (after := _merged(each.before, found[each.before.id])) != each.before
    ]
    grown = (each.before for each in changed if is_revision(each.before, each.paper))
    versions.keep(session, grown, now)
    indexed = {each.paper.id for each in changed if _is_indexed(each)}
    following = count_from(_take(session, len(indexed)) if indexed else 0)
    rows = [
        {
            **_columns(each.paper),
            "revision": next(following) if each.paper.id in indexed else each.revision,
            "paper": each.paper.id,
        }
        for each in changed
    ]
    if rows:
        session.execute(update(_PAPERS).where(_PAPERS.c.id == bindparam("paper")), rows)
    return changed


def _merged(stored: Paper, found: Paper) -> Paper:
    return stored if found == stored else merged(stored, found)


def _is_indexed(change: Change) -> bool:
    """Whether followers are to read a paper again."""
    return is_revision(change.before, change.paper) or any(
        getattr(change.before, name) != getattr(change.paper, name) for name in INDEXED
    )


def _columns(paper: Paper) -> dict[str, object]:
    values = {name: getattr(paper, name) for name in _FIELDS}
    lists = {name: list(values[name]) for name in _LISTS}
    return {**values, **lists, "likeness": likeness.key(paper)}


def _each_once(found: Iterable[Paper]) -> dict[str, Paper]:
    """What is said of a paper in several places of one list, taken together; by id."""
    papers: dict[str, Paper] = {}
    for paper in found:
        before = papers.get(paper.id, paper)
        papers[paper.id] = paper if before == paper else merged(before, paper)
    return papers


def _take(session: Session, count: int) -> int:
    """The first of so many revisions, from a counter that the transaction holds until it commits.

    A database sequence would hand out numbers that commit out of order, and a follower that has
    read 8 would never see 7.
    """
    take = (
        update(CounterRow)
        .where(CounterRow.name == _REVISION)
        .values(value=CounterRow.value + count)
        .returning(CounterRow.value)
    )
    return session.scalars(take).one() - count + 1
