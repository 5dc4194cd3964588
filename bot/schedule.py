"""The ticker: says how often to look, never what is due. Storage knows what is due.

A missed tick costs latency, a double one nothing: every service asks the database first.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from bot.errors import Stopping, trail

log = logging.getLogger(__name__)

Job = Callable[[], object]


def ticker(jobs: dict[str, tuple[float, Job]]) -> BackgroundScheduler:
    """A scheduler, not started yet, that calls each job every so many seconds, at once first."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, (seconds, job) in jobs.items():
        scheduler.add_job(
            _guarded(name, job),
            "interval",
            seconds=seconds,
            id=name,
            next_run_time=datetime.now(UTC),
        )
    return scheduler


def _guarded(name: str, job: Job) -> Job:
    """A job that fails is logged, and ticks on."""

    def run() -> None:
        try:
            job()
        except Stopping:
            return
        except Exception as problem:
            log.error("%s failed: %s", name, trail(problem))

    return run
