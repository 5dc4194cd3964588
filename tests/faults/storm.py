"""Bad weather by chance, the same for the same seed: what Slack does, who dies, how time goes."""

from datetime import timedelta
from random import Random
from typing import Any

from tests.faults.world import World

TIMEOUT = 2.0  # seconds after which a worker gives up on Slack; far more than an answer takes
# What goes wrong with a call, and with which. A history is late by less than SETTLING.
FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("chat.postMessage", {"retry_after": 7}),
    ("chat.postMessage", {"status": 429}),
    ("chat.postMessage", {"status": 500}),
    ("chat.postMessage", {"status": 500, "after": True}),
    ("chat.postMessage", {"error": "internal_error", "after": True}),
    ("chat.postMessage", {"error": "service_unavailable"}),
    ("chat.postMessage", {"drop_reply": True}),
    ("chat.postMessage", {"truncate": True}),
    ("chat.postMessage", {"delay": 1.2 * TIMEOUT}),
    ("conversations.open", {"status": 500}),
    ("conversations.open", {"drop_reply": True}),
    ("conversations.history", {"status": 500}),
    ("conversations.history", {"retry_after": 3}),
    ("conversations.history", {"drop_reply": True}),
    ("conversations.history", {"lag": 50}),
)
JUMPS = tuple(timedelta(seconds=seconds) for seconds in (16, 31, 121, 660))


class Storm:
    """Disturbs a world and its workers."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self.chance = Random(seed)  # noqa: S311  # weather, not secrets

    def blow(self, faults: int) -> None:
        """Some of the next calls go wrong."""
        for method, how in self.chance.choices(FAULTS, k=faults):
            self._world.fail(method, **how)

    def kill(self, workers: int, within: int) -> None:
        """Workers at once; each dies at some passing of a seam, or at any moment at all."""
        doomed = []
        for _ in range(workers):
            by_clock = self.chance.random() < 0.3
            passing = 0 if by_clock else self.chance.randint(1, within)
            process = self._world.start(passing=passing, timeout=TIMEOUT)
            doomed.append((process, self.chance.uniform(0, 0.3) if by_clock else None))
        for process, seconds in doomed:
            if seconds is not None:
                process.join(seconds)
                process.kill()
            self._world.end(process)

    def wait(self) -> None:
        """Some time passes."""
        self._world.jump(self.chance.choice(JUMPS))
