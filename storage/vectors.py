"""What papers are about: a vector for each by each model, following the papers by revision."""

from collections.abc import Iterable, Mapping
from functools import cache

from sqlalchemy import Select, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.domain.paper import Paper
from storage import given, papers
from storage.models import PaperRow, VectorRow


def unread(session: Session, model: str, limit: int) -> list[tuple[int, Paper]]:
    """The next papers without a vector of this model, by revision; changed ones come again."""
    return papers.after(session, _read_up_to(session, model), limit)


def left(session: Session, model: str) -> int:
    """How many papers have no vector of this model."""
    later = PaperRow.revision > _read_up_to(session, model)
    return session.scalar(select(func.count()).select_from(PaperRow).where(later)) or 0


def save(session: Session, model: str, read: Mapping[str, tuple[int, bytes]]) -> None:
    """Keep vectors by paper, each with the revision it was made of; other models keep theirs.

    Writers queue: two that bring the same papers would both find no vector. A paper that changed
    meanwhile is passed over, since its later revision stands further on in `unread`.
    """
    papers.hold_revision(session)
    current = select(PaperRow.id, PaperRow.revision).where(PaperRow.id.in_(list(read)))
    rows = [
        {"paper_id": paper_id, "model": model, "revision": revision, "vector": read[paper_id][1]}
        for paper_id, revision in session.execute(current)
        if read[paper_id][0] == revision
    ]
    replaced = [row["paper_id"] for row in rows]
    session.execute(
        delete(VectorRow).where(VectorRow.paper_id.in_(replaced), VectorRow.model == model)
    )
    if rows:
        session.execute(insert(VectorRow), rows)


def others(session: Session, model: str) -> int:
    """How many vectors other models made."""
    query = select(func.count()).select_from(VectorRow).where(VectorRow.model != model)
    return session.scalar(query) or 0


def forget_others(session: Session, model: str) -> None:
    """Delete what other models made."""
    session.execute(delete(VectorRow).where(VectorRow.model != model))


def of_papers(session: Session, model: str, ids: Iterable[str]) -> dict[str, bytes]:
    """The vectors of those of these papers that have one of this model."""
    wanted = list(ids)
    if not wanted:
        return {}
    asked = {"ids": given.written(wanted), "model": model}
    return dict(session.execute(_of_papers(given.dialect(session)), asked).all())


@cache
def _of_papers(dialect: str) -> Select[str, bytes]:
    """Put together once: for two hundred papers that takes as long as running it."""
    return select(VectorRow.paper_id, VectorRow.vector).where(
        VectorRow.paper_id.in_(given.texts(dialect, "ids")), VectorRow.model == bindparam("model")
    )


def _read_up_to(session: Session, model: str) -> int:
    """The last revision with a vector: they are made in order, so none before it lacks one."""
    newest = select(func.max(VectorRow.revision)).where(VectorRow.model == model)
    return session.scalar(newest) or 0
