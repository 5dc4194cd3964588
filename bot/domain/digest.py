"""What a digest is: its settings, the papers chosen for an edition, and the receipt."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.audience import is_person
from bot.domain.spans import Span

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
class Digest:
    """What one channel, or one person, set about their digest. Off while `next_due_at` is None."""

    team_id: str
    audience: str
    schedule: Schedule
    size: int
    set_by: str
    next_due_at: datetime | None
    look: Look = Look.COMPACT
    topics: str = ""  # a canonical query: papers on these come first
    only_topics: bool = False  # and no others come
    refused_look: Look | None = None  # Slack refused it here: editions are compact since
    paused_until: datetime | None = None  # a person's; what is due meanwhile comes afterwards
    change: int = 0  # counts changes, so that only the last of them is undone

    @classmethod
    def unset(
        cls, team_id: str, audience: str, zone: ZoneInfo, at: time = DEFAULT_TIME
    ) -> "Digest":
        """What stands before anybody sets anything: off; nine on workdays, five papers."""
        return cls(team_id, audience, Schedule(at, zone), DEFAULT_SIZE, "", None)

    def awake(self, now: datetime) -> "Digest":
        """The same without a pause that is over."""
        is_over = self.paused_until is not None and self.paused_until <= now
        return replace(self, paused_until=None) if is_over else self

    @property
    def is_personal(self) -> bool:
        """Whether a person gets it, in direct messages."""
        return is_person(self.audience)

    @property
    def shown_look(self) -> Look:
        """The look of the next edition."""
        return Look.COMPACT if self.look is self.refused_look else self.look


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
    listed: int | None = None  # papers of this edition that it listed; None: nobody counted
    crossed: int = 0  # of them, those of categories that are not followed
    on_list: int | None = None  # papers on that list when it was last read


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an edition's papers came from and what was left out."""

    candidates: int
    reads: tuple[SourceRead, ...]
    seen: int = 0  # left out, as they were shown here before
    skipped: int = 0  # left out by people
    off_topic: int = 0  # left out beside the candidates, as the digest is on its topics alone
    muted: int = 0  # left out for a person
    in_channels: int = 0  # left out for a person, whom a channel of theirs has shown them


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest for one channel or person on one local date."""

    team_id: str
    audience: str
    local_date: date
    slot: str
    made_at: datetime
    picks: tuple[Pick, ...]
    receipt: Receipt
    covers_from: date | None = None  # the first date that it makes up for, after days away
    only: str = ""  # the topics that alone may be in it, a canonical query
    span: Span | None = None  # of a round-up: the days it is about, and more

    @property
    def is_personal(self) -> bool:
        """Whether a person gets it, in direct messages."""
        return is_person(self.audience)
