"""A second process keeps the index in step while papers are stored."""

import pytest

from bot import indexing
from bot.domain.query import parse_search
from bot.services import ingest, search
from storage.search_index import SearchIndex
from tests.factories import NOW, a_batch, papers
from tests.waiting import PATIENCE, until


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def store(database):
    """Store so many papers and tell the worker."""

    def store(worker: indexing.Indexing, count: int, start: int = 1) -> None:
        ingest.store(database, a_batch(*papers(count, start)), NOW)
        worker.stored(count)

    return store


def found(folder) -> int:
    return SearchIndex(folder).find(parse_search("paper"), 1).total


def test_all_papers_can_be_found_at_the_end(database, store, folder, monkeypatch):
    monkeypatch.setattr(indexing, "WORTH_IT", 1)
    with indexing.beside(database.url, folder) as worker:
        store(worker, 30)
        store(worker, 30, start=31)
        worker.finish(database, SearchIndex(folder))

    assert found(folder) == 60
    assert len(SearchIndex(folder).vocabulary) > 0


def test_for_a_few_papers_no_process_is_begun(database, store, folder):
    with indexing.beside(database.url, folder) as worker:
        store(worker, 30)

        assert worker.process_id is None
        worker.finish(database, SearchIndex(folder))

    assert found(folder) == 30


def test_papers_are_taken_in_before_the_last_is_stored(database, store, folder, monkeypatch):
    monkeypatch.setattr(indexing, "WORTH_IT", 1)
    with indexing.beside(database.url, folder) as worker:
        store(worker, 30)

        until(lambda: found(folder) == 30)


def test_who_was_killed_leaves_no_process_behind(database, folder, monkeypatch):
    monkeypatch.setattr(indexing, "WORTH_IT", 1)
    with indexing.beside(database.url, folder) as worker:
        worker.stored(1)
        process = worker._process
        process.stdin.close()  # as the system does with what a killed process had open

        assert process.wait(PATIENCE) == 0


def test_where_the_other_process_died_the_papers_are_taken_in_here(
    database, store, folder, monkeypatch
):
    monkeypatch.setattr(indexing, "WORTH_IT", 1)
    with indexing.beside(database.url, folder) as worker:
        store(worker, 30)
        worker._process.kill()
        worker._process.wait()
        worker.finish(database, SearchIndex(folder))

    assert found(folder) == 30


def test_words_may_be_left_to_be_counted_the_next_time(database, folder):
    index = SearchIndex(folder)
    ingest.store(database, a_batch(*papers(30)), NOW)

    search.follow(database, index, count_words=False)
    assert len(index.vocabulary) == 0
    search.follow(database, index)

    assert index.vocabulary.count("paper") == 30
