"""A database and an index to search in, as the bot has them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bot.domain.paper import Paper
from bot.embedding import Embedding
from bot.services import meaning
from storage import papers
from storage import vectors as stored_vectors
from storage.database import Database
from storage.search_index import SearchIndex

INDEX = "index"
DATABASE = "papers.db"
AT_ONCE = 1_000  # papers in one transaction


@contextmanager
def parts(url: str = "") -> Iterator[tuple[Database, SearchIndex, Path]]:
    """A database that holds no paper, its index, and the folder of both for the time being.

    Another database than SQLite's is named by its URL, and left as it was filled.
    """
    with TemporaryDirectory(prefix="papers-benchmark-") as name:
        folder = Path(name)
        database = Database(url or f"sqlite:///{folder / DATABASE}")
        try:
            database.migrate()
            with database.read() as session:
                if papers.count(session):
                    raise SystemExit("The database holds papers already. Name an empty one.")
            yield database, SearchIndex(folder / INDEX), folder
        finally:
            database.close()


def embedded(database: Database, folder: Path | None, *, lent: bool = False) -> Embedding | None:
    """The model in a folder, when every paper has a vector of it; None without a folder.

    Where vectors are `lent`, papers share those of the first: looking them up takes as long. Then
    the model has one core, as in the bot; to make all of them it may have every core.
    """
    if folder is None:
        return None
    model = Embedding(str(folder), folder, threads=1 if lent else None)
    model.load()
    while meaning.embed(database, model):
        if lent:
            _lend(database, model)
    return model


def _lend(database: Database, model: Embedding) -> None:
    with database.read() as session:
        first = [paper.id for _, paper in papers.after(session, 0, meaning.BATCH)]
        vectors = list(stored_vectors.of_papers(session, meaning.key(model), first).values())
    while batch := _without(database, model):
        made = zip(batch, cycle(vectors), strict=False)
        with database.begin() as session:
            read = {paper.id: (revision, vector) for (revision, paper), vector in made}
            stored_vectors.save(session, meaning.key(model), read)


def _without(database: Database, model: Embedding) -> list[tuple[int, Paper]]:
    with database.read() as session:
        return stored_vectors.unread(session, meaning.key(model), AT_ONCE)


def percentile(values: Sequence[float], part: int) -> float:
    """What so many of a hundred values do not exceed."""
    return quantiles(values, n=100, method="inclusive")[part - 1]
