"""What all processes together ask of Hugging Face: within its limit, and not while it says no."""

from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import Pace
from bot.errors import SourceFailed
from bot.services.budgets import HUGGING_FACE_PACE, Budget
from bot.sources.http import Limits, Reader
from tests.factories import NOW
from tests.server import Answer, Server

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
POLICY = {"RateLimit-Policy": '"fixed window";"api";q=500;w=300'}
ANONYMOUS = 500  # in five minutes, by the site's own words


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.at = NOW
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Server()
    yield server
    server.close()


@pytest.fixture
def budget(database, clock):
    def budget(patience: float = 60, pace: Pace = HUGGING_FACE_PACE) -> Budget:
        return Budget(
            database, "hf", now=clock.now, patience=patience, pace=pace, sleep=clock.sleep
        )

    return budget


def test_all_processes_together_stay_below_the_limit_whatever_they_want(budget, clock):
    processes = [budget(patience=10_000, pace=Pace(15 * SECOND, burst=15)) for _ in range(3)]
    asked = []
    for number in range(90):  # a tenth of all, ten times as slowly: the same in less time
        with processes[number % 3]():
            asked.append(clock.at)

    most = max(sum(begin <= at < begin + 5 * MINUTE for at in asked) for begin in asked)
    assert most <= ANONYMOUS / 10
    whole = HUGGING_FACE_PACE.burst + 5 * MINUTE / HUGGING_FACE_PACE.every
    assert whole <= ANONYMOUS * 0.8


def test_who_asks_now_and_then_never_waits(budget, clock):
    for _ in range(40):
        with budget(patience=0)():
            clock.at += 10 * SECOND

    assert clock.slept == []


def test_several_requests_may_be_under_way_at_once(budget, clock):
    with budget()(), budget()(), budget()():
        assert clock.slept == []


def test_a_source_that_wants_to_be_left_alone_is_by_everybody(budget, clock):
    with budget()() as leave_alone:
        leave_alone(20)
        leave_alone(1)
    before = clock.at
    with budget()():
        assert clock.at - before >= 20 * SECOND


def test_after_that_time_not_everybody_comes_at_once(budget, clock):
    with budget()() as leave_alone:
        leave_alone(20)
    clock.at += 20 * SECOND
    with budget(patience=0)():
        pass

    with pytest.raises(SourceFailed, match="not to be asked before"), budget(patience=0)():
        pass


def test_who_cannot_wait_is_told_at_once_until_when_it_is_left_alone(budget, clock):
    with budget()() as leave_alone:
        leave_alone(3600)

    with (
        pytest.raises(SourceFailed, match=r"It is not to be asked before 08:00:00 UTC\."),
        budget(patience=5)(),
    ):
        pass
    assert clock.slept == []


def test_what_breaks_during_a_request_keeps_what_the_source_wished(budget, clock):
    def breaks() -> None:
        with budget()() as leave_alone:
            leave_alone(20)
            raise ValueError("broke")

    with pytest.raises(ValueError, match="broke"):
        breaks()

    with pytest.raises(SourceFailed), budget(patience=5)():
        pass


def test_no_transaction_is_open_during_a_request(database, budget):
    with budget()(), database.begin():  # SQLite has one writer
        pass


@pytest.mark.parametrize(
    ("status", "headers", "rest"),
    [
        (429, {"Retry-After": "40"}, 40),
        (429, {"RateLimit": '"api";r=0;t=55'}, 55),
        (503, {"Retry-After": "40"}, 40),
        (200, {"RateLimit": '"api";r=0;t=55'}, 55),
        (200, {"RateLimit": '"api";r=24;t=55', **POLICY}, 55),
        (200, {"RateLimit": '"api";r=26;t=55', **POLICY}, 0),
        (200, {"RateLimit": '"api";r=499;t=300'}, 0),
        (200, {}, 0),
    ],
)
def test_what_one_process_is_told_by_the_source_all_of_them_obey(
    budget, clock, here, status, headers, rest
):
    here.will_answer(Answer(status=status, headers=headers))
    reader = Reader(limits=Limits(tries=1), turn=budget())
    try:
        reader.get(here.url, {}, lambda body, _: body)
    except SourceFailed:
        assert status != 200

    before = clock.at
    with budget(patience=100)():
        assert (clock.at - before).total_seconds() == pytest.approx(rest, abs=0.1)
