"""What people of a workspace think of a paper: one vote a person, for it or against it."""

from dataclasses import dataclass
from enum import IntEnum


class Vote(IntEnum):
    """One person's vote on one paper."""

    UP = 1
    DOWN = -1


@dataclass(frozen=True, slots=True)
class Tally:
    """A workspace's votes on one paper."""

    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a workspace did with a paper, and what of it was this person."""

    tally: Tally = Tally()
    vote: Vote | None = None  # this person's
    saved: bool = False  # by this person
    savers: tuple[str, ...] = ()  # ids of everybody here who keeps it, this person included
