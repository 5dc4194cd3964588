"""The outbox is emptied: claim, send by many threads, mark. A refusal is never slept on."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from random import Random
from time import monotonic
from typing import TypeAlias

from bot.domain.delivery import SLACK_PACES, Delivery, Paces
from bot.services.sending import Outcome, Workspace, attempt
from bot.services.settling import resume, settle
from storage import claims, rates
from storage.claims import LEASE
from storage.database import Database

__all__ = ["Workspace", "Workspaces", "deliver_due", "resume", "tidy"]

Workspaces: TypeAlias = Mapping[str, Workspace]
Stopwatch: TypeAlias = Callable[[], float]  # seconds

SENDERS = 80  # threads: 200 messages a second and more, where Slack takes 0.25 s for each
TURN = 10.0  # seconds in which one call takes up messages: a process that stops is not kept
GATHER = 0.05  # seconds: what ends within them is marked in one transaction
POSTING = timedelta(minutes=1)  # of the lease must be left: a post that hangs ends before it


def deliver_due(
    database: Database,
    workspaces: Workspaces,
    now: datetime,
    jitter: Random | None = None,
    *,
    stopwatch: Stopwatch = monotonic,
    threads: int = SENDERS,
    paces: Paces = SLACK_PACES,
    stopping: Callable[[], bool] = bool,
) -> int:
    """Send what is due to these workspaces. Returns how many messages Slack took.

    No more is claimed than threads are free to send it at once, at the time that `stopwatch` adds
    to `now`: a lease covers one attempt and no waiting. With one thread, one message follows the
    other. Once `stopping` says so, nothing more is taken up.
    """
    spread = jitter or Random()  # noqa: S311  # spreads retries; it guards nothing
    run = _Run(database, workspaces, now, spread, stopwatch, paces)
    sent = 0
    running: set[Future[Outcome]] = set()
    done: list[Outcome] = []
    run.take_back()
    with ThreadPoolExecutor(threads, thread_name_prefix="sender") as pool:
        while True:
            # A refusal may say what not to claim. What was sent is marked while the next are under
            # way, so that no thread waits for the database.
            run.settle([each for each in done if not each.is_sent])
            if not stopping() and run.seconds < TURN:
                for delivery in run.claim(threads - len(running)):
                    running.add(pool.submit(run.send, delivery, run.seconds))
            sent += run.settle([each for each in done if each.is_sent])
            if not running and not done:
                return sent
            done, running = _finished(running)


def tidy(database: Database, now: datetime) -> None:
    """Forget buckets that nobody took from for a while."""
    with database.begin() as session:
        rates.forget_full(session, now)


class _Run:
    """One call's view of the outbox and of the time."""

    def __init__(
        self,
        database: Database,
        workspaces: Workspaces,
        now: datetime,
        jitter: Random,
        stopwatch: Stopwatch,
        paces: Paces,
    ) -> None:
        self._database, self._workspaces = database, workspaces
        self._jitter, self._paces = jitter, paces
        self._began, self._stopwatch, self._started = now, stopwatch, stopwatch()

    @property
    def seconds(self) -> float:
        """Since the call began."""
        return self._stopwatch() - self._started

    @property
    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.seconds)

    def take_back(self) -> None:
        with self._database.begin() as session:
            claims.take_back(session, self.now)

    def claim(self, limit: int) -> list[Delivery]:
        with self._database.begin() as session:
            return claims.claim(
                session, self.now, teams=set(self._workspaces), limit=limit, paces=self._paces
            )

    def send(self, delivery: Delivery, claimed_at: float) -> Outcome:
        latest = claimed_at + (LEASE - POSTING).total_seconds()
        workspace = self._workspaces[delivery.team_id]
        return attempt(self._database, workspace, delivery, lambda: self.seconds <= latest)

    def settle(self, outcomes: Sequence[Outcome]) -> int:
        if not outcomes:
            return 0
        return settle(self._database, outcomes, self.now, self._jitter, self._paces)


def _finished(running: set[Future[Outcome]]) -> tuple[list[Outcome], set[Future[Outcome]]]:
    """What has ended, with what ends a moment later; and what still runs."""
    first, others = wait(running, return_when=FIRST_COMPLETED)
    more, still = wait(others, timeout=GATHER)
    return [each.result() for each in (*first, *more)], still
