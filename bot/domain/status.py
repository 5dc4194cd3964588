"""How things stand: what is stored, what is owed, and what went wrong last."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.delivery import State
from bot.domain.digest import ChannelDigest
from bot.domain.paper import Fetch


@dataclass(frozen=True, slots=True)
class Status:
    """Sources, what is owed to a workspace, and what went wrong last. No topic, no name."""

    papers: int
    reads: tuple[Fetch, ...]
    digests: tuple[ChannelDigest, ...]
    owed: Mapping[State, int]
    last_error: str | None
    zone: ZoneInfo  # of whoever asks
