"""A message owed to a channel or a person, at which pace, and what becomes of an attempt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.audience import is_person

MAX_ATTEMPTS = 12  # refusals, over about four hours; then it is parked and reported
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
# A history may show a message late: one in doubt is not looked for sooner.
SETTLING = timedelta(minutes=1)
# Two machines' clocks differ by less. What lies further ahead was written by one that jumped back.
SKEW = timedelta(minutes=5)


class State(StrEnum):
    """Where a delivery stands. One in a worker's hands is `sending`, for as long as its lease."""

    PENDING = "pending"
    SENDING = "sending"
    RETRY = "retry"  # refused, or in doubt: waits to be tried again
    SENT = "sent"
    DEAD = "dead"  # refused for good, or given up
    HELD = "held"  # may have arrived and cannot be checked: a person decides


@dataclass(frozen=True, slots=True)
class Pace:
    """One message in so much time, and after a rest so many at once."""

    every: timedelta
    burst: int


@dataclass(frozen=True, slots=True)
class Paces:
    """How fast Slack may be asked."""

    workspace: Pace
    channel: Pace  # a person's DM is one
    looking: Pace  # a workspace's histories


# Slack lets about one message a second into a channel and several hundred a minute into a
# workspace, and answers some fifty questions a minute for a history (docs: rate limits).
SLACK_PACES = Paces(
    workspace=Pace(timedelta(milliseconds=200), burst=60),
    channel=Pace(timedelta(seconds=1), burst=3),
    looking=Pace(timedelta(milliseconds=1200), burst=20),
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One claimed row of the outbox. Marks count only under the fence of this claim."""

    id: str
    team_id: str
    # "digest", "reply", "alert", "announcement", "welcome", "notice", "verdict" or "share"
    kind: str
    audience: str  # a channel's id, or a person's: they get a DM
    content: dict[str, Any]
    fence: int
    attempts: int
    ambiguous: bool
    first_attempt_at: datetime | None
    channel_id: str | None

    @property
    def is_personal(self) -> bool:
        """Whether a person gets it, in direct messages."""
        return is_person(self.audience)

    @property
    def may_repeat(self) -> bool:
        """Whether one that may have arrived is better told twice, and marked, than not at all.

        A digest is long and a welcome says little: a whole channel would read either again. Of an
        alert, a change or a stop somebody must learn.
        """
        return self.kind not in {"digest", "reply", "welcome"}


def retry_delay(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many refusals; `jitter`, 0 to 1, spreads them out."""
    steady: timedelta = min(FIRST_RETRY * 2 ** min(attempts, 16), LONGEST_RETRY)
    return steady * (0.5 + jitter / 2)
