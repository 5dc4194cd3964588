"""Turns at a source: one at a time and one in three seconds, for every process."""

import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.errors import SourceFailed
from bot.services import turns as turns_module
from bot.services.turns import LONGEST, LONGEST_REST, PAUSE, Turns
from bot.sources.http import Reader
from storage import leases
from tests.factories import NOW
from tests.server import Answer, Server

SECOND = timedelta(seconds=1)


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.at = NOW
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(database, clock):
    def turns(patience: float = 60, name: str = "arxiv") -> Turns:
        return Turns(database, name, now=clock.now, patience=patience, sleep=clock.sleep)

    return turns


def test_the_first_turn_is_had_at_once(turns, clock):
    with turns()():
        pass

    assert clock.slept == []


def test_the_next_turn_begins_three_seconds_after_the_last_one_ended(turns, clock):
    with turns()():
        clock.at += 2 * SECOND
    ended = clock.at
    with turns()():
        assert PAUSE <= clock.at - ended < PAUSE + SECOND / 10


def test_two_processes_together_keep_the_pause(turns, clock, at_once):
    starts: list[datetime] = []
    alone = threading.Lock()

    def read() -> None:
        mine = turns(patience=600)
        for _ in range(3):
            with mine():
                assert alone.acquire(blocking=False)  # nobody else has a turn
                starts.append(clock.now())
                alone.release()

    at_once(2, read)

    waits = [later - earlier for earlier, later in pairwise(starts)]
    assert len(starts) == 6
    assert min(waits) >= PAUSE


def test_a_source_that_wants_to_be_left_alone_is_by_everybody(turns, clock):
    with turns()() as leave_alone:
        leave_alone(20)
        leave_alone(1)
    before = clock.at
    with turns()():
        assert clock.at - before >= 20 * SECOND


def test_a_host_may_have_a_pause_of_its_own(database, clock):
    mine = Turns(database, "host", now=clock.now, patience=60, sleep=clock.sleep, pause=SECOND)
    with mine():
        pass
    with mine():
        assert SECOND <= clock.at - NOW < 2 * SECOND


def test_who_wants_to_be_left_alone_for_years_is_for_a_day(turns, database):
    with turns()() as leave_alone:
        leave_alone(999_999_999)

    with database.read() as session:
        assert leases.get(session, "arxiv").ready_at == NOW + LONGEST_REST


def test_a_wait_that_is_longer_than_somebodys_patience_fails_in_words_and_at_once(turns, clock):
    with turns()() as leave_alone:
        leave_alone(3600)

    with (
        pytest.raises(SourceFailed, match=r"It is not to be asked before 08:00 UTC, by its own"),
        turns(patience=600)(),
    ):
        pass
    assert clock.slept == []


def test_a_turn_is_given_back_whatever_happens_in_it(turns, clock):
    with pytest.raises(ValueError, match="broke"), turns()():
        raise ValueError("broke")
    with turns()():
        assert clock.at - NOW < PAUSE + SECOND


def test_a_process_that_died_holds_up_nobody_for_long(database, turns, clock):
    with database.begin() as session:
        leases.take(session, "arxiv", "it died", NOW, LONGEST)
    with turns(patience=600)():
        assert clock.at - NOW <= LONGEST + SECOND


def test_another_source_has_turns_of_its_own(turns, clock):
    with turns()(), turns(name="elsewhere")():
        assert clock.slept == []


def test_no_transaction_is_open_during_a_turn(database, turns):
    with turns()(), database.begin() as session:  # SQLite has one writer
        leases.take(session, "elsewhere", "me", NOW, SECOND)


def test_two_processes_that_ask_one_server_never_ask_at_once_or_too_soon(
    database, at_once, monkeypatch
):
    pause = timedelta(seconds=0.2)
    monkeypatch.setattr(turns_module, "PAUSE", pause)
    monkeypatch.setattr(turns_module, "LOOK_EVERY", 0.01)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Watched()

    def read() -> None:
        mine = Turns(database, "arxiv", now=lambda: datetime.now(UTC), patience=60)
        reader = Reader(turn=mine)
        for _ in range(3):
            reader.get(server.url, {}, lambda body, _: body)

    try:
        at_once(2, read)
    finally:
        server.close()

    assert (len(server.begun), server.most_at_once) == (6, 1)
    assert min(b - a for a, b in pairwise(server.begun)) >= pause.total_seconds()


class Watched(Server):
    """Notes when each request came, and how many were under way with it."""

    def __init__(self) -> None:
        self.begun: list[float] = []
        self.most_at_once = 0
        self._under_way = 0
        super().__init__()

    def answer(self, query: dict[str, str]) -> Answer:
        self.begun.append(time.monotonic())
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        time.sleep(0.02)
        self._under_way -= 1
        return Answer()
