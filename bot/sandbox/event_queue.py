"""Events on their way: sent in the background, and again when nobody acknowledged them.

They are kept with everything else: what was not acknowledged before a crash comes again after it,
under the same event_id.
"""

import heapq
import logging
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from threading import Condition, Thread
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Delivery, called
from bot.sandbox.store import Json, Store
from bot.sandbox.transport import TIMEOUT, Answer, Letter

logger = logging.getLogger(__name__)

RETRY_AFTER = (1.0, 60.0, 300.0)  # seconds of the sandbox's time after each failure
SENDERS = 4
LONGEST_NAP = 0.2  # the clock may jump while a sender sleeps
GAP = 0.05  # seconds between events whose order is meant
GRACE = 1.0  # seconds that a bot has, after a restart, to connect again


@dataclass(order=True, slots=True)
class Due:
    """An event and when to try it, in the sandbox's seconds; equal times keep their order."""

    at: float
    number: int
    payload: Json = field(compare=False)
    retry: int = field(compare=False, default=0)
    reason: str = field(compare=False, default="")


class EventQueue:
    """Up to four events are on their way at a time. `lock` is the service's, taken first."""

    def __init__(
        self, delivery: Delivery, clock: Clock, store: Store, lock: AbstractContextManager[Any]
    ) -> None:
        self._delivery, self._clock, self._store, self._lock = delivery, clock, store, lock
        self._changed = Condition()
        self._due: list[Due] = []
        self._numbers = 0
        self._closed = False
        self._duplicates = self._to_hold = 0
        self._held: list[Due] = []
        self._senders = [
            Thread(target=self._work, name=f"sandbox-events-{n}", daemon=True)
            for n in range(SENDERS)
        ]

    def start(self) -> None:
        for sender in self._senders:
            sender.start()

    def restore(self) -> None:
        """Take up what was not acknowledged."""
        soon = self._clock.epoch() + GRACE
        for _, kept in self._store.all("event"):
            due = Due(**kept)
            self._numbers = max(self._numbers, due.number)
            heapq.heappush(self._due, replace(due, at=max(due.at, soon)))

    def put(self, payload: Json) -> None:
        """Send this payload as soon as possible. The caller holds the lock."""
        first = self._numbered(payload)
        if self._to_hold:
            self._hold(first)
        else:
            self._push(first)
        if self._duplicates:
            self._duplicates -= 1
            twin = self._numbered(payload)
            self._push(replace(twin, at=twin.at + GAP))

    def disturb(self, duplicate: int, reorder: int) -> None:
        """Send each of the next `duplicate` events twice; hold the next `reorder`, then send the
        last of them first. Events held until now go out. The caller holds the lock.
        """
        self._release()
        self._duplicates, self._to_hold = duplicate, reorder

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._due.clear()
            self._changed.notify_all()

    def _numbered(self, payload: Json) -> Due:
        self._numbers += 1
        due = Due(self._clock.epoch(), self._numbers, payload)
        self._keep(due)
        return due

    def _hold(self, due: Due) -> None:
        self._held.append(due)
        self._to_hold -= 1
        if not self._to_hold:
            self._release()

    def _release(self) -> None:
        now = self._clock.epoch()
        for place, due in enumerate(reversed(self._held)):
            self._push(replace(due, at=now + place * GAP))
        self._held.clear()

    def _push(self, due: Due) -> None:
        with self._changed:
            heapq.heappush(self._due, due)
            self._changed.notify()

    def _work(self) -> None:
        while due := self._next():
            letter = Letter("events_api", due.payload, due.retry, due.reason)
            answer = self._delivery.send(letter)
            with self._lock:
                self._settle(due, answer)

    def _next(self) -> Due | None:
        with self._changed:
            while not self._closed:
                wait = self._due[0].at - self._clock.epoch() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)
                self._changed.wait(None if wait is None else min(wait, LONGEST_NAP))
        return None

    def _settle(self, due: Due, answer: Answer) -> None:
        failed = bool(answer.error) and not answer.no_retry
        if failed and self._closed:
            return  # it is kept for the next start
        if not failed or due.retry >= len(RETRY_AFTER):
            self._store.delete("event", _key(due))
            if failed:
                logger.info("event %s is given up: %s", called(due.payload)[1], answer.error)
            return
        reason = "http_timeout" if answer.error == TIMEOUT else "http_error"
        at = self._clock.epoch() + RETRY_AFTER[due.retry]
        again = replace(due, at=at, retry=due.retry + 1, reason=reason)
        self._keep(again)
        self._push(again)

    def _keep(self, due: Due) -> None:
        self._store.put("event", _key(due), asdict(due))


def _key(due: Due) -> str:
    """Sorts as the numbers do."""
    return f"{due.number:012d}"
