"""A message owed to a channel or a person, and what becomes of an attempt to send it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

MAX_ATTEMPTS = 12  # refusals, over about four hours; then it is parked and reported
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)


class State(StrEnum):
    """Where a delivery stands. A claim is a lease on a pending one, not a state of its own."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"  # refused for good, or given up
    HELD = "held"  # may have arrived and cannot be checked: a person decides


@dataclass(frozen=True, slots=True)
class Delivery:
    """One claimed row of the outbox. Marks count only under the fence of this claim."""

    id: str
    team_id: str
    kind: str  # "digest", "alert", "announcement" or "welcome"
    audience: str  # a channel's id, or a person's: they get a DM
    content: dict[str, Any]
    fence: int
    attempts: int
    ambiguous: bool
    first_attempt_at: datetime | None
    channel_id: str | None

    @property
    def is_personal(self) -> bool:
        """People's ids start with U, or W on an enterprise grid; conversations with C, G or D."""
        return self.audience[:1] in {"U", "W"}


def retry_delay(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many refusals; `jitter`, 0 to 1, spreads them out."""
    steady: timedelta = min(FIRST_RETRY * 2 ** min(attempts, 16), LONGEST_RETRY)
    return steady * (0.5 + jitter / 2)
