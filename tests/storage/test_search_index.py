"""The folder of the search index: right after any kill, made anew when it is damaged."""

import logging
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
import tantivy

from bot.domain.paper import Paper
from bot.domain.query import parse_search
from storage import index_writing, papers, recording, search_index
from storage.database import Database, Session
from storage.search_index import IndexUnavailable, SearchIndex
from tests.factories import NOW, a_batch, a_paper
from tests.factories import papers as some_papers

COUNT = 12


def put(path: Path, content: bytes) -> None:
    """In place of the file: a thread of the engine may be reading it for a moment after opening."""
    aside = path.with_name("aside")
    aside.write_bytes(content)
    aside.replace(path)


CUT = {
    "cut short": lambda path: put(path, path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: put(path, b""),
    "overwritten": lambda path: put(path, b"\x7f" * path.stat().st_size),
    "deleted": Path.unlink,
}
# A process that dies by its own hand: before or after the n-th call of something of the engine.
DYING = """
import os, signal, sys
from pathlib import Path
from storage import index_writing, search_index
from storage.database import Database

url, folder, event, name, number = sys.argv[1:]
index_writing.BATCH, index_writing.COMMIT, calls = 2, 4, 0

def watch(frame, what, called):
    global calls
    if what == event and getattr(called, "__name__", "") == name:
        calls += 1
        if calls == int(number):
            os.kill(os.getpid(), signal.SIGKILL)

index = search_index.SearchIndex(Path(folder))
with Database(url).read() as session:
    sys.setprofile(watch)
    index.follow(session)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def stored(sqlite_database: Database) -> Database:
    save(sqlite_database, *some_papers(COUNT))
    return sqlite_database


def save(database: Database, *found: object) -> None:
    with database.begin() as session:
        papers.save(session, found, NOW)
        recording.record(session, a_batch(*found), NOW)


def follow(database: Database, index: SearchIndex) -> int:
    with database.read() as session:
        return index.follow(session)


def found(index: SearchIndex, text: str = "paper") -> int:
    """How many papers it finds, each of them once."""
    result = index.find(parse_search(text), 100)
    assert len(result.scores) == result.total
    return result.total


def segment_files(folder: Path) -> list[str]:
    """One file of each kind."""
    kinds = {path.suffix or path.name: path.name for path in index_files(folder)}
    return sorted(kinds)


def index_files(folder: Path) -> list[Path]:
    (home,) = folder.iterdir()
    return [path for path in home.iterdir() if path.stat().st_size and path.name != "vocabulary"]


# -- many readers, one writer ---------------------------------------------------------------------


def test_another_reader_finds_what_was_taken_in_since(database, folder):
    reader, writer = SearchIndex(folder), SearchIndex(folder)
    for number in (1, 2):
        save(database, a_paper(f"2606.0000{number}", "A paper"))
        follow(database, writer)

        assert found(reader) == number


def test_while_another_writes_nothing_is_taken_in_and_nothing_is_lost(stored, folder):
    index = SearchIndex(folder)
    follow(stored, index)
    save(stored, a_paper("2606.77777", "A paper that came later"))
    (home,) = folder.iterdir()
    other = tantivy.Index.open(str(home)).writer(15_000_000, num_threads=1)

    assert follow(stored, index) == 0
    assert found(index) == COUNT

    other.wait_merging_threads()
    assert follow(stored, index) == 1


def test_a_paper_stored_again_while_the_index_is_filled_stands_in_it_once(
    database, folder, monkeypatch
):
    first, *others = some_papers(COUNT)
    save(database, first, *others)
    stored_again = iter([replace(first, title="Another paper")])
    read = papers.after

    def reading(session: Session, number: int, limit: int) -> list[tuple[int, Paper]]:
        batch = read(session, number, limit)
        if number:
            save(database, *islice(stored_again, 1))
        return batch

    monkeypatch.setattr(index_writing, "BATCH", 2)
    monkeypatch.setattr(papers, "after", reading)
    index = SearchIndex(folder)
    follow(database, index)
    follow(database, index)

    assert found(index) == COUNT
    assert found(index, "another") == 1


def test_searching_before_anything_was_taken_in_finds_nothing(index):
    assert found(index) == 0
    assert not index.holds_papers


# -- kill -9 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "name", "number"),
    [
        ("c_return", "writer", 1),
        ("c_return", "add_document", 1),
        ("c_call", "commit", 1),
        ("c_return", "commit", 1),
        ("c_return", "add_document", 6),
        ("c_return", "commit", 4),
        ("c_call", "replace", 1),  # the words are counted, and not yet in their place
    ],
)
def test_after_a_kill_the_next_start_is_right(database, folder, event, name, number):
    save(database, *some_papers(COUNT))
    arguments = [database.url, str(folder), event, name, str(number)]
    ran = subprocess.run([sys.executable, "-c", DYING, *arguments], check=False)
    assert ran.returncode == -signal.SIGKILL

    index = SearchIndex(folder)
    follow(database, index)

    assert found(index) == COUNT
    assert index.vocabulary.count("paper") == COUNT
    assert follow(database, index) == 0


# -- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_open", [True, False], ids=["while open", "before it is opened"])
@pytest.mark.parametrize("damage", CUT)
def test_whatever_file_is_damaged_search_goes_on_and_the_index_is_made_anew(
    stored, folder, damage, is_open
):
    index = SearchIndex(folder)
    follow(stored, index)
    for kind in segment_files(folder):
        assert found(index) == COUNT
        index = index if is_open else SearchIndex(folder)
        CUT[damage](next(p for p in index_files(folder) if (p.suffix or p.name) == kind))

        assert found(index) in (0, COUNT), kind
        follow(stored, index)
        assert found(index) == COUNT, kind
        assert found(SearchIndex(folder)) in (0, COUNT), kind


def test_an_index_with_other_fields_is_made_anew(stored, folder):
    home = folder / f"v{search_index.VERSION}"
    home.mkdir(parents=True)
    other = tantivy.SchemaBuilder().add_text_field("id", stored=True).build()
    tantivy.Index(other, path=str(home))
    index = SearchIndex(folder)

    assert found(index) == 0
    assert follow(stored, index) == COUNT
    assert found(index) == COUNT


def test_a_folder_deleted_while_open_is_searched_until_it_is_made_anew(stored, folder):
    index = SearchIndex(folder)
    follow(stored, index)
    assert found(index) == COUNT
    shutil.rmtree(folder)

    assert found(index) == COUNT
    assert follow(stored, index) == COUNT
    assert found(index) == found(SearchIndex(folder)) == COUNT


# -- what is left of others -----------------------------------------------------------------------


def test_once_an_index_stands_those_of_earlier_versions_are_taken_away(stored, folder):
    left = {"v0": "an earlier version", f"v{search_index.VERSION}-{'0a' * 16}": "a killed clearing"}
    kept = {"v999": "a later version", "v1-mine": "somebody's", "notes": "somebody's"}
    for name in (*left, *kept):
        (folder / name).mkdir(parents=True)
        (folder / name / "meta.json").write_text("{}")

    found(SearchIndex(folder))
    assert {each.name for each in folder.iterdir()} == {*left, *kept}  # none stands yet

    follow(stored, SearchIndex(folder))
    assert {each.name for each in folder.iterdir()} == {*kept, f"v{search_index.VERSION}"}


# -- a folder that cannot be used -----------------------------------------------------------------


def test_a_folder_that_cannot_be_one_is_said_in_a_sentence_and_logged_once(stored, folder, caplog):
    folder.write_text("not a folder")
    index = SearchIndex(folder)

    with caplog.at_level(logging.INFO):
        assert [follow(stored, index) for _ in range(3)] == [0, 0, 0]
        with pytest.raises(IndexUnavailable, match=r"^I can't open my search index"):
            found(index)
    assert len(caplog.records) == 1
    assert not index.holds_papers

    folder.unlink()
    assert follow(stored, index) == COUNT
    assert found(index) == COUNT


def test_a_full_disk_is_logged_once_and_what_was_taken_in_is_still_found(
    stored, folder, caplog, nothing_more_fits
):
    index = SearchIndex(folder)
    follow(stored, index)
    save(stored, *some_papers(30, start=100))

    with caplog.at_level(logging.INFO):
        assert [nothing_more_fits(lambda: follow(stored, index)) for _ in range(2)] == [0, 0]
    assert len(caplog.records) == 1
    assert found(index) == COUNT

    assert follow(stored, index) == 30
    assert found(index) == COUNT + 30


@pytest.fixture
def nothing_more_fits() -> Callable[[Callable[[], int]], int]:
    """Run something while no file may grow, as on a disk that is full."""

    def run(work: Callable[[], int]) -> int:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
        try:
            return work()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return run
