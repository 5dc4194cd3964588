"""What the sandbox answers instead of a result."""

from typing import Any


class PortTaken(OSError):
    """Another program listens on the port that was asked for."""


class Refused(Exception):
    """The Web API says no: `error` is Slack's code, `details` join it in the reply."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details


class DoorShut(Exception):
    """A door cannot do what was asked; the message says why, in words."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status
