"""Papers from files by the million: batch after batch is stored, and each bad record told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.services import ingest
from bot.sources import files
from bot.sources.reports import Account
from storage.database import Database

# Papers in a transaction: with more of them each costs hardly less, and others who write wait.
AT_ONCE = 2_000


class Watcher(Protocol):
    """Whoever runs an import, or reads of it later."""

    def bad(self, path: Path, where: str, why: str) -> None:
        """A record cannot be read: "Line 4", "has no title"."""

    def failed(self, path: Path, sentence: str) -> None:
        """A whole file cannot be read, or not to its end."""

    def said(self, path: Path, sentence: str) -> None:
        """Something else is not as it should be."""

    def moved(self, so_far: "Counts") -> None:
        """A transaction has ended."""


@dataclass
class Counts:
    """How far an import is."""

    account: Account  # of all files together
    files: int = 0
    failed: int = 0  # of them, as a whole
    new: int = 0  # papers
    changed: int = 0

    @property
    def known(self) -> int:
        """Records of papers that are stored as they are."""
        return max(0, self.account.records - self.account.bad - self.new - self.changed)


@dataclass
class Import:
    """One run. What is stored stays stored: the next run reads it again, and passes over it."""

    database: Database
    now: datetime
    watcher: Watcher
    tell: bool = True  # subscribers
    read: Callable[[Path, Account], Iterator[Batch]] = files.read
    counts: Counts = field(init=False)
    _path: Path = files.STANDARD_INPUT  # which is being read

    def __post_init__(self) -> None:
        self.counts = Counts(
            Account(
                lambda where, why: self.watcher.bad(self._path, where, why),
                lambda sentence: self.watcher.said(self._path, sentence),
            )
        )

    def run(self, paths: Iterable[Path]) -> Counts:
        """Store what these files hold."""
        pending: list[Batch] = []
        waiting = 0
        for batch in self._batches(paths):
            pending.append(batch)
            waiting += len(batch.listings) + len(batch.revisions)
            if waiting >= AT_ONCE:
                self._store(pending)
                pending, waiting = [], 0
        if pending:
            self._store(pending)
        return self.counts

    def _batches(self, paths: Iterable[Path]) -> Iterator[Batch]:
        for path in paths:
            self._path = path
            self.counts.files += 1
            try:
                yield from self.read(path, self.counts.account)
            except SourceFailed as failure:
                self.counts.failed += 1
                self.watcher.failed(path, str(failure).removeprefix(f"{files.called(path)}: "))

    def _store(self, pending: Sequence[Batch]) -> None:
        with self.database.begin() as session:
            kept = ingest.take_in(session, pending, self.now, tell=self.tell)
        self.counts.new += sum(each.new for each in kept)
        self.counts.changed += sum(each.changed for each in kept)
        self.watcher.moved(self.counts)
