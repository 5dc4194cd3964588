"""Waiting for what another thread or process does, no longer than that takes."""

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 20  # seconds until a test gives up: others run beside it


def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What the condition gives as soon as it is true; fails when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"nothing came within {seconds} s")
