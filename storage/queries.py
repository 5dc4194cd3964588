"""The percolator: queries, each stored once with its atoms, and the papers that matched them.

They belong to nobody: whoever follows a query shares its row.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from storage.models import AtomRow, MatchRow, PaperRow, QueryRow, SubscriptionRow


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


def candidates(session: Session, keys: Collection[str]) -> list[tuple[int, str]]:
    """Queries, by id and text, that share an atom with a paper's keys. Nothing else can match.

    One index look-up a key: the cost grows with the paper, not with the subscriptions.
    """
    query = (
        select(QueryRow.id, QueryRow.text)
        .join(AtomRow, AtomRow.query_id == QueryRow.id)
        .where(AtomRow.key.in_(keys))
        .distinct()
        .order_by(QueryRow.id)
    )
    return [(query_id, text) for query_id, text in session.execute(query)]


def add_matches(session: Session, paper_id: str, query_ids: Iterable[int]) -> None:
    """Note which queries a paper that was just stored matches."""
    revision = session.scalars(select(PaperRow.revision).where(PaperRow.id == paper_id)).one()
    session.add_all(
        MatchRow(query_id=query_id, paper_id=paper_id, revision=revision) for query_id in query_ids
    )
