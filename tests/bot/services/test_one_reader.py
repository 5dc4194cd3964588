"""Many workers, one reader: Hugging Face is asked once, and all of them see what came."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.services import ingest
from bot.services.reading import alone
from storage import leases, listings
from tests.factories import DAY, NOW, a_batch, a_paper
from tests.fakes import Crash, FakeSource
from tests.waiting import PATIENCE

MINUTE = timedelta(minutes=1)
THURSDAY = date(2026, 6, 25)


@pytest.fixture
def in_a_thread():
    with ThreadPoolExecutor() as pool:
        yield pool.submit


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(a_batch(a_paper()))


def stored(database) -> int:
    with database.read() as session:
        return len(listings.of_papers(session, [a_paper().id]))


def test_of_many_workers_that_tick_at_once_one_reads_each_list(database, source, at_once):
    made = at_once(6, lambda: ingest.read_due(database, source, NOW))

    assert sorted(source.asked) == [THURSDAY, DAY]
    assert sorted(len(each) for each in made) == [0, 0, 0, 0, 0, 2]
    assert stored(database) == 1


def test_while_one_reads_the_others_go_on_and_find_it_read(database, source, in_a_thread):
    begun, finish = threading.Event(), threading.Event()

    def slow(day: date) -> Batch:
        begun.set()
        assert finish.wait(PATIENCE)
        return source(day)

    reading = in_a_thread(ingest.read_due, database, slow, NOW)
    assert begun.wait(PATIENCE)
    assert ingest.read_due(database, source, NOW) == []
    assert ingest.is_under_way(database, NOW)
    finish.set()
    assert len(reading.result(PATIENCE)) == 2

    assert not ingest.is_under_way(database, NOW)
    assert ingest.read_due(database, source, NOW + MINUTE) == []
    assert stored(database) == 1


def test_a_reader_that_was_killed_holds_up_nobody_for_longer_than_its_lease(database, source):
    with database.begin() as session:  # a killed process gives nothing back
        leases.take(session, "hf.lists", "it died", NOW, ingest.LONGEST_LIST)

    assert ingest.read_due(database, source, NOW + MINUTE) == []
    assert ingest.read_due(database, source, NOW + ingest.LONGEST_LIST) != []
    assert stored(database) == 1


def test_a_reader_that_fails_gives_its_place_to_the_next(database, source):
    def breaks(day: date) -> Batch:
        raise Crash

    with pytest.raises(Crash):
        ingest.read_due(database, breaks, NOW)

    assert len(ingest.read_due(database, source, NOW)) == 2


def test_a_reader_that_has_much_to_read_keeps_its_place(database):
    seconds = iter(range(0, 10_000, 240))  # each list takes four minutes
    with alone(database, "hf.lists", NOW, ingest.LONGEST_LIST, lambda: next(seconds)) as keep:
        for _ in range(5):
            assert keep()
        with alone(database, "hf.lists", NOW + 21 * MINUTE, ingest.LONGEST_LIST) as other:
            assert other is None


def test_a_reader_that_was_away_too_long_stops_where_another_took_over(database, source):
    def slow(day: date) -> Batch:
        source.asked.append(day)
        with database.begin() as session:  # this one's lease ran out, and another began
            leases.release(session, "hf.lists", _holder(session))
            leases.take(session, "hf.lists", "another", NOW, ingest.LONGEST_LIST)
        return a_batch(a_paper(), day=day)

    made = ingest.read_due(database, slow, NOW)

    assert source.asked == [THURSDAY]
    assert len(made) == 1  # what was read is stored all the same


def test_a_silent_source_is_asked_by_one_worker_too(database, source, at_once):
    source.fail_on([THURSDAY, DAY], SourceFailed("Hugging Face answered 503."))
    at_once(4, lambda: ingest.read_due(database, source, NOW))

    assert sorted(source.asked) == [THURSDAY, DAY]


def _holder(session) -> str:
    held = leases.get(session, "hf.lists")
    assert held is not None
    return held.holder
