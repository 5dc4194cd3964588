"""Server-sent events: the page hears what changed and reads it again."""

import json
from collections.abc import Iterator
from threading import Condition, Lock
from typing import Any

HEARTBEAT = 15.0  # seconds; a comment line that keeps the connection open


class Listener:
    """What one page has not heard yet; the same change twice is one."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: dict[str, None] = {}
        self._closed = False

    def tell(self, change: str) -> None:
        with self._changed:
            self._waiting[change] = None
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def lines(self) -> Iterator[str]:
        """The body of the event stream, until closed."""
        yield ": open\n\n"
        while not self._closed:
            with self._changed:
                if not self._waiting and not self._closed:
                    self._changed.wait(HEARTBEAT)
                waiting, self._waiting = list(self._waiting), {}
            yield "".join(f"data: {change}\n\n" for change in waiting) or ": still here\n\n"


class Live:
    """All pages that listen."""

    def __init__(self) -> None:
        self._listeners: frozenset[Listener] = frozenset()
        self._changing = Lock()

    def listen(self) -> Listener:
        listener = Listener()
        with self._changing:
            self._listeners |= {listener}
        return listener

    def leave(self, listener: Listener) -> None:
        with self._changing:
            self._listeners -= {listener}

    def tell(self, kind: str, **names: Any) -> None:
        """Say that something of this kind changed, e.g. `tell("messages", channel="C1")`."""
        if self._listeners:
            change = json.dumps({"type": kind, **names})
            for listener in self._listeners:
                listener.tell(change)

    def close(self) -> None:
        for listener in self._listeners:
            listener.close()
