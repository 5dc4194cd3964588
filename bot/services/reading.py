"""One reader at a source, of however many workers: the others see what it stored."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import uuid4

from storage import leases
from storage.database import Database

# Called between two lists: False when the reading is somebody else's by now.
Keep: TypeAlias = Callable[[], bool]


@contextmanager
def alone(
    database: Database,
    name: str,
    now: datetime,
    length: timedelta,
    stopwatch: Callable[[], float] = time.monotonic,
) -> Iterator[Keep | None]:
    """The right to read what this name stands for, or None where another process has it.

    It is lent for so long, and anew each time that it is kept: who is killed holds up nobody for
    longer. No transaction is open within. `stopwatch` counts seconds from whenever it likes.
    """
    holder = uuid4().hex  # two threads of a process are two
    begun = stopwatch()

    def keep() -> bool:
        at = now + timedelta(seconds=stopwatch() - begun)
        with database.begin() as session:
            return leases.take(session, name, holder, at, length)

    if not keep():
        yield None
        return
    try:
        yield keep
    finally:
        with database.begin() as session:
            leases.release(session, name, holder)
