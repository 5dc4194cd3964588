"""What a channel's digest is: its settings, the papers chosen for an edition, and the receipt."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

WORKDAYS = frozenset(range(5))
DEFAULT_TIME = time(9)
DEFAULT_SIZE = 5
LARGEST_SIZE = 10  # as many cards as fit side by side, and a message full of papers
DAILY = "daily"


class Look(StrEnum):
    """How a digest looks."""

    COMPACT = "compact"  # one message, a paper in a few lines
    CARDS = "cards"  # one message, papers side by side with their pictures
    THREADS = "threads"  # a list, and below it a reply for each paper, to be talked about


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a digest goes out, in local time."""

    at: time
    zone: ZoneInfo
    weekdays: frozenset[int] = WORKDAYS  # Monday is 0


@dataclass(frozen=True, slots=True)
class ChannelDigest:
    """One channel's settings. Off while `next_due_at` is None."""

    team_id: str
    channel_id: str
    schedule: Schedule
    size: int
    set_by: str
    next_due_at: datetime | None
    look: Look = Look.COMPACT
    topics: str = ""  # a canonical query: papers on these come first

    @classmethod
    def unset(cls, team_id: str, channel_id: str, zone: ZoneInfo) -> "ChannelDigest":
        """What a channel has before anybody sets anything: off; nine on workdays, five papers."""
        return cls(team_id, channel_id, Schedule(DEFAULT_TIME, zone), DEFAULT_SIZE, "", None)


@dataclass(frozen=True, slots=True)
class Pick:
    """A paper chosen for an edition, and why, in a few words."""

    paper_id: str
    reason: str
    picked_by: str = ""  # whoever wanted it in
    score: tuple[tuple[str, float], ...] = ()  # what spoke for it, and how much


@dataclass(frozen=True, slots=True)
class SourceRead:
    """What one source had for a digest: part of its receipt."""

    source: str
    day: date
    read_at: datetime | None  # None: never answered
    error: str | None
    late: tuple[str, ...] = ()  # parts of it that should have come and did not
    title: str = ""  # what a feed calls itself


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an edition's papers came from and what was left out."""

    candidates: int
    reads: tuple[SourceRead, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest for one channel on one local date."""

    team_id: str
    audience: str
    local_date: date
    slot: str
    made_at: datetime
    picks: tuple[Pick, ...]
    receipt: Receipt
    covers_from: date | None = None  # the first date that it makes up for, after days away
