"""The ticker: looks often, one look at a time, and never stops looking."""

import logging
import threading

import pytest

from bot.errors import Stopping
from bot.schedule import ticker

PATIENCE = 10
OFTEN = 0.01  # seconds


@pytest.fixture
def ticking():
    """Starts a ticker for the length of the test."""
    started = []

    def start(**jobs):
        scheduler = ticker({name: (OFTEN, job) for name, job in jobs.items()})
        started.append(scheduler)
        scheduler.start()
        return scheduler

    yield start
    for scheduler in started:
        scheduler.shutdown()


class Counted:
    """A job that says when it has run so many times."""

    def __init__(self, wanted=3, fails=None):
        self.runs, self._wanted, self._fails = 0, wanted, fails
        self.enough = threading.Event()

    def __call__(self):
        self.runs += 1
        if self.runs >= self._wanted:
            self.enough.set()
        if self._fails:
            raise self._fails


def test_missed_ticks_are_made_up_by_one_and_none_is_too_late():
    scheduler = ticker({"due": (1, lambda: None)})
    scheduler.start(paused=True)
    [job] = scheduler.get_jobs()
    scheduler.shutdown()

    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)


def test_the_first_look_is_at_once():
    job = Counted(wanted=1)
    scheduler = ticker({"due": (3600, job)})
    scheduler.start()

    assert job.enough.wait(PATIENCE)
    scheduler.shutdown()


def test_a_job_that_fails_ticks_on(ticking):
    job = Counted(fails=ValueError("topic: secret love"))
    ticking(due=job)

    assert job.enough.wait(PATIENCE)


def test_a_failure_is_logged_with_its_place_and_without_its_message(ticking, caplog):
    job = Counted(fails=ValueError("topic: secret love"))
    with caplog.at_level(logging.ERROR):
        ticking(due=job)
        assert job.enough.wait(PATIENCE)

    assert "due failed: ValueError at __call__:" in caplog.text
    assert "secret" not in caplog.text


def test_a_job_that_ends_because_we_stop_is_no_failure(ticking, caplog):
    job = Counted(fails=Stopping())
    ticking(due=job)

    assert job.enough.wait(PATIENCE)
    assert "failed" not in caplog.text


def test_a_slow_job_holds_up_no_other_and_is_not_started_twice(ticking, caplog):
    caplog.set_level(logging.CRITICAL, "apscheduler")  # it says each time that one still runs
    release, slow, quick = threading.Event(), Counted(wanted=1), Counted(wanted=5)

    def wait():
        slow()
        release.wait(PATIENCE)

    ticking(slow=wait, quick=quick)
    assert slow.enough.wait(PATIENCE)
    assert quick.enough.wait(PATIENCE)

    assert slow.runs == 1
    release.set()
