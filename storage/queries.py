"""The percolator: queries, each stored once with its atoms, and the papers that matched them.

They belong to nobody: whoever follows a query shares its row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from storage.models import AtomRow, CounterRow, MatchRow, PaperRow, QueryRow, SubscriptionRow

AT_ONCE = 10_000  # values in one statement: SQLite takes 32,766
_Value = TypeVar("_Value")
_RULES = "atom_rules"


def intern(session: Session, text: str, atoms: Collection[str]) -> int:
    """The one row of a canonical query; its atoms come with it."""
    known = session.scalar(select(QueryRow.id).where(QueryRow.text == text))
    if known is not None:
        return known
    row = QueryRow(text=text)
    session.add(row)
    session.flush()
    session.add_all(AtomRow(key=key, query_id=row.id) for key in sorted(atoms))
    return row.id


def remove_unused(session: Session, query_ids: Collection[int]) -> None:
    """Forget those of these queries that nobody follows any more, with atoms and matches."""
    unused = ~exists().where(SubscriptionRow.query_id == QueryRow.id)
    session.execute(delete(QueryRow).where(QueryRow.id.in_(query_ids), unused))


def any_stored(session: Session) -> bool:
    """Whether there is anything to match papers against."""
    return session.scalar(select(AtomRow.query_id).limit(1)) is not None


def candidates(session: Session, keys: Collection[str]) -> dict[int, str]:
    """The texts of queries, by id, that share an atom with a paper's keys. No other can match.

    One index look-up a key: the cost grows with the paper, not with the subscriptions.
    """
    found: dict[int, str] = {}
    for some in _parts(keys):
        query = (
            select(QueryRow.id, QueryRow.text)
            .join(AtomRow, AtomRow.query_id == QueryRow.id)
            .where(AtomRow.key.in_(some))
            .distinct()
        )
        found.update(session.execute(query).all())
    return found


def every_atom(session: Session) -> Iterator[tuple[str, int]]:
    """The key and the query id of every atom, read as they are asked for."""
    rows = session.execute(
        select(AtomRow.key, AtomRow.query_id), execution_options={"yield_per": AT_ONCE}
    )
    yield from rows


def texts(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The canonical texts of these queries."""
    found: dict[int, str] = {}
    for some in _parts(ids):
        query = select(QueryRow.id, QueryRow.text).where(QueryRow.id.in_(some))
        found.update(session.execute(query).all())
    return found


def add_matches(session: Session, matched: Mapping[str, Iterable[int]]) -> None:
    """Note which queries papers that were just stored match, by the papers' ids."""
    revisions = select(PaperRow.id, PaperRow.revision).where(PaperRow.id.in_(list(matched)))
    rows = [
        {"query_id": query_id, "paper_id": paper_id, "revision": revision}
        for paper_id, revision in session.execute(revisions)
        for query_id in matched[paper_id]
    ]
    if rows:
        session.execute(insert(MatchRow), rows)


def unmatched(session: Session, matched: Mapping[str, Collection[int]]) -> dict[str, list[int]]:
    """What of these matches, by the papers' ids, is not noted yet."""
    found: dict[str, list[int]] = {}
    for paper_id, ids in matched.items():
        where = MatchRow.paper_id == paper_id, MatchRow.query_id.in_(list(ids))
        noted = set(session.scalars(select(MatchRow.query_id).where(*where)))
        left = [each for each in ids if each not in noted]
        if left:
            found[paper_id] = left
    return found


def rules(session: Session) -> int:
    """By which rules the stored atoms were made."""
    return session.scalars(select(CounterRow.value).where(CounterRow.name == _RULES)).one()


def hold_rules(session: Session) -> int:
    """The same, and nobody else makes them anew until the transaction ends."""
    query = select(CounterRow.value).where(CounterRow.name == _RULES)
    return session.scalars(query.with_for_update()).one()


def set_rules(session: Session, number: int) -> None:
    """Note by which rules the stored atoms are made."""
    session.execute(update(CounterRow).where(CounterRow.name == _RULES).values(value=number))


def after(session: Session, query_id: int, limit: int) -> dict[int, str]:
    """The next queries, by id and text, in the order of their ids."""
    query = select(QueryRow.id, QueryRow.text).where(QueryRow.id > query_id)
    return dict(session.execute(query.order_by(QueryRow.id).limit(limit)).all())


def replace_atoms(session: Session, atoms: Mapping[int, Collection[str]]) -> None:
    """Give queries, by id, other atoms than they had."""
    session.execute(delete(AtomRow).where(AtomRow.query_id.in_(list(atoms))))
    rows = [{"key": key, "query_id": each} for each, keys in atoms.items() for key in keys]
    if rows:
        session.execute(insert(AtomRow), rows)


def _parts(values: Collection[_Value]) -> Iterator[list[_Value]]:
    every = list(values)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
