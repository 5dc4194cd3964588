"""Turns at a source that wants one request at a time: for all processes that share a database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from bot.errors import SourceFailed
from storage import leases
from storage.database import Database

PAUSE = timedelta(seconds=3)  # arXiv's terms of use: from the end of one request to the next
LONGEST = timedelta(minutes=4)  # above what a request may take: who dies holds up nobody for long
LONGEST_REST = timedelta(days=1)  # whoever asks for more is asked again all the same
LOOK_EVERY = 1.0  # seconds between two looks while another process reads


class Turns:
    """Calling it waits for a turn, lends it, and gives it back when the request is over.

    What it lends is a function that says for how many seconds the source wants to be left alone;
    nobody gets a turn before that. Raises SourceFailed where a turn is not to be had within
    `patience` seconds. `pause` lies between two requests, arXiv's where none is given. Each look
    and each return is a transaction of its own: none is open while the source answers.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        *,
        now: Callable[[], datetime],
        patience: float,
        sleep: Callable[[float], object] = time.sleep,
        pause: timedelta | None = None,
    ) -> None:
        self._database, self._name = database, name
        self._now, self._sleep, self._patience = now, sleep, patience
        self._pause = pause

    @contextmanager
    def __call__(self) -> Iterator[Callable[[float], None]]:
        holder = uuid4().hex  # two threads of a process are two: its name would let both in
        self._wait(holder)
        rest = PAUSE if self._pause is None else self._pause

        def leave_alone(seconds: float) -> None:
            nonlocal rest
            rest = max(rest, min(timedelta(seconds=seconds), LONGEST_REST))

        try:
            yield leave_alone
        finally:
            with self._database.begin() as session:
                leases.release(session, self._name, holder, ready_at=self._now() + rest)

    def _wait(self, holder: str) -> None:
        ends = self._now() + timedelta(seconds=self._patience)
        while (wait := self._try(holder)) > 0:
            if self._now() + timedelta(seconds=wait) > ends:
                raise SourceFailed(
                    f"It is not to be asked before {self._now() + timedelta(seconds=wait):%H:%M} "
                    "UTC, by its own wish or because another process reads it."
                )
            self._sleep(wait)

    def _try(self, holder: str) -> float:
        """Take the turn and return 0, or the seconds after which to try again."""
        now = self._now()
        with self._database.begin() as session:
            if leases.take(session, self._name, holder, now, LONGEST):
                return 0.0
            lease = leases.get(session, self._name)
        if lease is None or lease.held_until > now:
            return LOOK_EVERY
        # A few milliseconds on top: two clocks are never the same.
        return max((lease.ready_at - now).total_seconds(), 0.0) + 0.01
