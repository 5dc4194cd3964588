"""How things stand: what is stored, what is owed, and what went wrong last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.delivery import State
from bot.domain.digest import Digest
from bot.domain.feeds import Standing
from bot.domain.paper import Fetch
from bot.domain.round_ups import RoundUp


@dataclass(frozen=True, slots=True)
class NextRead:
    """When a source is read again. `is_overdue`: that was a while ago, so nothing ticks."""

    at: datetime
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message that is not tried again by itself: refused for good, given up, or held."""

    kind: str
    channel_id: str  # empty: somebody's direct messages
    is_mine: bool  # of whoever asks; whose the others are is nobody's business
    state: State
    since: datetime
    reason: str  # Slack's word, or ours


@dataclass(frozen=True, slots=True)
class Stopped:
    """Slack refuses the bot's token: nothing goes out to the workspace."""

    reason: str  # Slack's word
    since: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """Sources, what is owed to a workspace, and what went wrong last. No topic, no name."""

    papers: int
    reads: tuple[Fetch, ...]
    digests: tuple[Digest, ...]  # of channels
    owed: Mapping[State, int]
    last_error: str | None
    zone: ZoneInfo  # of whoever asks
    next_reads: Mapping[str, NextRead] = field(default_factory=dict)  # by source
    stuck: tuple[Stuck, ...] = ()  # the latest first, and not all of many
    stopped: Stopped | None = None
    round_ups: tuple[RoundUp, ...] = ()  # the next one first
    mine: Digest | None = None  # the digest of whoever asks
    late: tuple[str, ...] = ()  # categories whose announcement did not come when it should
    feeds: Mapping[str, Standing] = field(default_factory=dict)  # by source
