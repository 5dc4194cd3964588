"""What a database finds by itself: LIKE, and SQLite's full-text search."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

Ask = Callable[[str], object]

TOP = 200


@contextmanager
def like(database: Path) -> Iterator[Ask]:
    """Papers that hold any of the words in title or abstract, those with most of them first."""
    with closing(sqlite3.connect(database)) as connection:

        def ask(text: str) -> object:
            words = [f"%{word}%" for word in text.split()]
            held = (f"(title LIKE ?{n} OR abstract LIKE ?{n})" for n in range(1, len(words) + 1))
            query = f"SELECT id FROM papers ORDER BY {' + '.join(held)} DESC LIMIT {TOP}"  # noqa: S608  # numbers only
            return connection.execute(query, words).fetchall()

        yield ask


@contextmanager
def substring(database: Path) -> Iterator[Ask]:
    """Papers that hold the text as it stands in their title or abstract."""
    query = "SELECT id FROM papers WHERE title LIKE :text OR abstract LIKE :text LIMIT :top"
    with closing(sqlite3.connect(database)) as connection:
        yield lambda text: connection.execute(query, {"text": f"%{text}%", "top": TOP}).fetchall()


@contextmanager
def fts5(database: Path) -> Iterator[Ask]:
    """Papers that hold any of the words, the best by bm25 first; the table is made for it."""
    with closing(sqlite3.connect(database.with_name("fts5.db"))) as connection:
        connection.execute("ATTACH ? AS stored", [str(database)])
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, abstract)")
        connection.execute("INSERT INTO texts SELECT id, title, abstract FROM stored.papers")
        connection.commit()
        query = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?"
        yield lambda text: connection.execute(query, [_any_word(text), TOP]).fetchall()


def _any_word(text: str) -> str:
    return " OR ".join(f'"{word}"' for word in text.split())
