"""How often a source is asked by all processes that share a database, and when it is left alone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.domain.delivery import Pace
from bot.errors import SourceFailed
from storage import rates
from storage.database import Database

# Hugging Face lets 500 requests of one address pass in five minutes, also without a token: these
# are 350 at most, and other programs of that address may want some.
HUGGING_FACE_PACE = Pace(timedelta(milliseconds=1500), burst=150)
_NOBODYS = ""  # workspace: it is the operator who asks


class Budget:
    """Calling it takes a request from what all processes may ask, and waits where none is left.

    It lends a function that says for how many seconds the source wants to be left alone; until
    then nobody gets a request. Raises SourceFailed where none is to be had within `patience`
    seconds. Several requests may be under way at once. No transaction is open meanwhile.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        *,
        now: Callable[[], datetime],
        patience: float,
        pace: Pace = HUGGING_FACE_PACE,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._database, self._bucket, self._pace = database, (_NOBODYS, name), pace
        self._now, self._sleep, self._patience = now, sleep, patience

    @contextmanager
    def __call__(self) -> Iterator[Callable[[float], None]]:
        self._wait()
        rest = 0.0

        def leave_alone(seconds: float) -> None:
            nonlocal rest
            rest = max(rest, seconds)

        try:
            yield leave_alone
        finally:
            if rest:
                self._close(timedelta(seconds=rest))

    def _close(self, rest: timedelta) -> None:
        now = self._now()
        with self._database.begin() as session:
            rates.close(session, self._bucket, now + rest, self._pace, now)

    def _wait(self) -> None:
        ends = self._now() + timedelta(seconds=self._patience)
        while (free_at := self._try()) is not None:
            if free_at > ends:
                raise SourceFailed(f"It is not to be asked before {free_at:%H:%M:%S} UTC.")
            self._sleep(max((free_at - self._now()).total_seconds(), 0.01))

    def _try(self) -> datetime | None:
        """Take a request and return None, or when there is one again."""
        now = self._now()
        with self._database.begin() as session:
            grant = rates.take(session, {self._bucket: 1}, self._pace, now)[self._bucket]
        return None if grant.tokens else grant.next_at
