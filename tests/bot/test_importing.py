"""An import stores batch after batch, whatever files they come from and whatever fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import importing
from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.importing import Counts, Import
from bot.sources.reports import Account
from storage import papers as stored_papers
from tests.factories import NOW, a_batch, papers


class Watcher:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []
        self.stored: list[int] = []

    def bad(self, path: Path, *told: str) -> None:
        self.heard.append((str(path), *told))

    said = failed = bad

    def moved(self, so_far: Counts) -> None:
        self.stored.append(so_far.new)


@pytest.fixture
def watcher():
    return Watcher()


@pytest.fixture
def bring(database, watcher):
    """Import files of which each has these batches, and fails where one is a failure."""

    def bring(*given: list[Batch | SourceFailed]) -> Counts:
        left = iter(given)

        def read(path: Path, account: Account) -> Iterator[Batch]:
            for batch in next(left):
                if isinstance(batch, SourceFailed):
                    raise batch
                account.records += len(batch.listings)
                yield batch

        names = [Path(f"{number}.json") for number in range(1, len(given) + 1)]
        return Import(database, NOW, watcher, read=read).run(names)

    return bring


def test_small_files_share_a_transaction_and_large_ones_have_several(bring, watcher, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 4)

    bring(
        [a_batch(*papers(2))],
        [a_batch(*papers(2, start=3))],
        [a_batch(*papers(3, start=5)), a_batch(*papers(3, start=8)), a_batch(*papers(1, start=11))],
    )

    assert watcher.stored == [4, 10, 11]


def test_what_came_before_a_failure_is_stored_and_the_next_file_is_read(bring, watcher, database):
    failing = SourceFailed("1.json: This breaks off.")

    counts = bring([a_batch(*papers(2)), failing], [a_batch(*papers(2, start=3))])

    with database.read() as session:
        assert stored_papers.count(session) == 4
    assert watcher.heard == [("1.json", "This breaks off.")]
    assert (counts.files, counts.failed, counts.new) == (2, 1, 4)


def test_new_changed_and_known_records_are_all_there_are(bring):
    bring([a_batch(*papers(3))])

    counts = bring([a_batch(*papers(2), *papers(1, start=3, title="Other"), *papers(4, start=4))])

    assert (counts.new, counts.changed, counts.known, counts.account.records) == (4, 1, 2, 7)
