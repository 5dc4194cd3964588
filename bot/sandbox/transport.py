"""What both ways to the bot have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.store import Json

ACK_SECONDS = 3.0  # of real time; then Slack gives up

# The two errors a person sees behind a slash command that failed.
TIMEOUT = "operation_timeout"
NOBODY = "dispatch_failed"


@dataclass(frozen=True, slots=True)
class Letter:
    """A payload for the bot.

    `kind` is Socket Mode's word: `slash_commands`, `interactive` or `events_api`. `retry` and
    `reason` are set on an event that was not acknowledged before.
    """

    kind: str
    payload: Json
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, and the body as the bot wrote it.

    `error` is set when there was no proper acknowledgement.
    """

    status: int
    body: Any = None
    error: str | None = None
    no_retry: bool = False
    ms: float = 0.0


# Called once with the answer, before anything that the bot does after answering.
Then = Callable[[Answer], None]


def nothing(answer: Answer) -> None:
    """Where an answer has no consequences."""


def timed_out() -> Answer:
    return Answer(504, error=TIMEOUT)


def nobody_there() -> Answer:
    return Answer(503, error=NOBODY)
