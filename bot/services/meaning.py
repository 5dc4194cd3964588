"""By meaning: papers get vectors, and what words found is ranked by them as well.

The model is the extra `semantic`; it comes as a value. Without it, or while it loads, or while
papers have no vectors, words alone decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.domain.fusion import fuse
from bot.domain.paper import Paper
from storage import vectors
from storage.database import Database

BATCH = 64  # papers; each batch is one commit, and what a stop costs at most


class Meaning(Protocol):
    """A model that turns texts into vectors."""

    name: str  # another name, and vectors do not compare

    @property
    def ready(self) -> bool:
        """Whether it answers at once."""

    def load(self) -> None:
        """Make it ready."""

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of papers, in their order."""

    def encode_query(self, text: str) -> bytes:
        """The vector of what somebody asks."""

    def closeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        """How close each of these vectors is to the first, from -1 to 1."""


def embed(database: Database, meaning: Meaning, limit: int = BATCH) -> int:
    """Give the next papers their vectors; returns how many. The model must be ready."""
    with database.read() as session:
        unread = vectors.unread(session, meaning.name, limit)
    if not unread:
        return 0
    made = meaning.encode([_text(paper) for _, paper in unread])  # no transaction is open
    read = {
        paper.id: (revision, vector) for (revision, paper), vector in zip(unread, made, strict=True)
    }
    with database.begin() as session:
        vectors.save(session, meaning.name, read)
    return len(unread)


def left(database: Database, meaning: Meaning) -> int:
    """How many papers wait for their vector."""
    with database.read() as session:
        return vectors.left(session, meaning.name)


def ranked_by_meaning(
    database: Database, meaning: Meaning | None, text: str, lexical: Mapping[str, float]
) -> dict[str, float]:
    """What words found, best first, ranked by what the text means as well."""
    if meaning is None or not meaning.ready:
        return dict(lexical)
    known = _vectors(database, meaning, lexical)
    return _fused(meaning, meaning.encode_query(text), known, lexical) if known else dict(lexical)


def ranked_beside(
    database: Database, meaning: Meaning | None, paper_id: str, lexical: Mapping[str, float]
) -> dict[str, float]:
    """What shares words with a paper, best first, ranked by what that paper means as well."""
    if meaning is None or not meaning.ready:
        return dict(lexical)
    known = _vectors(database, meaning, [paper_id, *lexical])
    own = known.pop(paper_id, None)
    return _fused(meaning, own, known, lexical) if own and known else dict(lexical)


def _fused(
    meaning: Meaning, aim: bytes, known: Mapping[str, bytes], lexical: Mapping[str, float]
) -> dict[str, float]:
    closeness = meaning.closeness(aim, list(known.values()))
    return fuse(lexical, dict(zip(known, closeness, strict=True)))


def _vectors(database: Database, meaning: Meaning, ids: Iterable[str]) -> dict[str, bytes]:
    with database.read() as session:
        return vectors.of_papers(session, meaning.name, ids)


def _text(paper: Paper) -> str:
    return f"{paper.title}. {paper.abstract or paper.tldr}"
