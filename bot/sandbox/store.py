"""Where the workspace outlives the process: one SQLite row an object, written before any reply."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

FILE = "sandbox.sqlite3"
SCHEMA = """CREATE TABLE IF NOT EXISTS objects (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID"""


class Store:
    """Objects by kind and key. Without a folder it keeps nothing. The caller holds the lock."""

    def __init__(self, folder: Path | None) -> None:
        self._database = _open(folder) if folder else None

    def put(self, kind: str, key: str, body: Any) -> None:
        if self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO objects VALUES (?, ?, ?)", (kind, key, json.dumps(body))
            )

    def delete(self, kind: str, key: str) -> None:
        if self._database:
            self._database.execute("DELETE FROM objects WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> list[tuple[str, Any]]:
        """Every (key, body) of this kind, ordered by key."""
        if not self._database:
            return []
        rows = self._database.execute(
            "SELECT key, body FROM objects WHERE kind = ? ORDER BY key", (kind,)
        )
        return [(key, json.loads(body)) for key, body in rows]

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes inside survive a crash, or none does."""
        if not self._database or self._database.in_transaction:
            yield
            return
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def part(self, name: str) -> "Part":
        """The share of one workspace; nothing in it meets what others keep."""
        return Part(self, name)

    def close(self) -> None:
        if self._database:
            self._database.close()
            self._database = None


@dataclass(frozen=True, slots=True)
class Part:
    """A store in the store, whose kinds are its own."""

    _store: Store
    _name: str

    def put(self, kind: str, key: str, body: Any) -> None:
        self._store.put(f"{self._name} {kind}", key, body)

    def delete(self, kind: str, key: str) -> None:
        self._store.delete(f"{self._name} {kind}", key)

    def all(self, kind: str) -> list[tuple[str, Any]]:
        return self._store.all(f"{self._name} {kind}")

    def together(self) -> AbstractContextManager[None]:
        return self._store.together()


def _open(folder: Path) -> sqlite3.Connection:
    folder.mkdir(parents=True, exist_ok=True)
    # One lock guards the whole workspace, so threads may share the connection.
    database = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    # A killed process loses nothing that was written; only a power cut could, and that is accepted.
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(SCHEMA)
    return database
