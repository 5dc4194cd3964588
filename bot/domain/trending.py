"""What gained votes lately, as far as they were read: between two reads, and no further."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.paper import Listing

History = Sequence[tuple[date, int]]  # days and the votes at their end, in order


@dataclass(frozen=True, slots=True)
class Gain:
    """A paper, its votes at the beginning and at the end of some days."""

    listing: Listing
    then: int
    now: int
    since: date  # the first day, or the day on which it came up

    @property
    def votes(self) -> int:
        """How many it gained."""
        return self.now - self.then


def gain(
    listing: Listing, first: tuple[date, int], history: History, since: date, until: date
) -> Gain | None:
    """What a paper gained after the day `since`, up to `until`; None if it was not there yet.

    `first` is when it came up and with how many votes: who comes up later gains from there.
    """
    came_up, votes = first
    if came_up > until:
        return None
    known = [(came_up, votes), *history]
    now = [each for day, each in known if day <= until][-1]
    before = [each for day, each in known if day <= since and came_up <= since]
    then = before[-1] if before else votes
    return Gain(listing, then, now, max(since, came_up))


def rising(gains: Iterable[Gain]) -> list[Gain]:
    """Those that gained any, the most first; a tie goes by votes, then by id."""
    found = [each for each in gains if each.votes > 0]
    return sorted(found, key=lambda each: (-each.votes, -each.now, each.listing.paper.id))
