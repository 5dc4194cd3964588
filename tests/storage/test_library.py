"""Saved papers: kept once, listed with the latest first, and who keeps which."""

from datetime import timedelta

import pytest

from storage import library, papers
from storage.library import Saved
from tests.factories import NOW
from tests.factories import papers as some_papers

MINUTE = timedelta(minutes=1)
ONE, TWO, THREE = (each.id for each in some_papers(3))


@pytest.fixture
def stored(database):
    with database.begin() as session:
        papers.save(session, some_papers(3), NOW)
    return database


def test_a_paper_saved_twice_is_kept_once_since_the_first_time(stored):
    with stored.begin() as session:
        assert library.save(session, "T1", "U1", ONE, NOW)
        assert not library.save(session, "T1", "U1", ONE, NOW + MINUTE)

        assert library.page(session, "T1", "U1", 0, 9) == [Saved(ONE, NOW)]


def test_the_latest_comes_first_and_a_page_starts_where_it_is_told(stored):
    with stored.begin() as session:
        for minutes, paper_id in enumerate((TWO, ONE, THREE)):
            library.save(session, "T1", "U1", paper_id, NOW + minutes * MINUTE)

        every = [each.paper_id for each in library.page(session, "T1", "U1", 0, 9)]
        second = [each.paper_id for each in library.page(session, "T1", "U1", 1, 1)]
        assert (every, second) == ([THREE, ONE, TWO], [ONE])
        assert library.count(session, "T1", "U1") == 3


def test_what_is_removed_says_since_when_it_was_kept(stored):
    with stored.begin() as session:
        library.save(session, "T1", "U1", ONE, NOW)

        assert library.remove(session, "T1", "U1", ONE) == Saved(ONE, NOW)
        assert library.remove(session, "T1", "U1", ONE) is None


def test_whoever_saved_a_paper_first_is_named_first(stored):
    with stored.begin() as session:
        for minutes, user_id in enumerate(("U2", "U1")):
            library.save(session, "T1", user_id, ONE, NOW + minutes * MINUTE)
        library.save(session, "T1", "U3", TWO, NOW)

        assert library.savers(session, "T1", [ONE, THREE]) == {ONE: ["U2", "U1"]}


def test_of_several_clicks_at_once_one_saves(stored, at_once):
    def save() -> bool:
        with stored.begin() as session:
            return library.save(session, "T1", "U1", ONE, NOW)

    assert sorted(at_once(6, save)) == [False] * 5 + [True]
