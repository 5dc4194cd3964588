"""Events on their way: sent in the background, and again when nobody acknowledged them."""

import heapq
import logging
from dataclasses import dataclass, field
from threading import Condition, Thread

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Delivery
from bot.sandbox.store import Json
from bot.sandbox.transport import TIMEOUT, Answer, Letter

logger = logging.getLogger(__name__)

RETRY_AFTER = (1.0, 60.0, 300.0)  # seconds of the sandbox's time after each failure
SENDERS = 4
LONGEST_NAP = 0.2  # the clock may jump while a sender sleeps


@dataclass(order=True, slots=True)
class Due:
    """An event and when to try it, in the sandbox's seconds; equal times keep their order."""

    at: float
    number: int
    payload: Json = field(compare=False)
    retry: int = field(compare=False, default=0)
    reason: str = field(compare=False, default="")


class EventQueue:
    """Up to four events are on their way at a time."""

    def __init__(self, delivery: Delivery, clock: Clock) -> None:
        self._delivery, self._clock = delivery, clock
        self._changed = Condition()
        self._due: list[Due] = []
        self._numbers = 0
        self._closed = False
        self._senders = [
            Thread(target=self._work, name=f"sandbox-events-{n}", daemon=True)
            for n in range(SENDERS)
        ]

    def start(self) -> None:
        for sender in self._senders:
            sender.start()

    def put(self, payload: Json, retry: int = 0, reason: str = "", wait: float = 0.0) -> None:
        """Send this `event_callback` as soon as possible, or after `wait` seconds."""
        with self._changed:
            self._numbers += 1
            at = self._clock.epoch() + wait
            heapq.heappush(self._due, Due(at, self._numbers, payload, retry, reason))
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._due.clear()
            self._changed.notify_all()

    def _work(self) -> None:
        while due := self._next():
            letter = Letter("events_api", due.payload, due.retry, due.reason)
            answer = self._delivery.send(letter)
            if answer.error and not answer.no_retry:
                self._again(due, answer)

    def _next(self) -> Due | None:
        with self._changed:
            while not self._closed:
                wait = self._due[0].at - self._clock.epoch() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)
                self._changed.wait(None if wait is None else min(wait, LONGEST_NAP))
        return None

    def _again(self, due: Due, answer: Answer) -> None:
        if self._closed or due.retry >= len(RETRY_AFTER):
            logger.info("event %s is given up: %s", due.payload["event"]["type"], answer.error)
            return
        reason = "http_timeout" if answer.error == TIMEOUT else "http_error"
        self.put(due.payload, due.retry + 1, reason, RETRY_AFTER[due.retry])
