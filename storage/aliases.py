"""Who a paper is: the ids it goes by, and stored papers that may be the same one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage.models import AliasRow, CounterRow, PaperRow

AT_ONCE = 10_000  # values in one statement: SQLite takes 32,766
_Value = TypeVar("_Value")
_RULES = "likeness_rules"


def of(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """The papers that these other ids are of, by id; none for an id that is a paper's own."""
    found: dict[str, str] = {}
    for some in _parts(set(ids)):
        query = select(AliasRow.alias, AliasRow.paper_id).where(AliasRow.alias.in_(some))
        found.update(session.execute(query).all())
    return found


def behind(session: Session, paper_ids: Collection[str]) -> dict[str, list[str]]:
    """The other ids of these papers."""
    found: dict[str, list[str]] = {}
    for some in _parts(paper_ids):
        query = select(AliasRow.paper_id, AliasRow.alias).where(AliasRow.paper_id.in_(some))
        for paper_id, alias in session.execute(query.order_by(AliasRow.alias)):
            found.setdefault(paper_id, []).append(alias)
    return found


def add(session: Session, alias: str, paper_id: str) -> None:
    """Whatever comes under this id is that paper."""
    session.add(AliasRow(alias=alias, paper_id=paper_id))
    session.flush()


def hand_over(
    session: Session, paper_id: str, to: str, only: Collection[str] | None = None
) -> None:
    """Other ids of a paper, all of them or some, become ids of another one."""
    theirs = update(AliasRow).where(AliasRow.paper_id == paper_id).values(paper_id=to)
    session.execute(theirs if only is None else theirs.where(AliasRow.alias.in_(only)))


def forget(session: Session, alias: str) -> None:
    """An id is a paper's own again."""
    session.execute(delete(AliasRow).where(AliasRow.alias == alias))


def stored(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these ids that are a stored paper's own."""
    found: set[str] = set()
    for some in _parts(ids):
        found.update(session.scalars(select(PaperRow.id).where(PaperRow.id.in_(some))))
    return found


def published_as(session: Session, dois: Collection[str]) -> Iterator[tuple[str, str]]:
    """The DOIs of articles, of these, and the ids of papers that name them."""
    for some in _parts(dois):
        query = select(PaperRow.doi, PaperRow.id).where(PaperRow.doi.in_(some))
        yield from session.execute(query.order_by(PaperRow.id)).all()


def alike(session: Session, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """The keys, of these, and the ids of papers that have them: one look-up a key."""
    for some in _parts(keys):
        query = select(PaperRow.likeness, PaperRow.id).where(PaperRow.likeness.in_(some))
        yield from session.execute(query.order_by(PaperRow.id)).all()


def rules(session: Session) -> int:
    """By which rules the stored keys were made."""
    return session.scalars(select(CounterRow.value).where(CounterRow.name == _RULES)).one()


def set_rules(session: Session, number: int) -> None:
    """Note by which rules the stored keys are made."""
    session.execute(update(CounterRow).where(CounterRow.name == _RULES).values(value=number))


def set_keys(session: Session, keys: Mapping[str, str]) -> None:
    """Give papers, by id, the keys by which they are compared with others."""
    rows = [{"id": paper_id, "likeness": key} for paper_id, key in keys.items()]
    if rows:
        session.execute(update(PaperRow), rows)


def _parts(values: Collection[_Value]) -> Iterator[list[_Value]]:
    every = list(values)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
