"""A database that holds many queries, and papers looked up in it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median

from sqlalchemy import insert

from bot.domain.matching import atoms, document
from bot.domain.paper import Paper
from bot.domain.percolation import is_hit, prepare
from bot.domain.query import parse_subscription
from bot.domain.subscription import Wish
from storage import queries as stored_queries
from storage import subscriptions
from storage.database import Database
from storage.models import AtomRow, QueryRow
from tests.factories import NOW

AT_ONCE = 20_000
ADDED = 20  # subscriptions, one after the other


@contextmanager
def filled(url: str, queries: Sequence[str]) -> Iterator[tuple[Database, float]]:
    """The database with these queries, and the seconds it took to make it."""
    database = Database(url)
    database.migrate()
    started = time.perf_counter()
    with database.begin() as session:
        if stored_queries.any_stored(session):
            raise SystemExit("The database holds queries already. Name an empty one.")
        for start in range(0, len(queries), AT_ONCE):
            texts = [{"text": text} for text in queries[start : start + AT_ONCE]]
            added = insert(QueryRow).returning(QueryRow.id, QueryRow.text)
            rows = [
                {"key": key, "query_id": id_}
                for id_, text in session.execute(added, texts)
                for key in atoms(parse_subscription.__wrapped__(text))
            ]
            session.execute(insert(AtomRow), rows)
    try:
        yield database, time.perf_counter() - started
    finally:
        database.close()


def looked_up(
    database: Database, papers: Sequence[Paper], numbers: Mapping[str, int]
) -> list[list[int]]:
    """The numbers of the queries that each paper matches, as a new paper finds them."""
    found = []
    with database.read() as session:
        for paper in papers:
            ready = prepare(document(paper))
            proposed = stored_queries.candidates(session, ready.keys)
            found.append([numbers[text] for text in proposed.values() if is_hit(text, ready)])
    return found


def adding_ms(database: Database) -> float:
    """How long one more subscription takes, committed; the median of some."""
    took = []
    for number in range(ADDED):
        wish = Wish(f"another topic {number}")
        started = time.perf_counter()
        with database.begin() as session:
            made = atoms(parse_subscription(wish.text))
            subscriptions.save(session, "T1", "U1", wish, made, created_by="U1", now=NOW)
        took.append(time.perf_counter() - started)
    return median(took) * 1000
