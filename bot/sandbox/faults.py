"""Failures on order: the next calls of a method go wrong in a chosen way."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from bot.sandbox.errors import DoorShut


@dataclass(frozen=True, slots=True)
class Fault:
    """How a call fails.

    A status or an error is answered before the call is carried out, unless `after` is set.
    `drop_reply` carries it out and then cuts the connection; `truncate` answers half of the JSON;
    `delay` is seconds before answering. With `lag`, a history lacks the messages younger than that
    many seconds of the sandbox's time.
    """

    status: int | None = None
    error: str | None = None
    retry_after: int | None = None
    drop_reply: bool = False
    truncate: bool = False
    delay: float = 0.0
    lag: float = 0.0
    after: bool = False

    @property
    def refuses(self) -> bool:
        """Is there an answer that takes the place of the real one?"""
        return bool(self.status or self.error or self.retry_after is not None)

    def answer(self) -> tuple[int, dict[str, Any], dict[str, str]]:
        """Status, body and headers of the refusal."""
        limited = self.retry_after is not None or self.status == 429
        status = self.status or (429 if limited else 200)
        default = "ratelimited" if limited else "internal_error"
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return status, {"ok": False, "error": self.error or default}, headers


class Faults:
    """Orders by method, each used up by as many calls as it was made for.

    With a team they wait for that workspace's calls alone, without one for anybody's.
    """

    def __init__(self) -> None:
        self._orders: defaultdict[tuple[str, str], deque[Fault]] = defaultdict(deque)
        self._lock = Lock()

    def order(self, method: str, fault: Fault, times: int, team: str = "") -> None:
        with self._lock:
            self._orders[team, method].extend([fault] * times)

    def take(self, method: str, team: str = "") -> Fault | None:
        with self._lock:
            for key in ((team, method), ("", method)):
                if waiting := self._orders.get(key):
                    return waiting.popleft()
            return None


MOST_TIMES = 10_000
KINDS: dict[str, type | tuple[type, ...]] = {
    "status": int,
    "error": str,
    "retry_after": int,
    "drop_reply": bool,
    "truncate": bool,
    "delay": (int, float),
    "lag": (int, float),
    "after": bool,
}
LAGGING = frozenset({"conversations.history", "conversations.replies"})


def read_fault(body: Mapping[str, Any]) -> tuple[str, Fault, int]:
    """Method, fault and how often, from what came through the door."""
    wishes = {
        name: value
        for name, value in body.items()
        if name not in {"method", "times", "team"} and value is not None
    }
    for name, value in wishes.items():
        if name not in KINDS:
            raise DoorShut(f"A fault has no {name}; it has {', '.join(KINDS)}.")
        if not isinstance(value, KINDS[name]):
            raise DoorShut(f"{name} cannot be {value!r}.")
    method, times = body.get("method"), body.get("times", 1)
    if not isinstance(method, str) or not method:
        raise DoorShut("Say which method fails, e.g. chat.postMessage.")
    if not isinstance(times, int) or not 0 < times <= MOST_TIMES:
        raise DoorShut(f"times is a whole number from 1 to {MOST_TIMES}.")
    if "lag" in wishes and method not in LAGGING:
        raise DoorShut(f"Only {' and '.join(sorted(LAGGING))} can lag.")
    return method, Fault(**wishes), times
