"""Reads of sources: an error is never an answer."""

from datetime import timedelta

import pytest

from bot.domain.paper import UNDATED, Fetch
from storage import fetches
from tests.factories import DAY, NOW

HOUR = timedelta(hours=1)
NEXT_DAY = DAY + timedelta(days=3)
ANSWER = Fetch("hf", DAY, NOW, seen=9, new=2, late=1, failed=0, error=None)


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session


def test_a_source_that_was_never_read_has_neither_read_nor_answer(session):
    assert fetches.last_read(session, "hf", DAY) is None
    assert fetches.last_answer(session, "hf", DAY) is None
    assert fetches.last_answered_day(session, "hf") is None
    assert fetches.last_reads(session) == []


def test_an_answer_is_the_last_read_and_the_last_answer(session):
    fetches.add(session, ANSWER)

    assert fetches.last_read(session, "hf", DAY) == ANSWER
    assert fetches.last_answer(session, "hf", DAY) == ANSWER
    assert fetches.last_answered_day(session, "hf") == DAY


def test_a_failure_is_a_read_and_no_answer(session):
    failure = fetches.add_failure(session, "hf", DAY, "hf did not answer", NOW)

    assert fetches.last_read(session, "hf", DAY) == failure
    assert failure.error == "hf did not answer"
    assert fetches.last_answer(session, "hf", DAY) is None
    assert fetches.last_answered_day(session, "hf") is None


def test_a_failure_hides_no_answer_from_before(session):
    fetches.add(session, ANSWER)
    failure = fetches.add_failure(session, "hf", DAY, "silent", NOW + HOUR)
    fetches.add_failure(session, "hf", NEXT_DAY, "silent", NOW + HOUR)

    assert fetches.last_read(session, "hf", DAY) == failure
    assert fetches.last_answer(session, "hf", DAY) == ANSWER
    assert fetches.last_answered_day(session, "hf") == DAY


def test_of_reads_at_the_same_instant_the_one_stored_last_counts(session):
    fetches.add(session, ANSWER)
    failure = fetches.add_failure(session, "hf", DAY, "silent", NOW)

    assert fetches.last_read(session, "hf", DAY) == failure


def test_each_source_has_its_own_latest_read(session):
    fetches.add(session, ANSWER)
    latest = fetches.add_failure(session, "hf", NEXT_DAY, "silent", NOW + HOUR)
    other = fetches.add_failure(session, "arxiv", DAY, "busy", NOW)

    assert fetches.last_reads(session) == [other, latest]
    assert fetches.last_answered_day(session, "arxiv") is None


def test_failures_are_counted_since_the_last_answer_and_since_an_instant(database):
    with database.begin() as session:
        for minute, answered in enumerate([False, True, False, False]):
            at = NOW + timedelta(minutes=minute)
            if answered:
                fetches.add(session, Fetch("arxiv", DAY, at, 1, 1, 0, 0, None))
            else:
                fetches.add_failure(session, "arxiv", DAY, "429", at)
        fetches.add_failure(session, "hf", DAY, "503", NOW + timedelta(hours=1))

        assert fetches.failures(session, "arxiv", NOW - timedelta(days=1)) == 2
        assert fetches.failures(session, "arxiv", NOW + timedelta(minutes=2)) == 1
        assert fetches.failures(session, "elsewhere", NOW) == 0

        last = fetches.last_dated(session, "arxiv")
        answered = fetches.last_dated(session, "arxiv", answered=True)
        assert (last.read_at, last.error) == (NOW + timedelta(minutes=3), "429")
        assert (answered.read_at, answered.error) == (NOW + timedelta(minutes=1), None)


def test_reading_in_bulk_is_no_read_of_a_day(database):
    with database.begin() as session:
        fetches.add_failure(session, "arxiv", DAY, "429", NOW)
        fetches.add(session, Fetch("arxiv", UNDATED, NOW, 9, 9, 0, 0, None))

        assert fetches.failures(session, "arxiv", NOW - timedelta(days=1)) == 1
        assert fetches.last_dated(session, "arxiv", answered=True) is None
