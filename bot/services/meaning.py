"""By meaning: papers get vectors, and what words found is ranked by them as well.

The model is the extra `semantic`; it comes as a value. Without it, or while it loads, or while
papers have no vectors, words alone decide.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Protocol

from bot.domain.fusion import fuse
from bot.domain.passages import PIECE, passages
from storage import vectors
from storage.database import Database, Session

BATCH = 64  # papers; each batch is one commit, and what a stop costs at most


class Meaning(Protocol):
    """A model that turns texts into vectors."""

    name: str  # another name, and vectors do not compare
    size: int  # bytes of one vector

    @property
    def ready(self) -> bool:
        """Whether it answers at once."""

    def load(self) -> None:
        """Make it ready."""

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of texts of papers, in their order."""

    def encode_query(self, text: str) -> bytes:
        """The vector of what somebody asks."""

    def closeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        """How close each of these papers is to a vector, from -1 to 1.

        A paper is the vector of its whole, and those of its pieces behind it.
        """


def embed(database: Database, meaning: Meaning, limit: int = BATCH) -> int:
    """Give the next papers their vectors; returns how many. The model must be ready."""
    with database.read() as session:
        unread = vectors.unread(session, key(meaning), limit)
    if not unread:
        return 0
    texts = [passages(paper) for _, paper in unread]
    made = iter(meaning.encode([each for text in texts for each in text]))  # no transaction is open
    read = {
        paper.id: (revision, b"".join(islice(made, len(text))))
        for (revision, paper), text in zip(unread, texts, strict=True)
    }
    with database.begin() as session:
        vectors.save(session, key(meaning), read)
    return len(unread)


def key(meaning: Meaning) -> str:
    """What vectors are kept under: they compare if model and length of pieces are the same."""
    return f"{meaning.name}/{PIECE}"


def left(database: Database, meaning: Meaning) -> int:
    """How many papers wait for their vector."""
    with database.read() as session:
        return vectors.left(session, key(meaning))


def forget_others(database: Database, meaning: Meaning) -> int:
    """Delete what other models made, also for processes that rank by them; returns how many."""
    with database.begin() as session:
        count = vectors.others(session, key(meaning))
        vectors.forget_others(session, key(meaning))
    return count


def ranked_by_meaning(
    session: Session, meaning: Meaning | None, text: str, lexical: Mapping[str, float]
) -> dict[str, float] | None:
    """What words found, best first, ranked by what the text means as well.

    None where words alone decide: without a model, while it loads, while no paper has a vector.
    """
    if meaning is None or not meaning.ready:
        return None
    known = vectors.of_papers(session, key(meaning), lexical)
    return _fused(meaning, meaning.encode_query(text), known, lexical) if known else None


def ranked_beside(
    session: Session, meaning: Meaning | None, paper_id: str, lexical: Mapping[str, float]
) -> dict[str, float]:
    """What shares words with a paper, best first, ranked by what that paper means as well."""
    if meaning is None or not meaning.ready:
        return dict(lexical)
    known = vectors.of_papers(session, key(meaning), [paper_id, *lexical])
    own = known.pop(paper_id, b"")[: meaning.size]
    return _fused(meaning, own, known, lexical) if own and known else dict(lexical)


def _fused(
    meaning: Meaning, aim: bytes, known: Mapping[str, bytes], lexical: Mapping[str, float]
) -> dict[str, float]:
    closeness = meaning.closeness(aim, list(known.values()))
    return fuse(lexical, dict(zip(known, closeness, strict=True)))
