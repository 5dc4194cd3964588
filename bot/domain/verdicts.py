"""What the people of a channel decide about its next digest: a paper picked, skipped, moved up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")


class Decision(StrEnum):
    """What was decided about a paper."""

    PICK = "pick"  # it comes, whatever its votes
    SKIP = "skip"  # it does not come
    MOVE = "move"  # if it comes, it stands where it was put


@dataclass(frozen=True, slots=True)
class Verdict:
    """One paper's standing in one channel, and who gave it."""

    paper_id: str
    decision: Decision
    by: str
    at: datetime
    place: int | None = None  # in the digest, from 1 on, where somebody moved it


def arranged(
    items: Sequence[tuple[str, Item]], verdicts: Iterable[Verdict]
) -> list[tuple[str, Item]]:
    """Things by paper id in their order, and those that were moved at the places they were given.

    Picks come in the order in which they are given; the last one moved to a place has it.
    """
    places = {each.paper_id: (each.place, each.at) for each in verdicts if each.place}
    rest = [each for each in items if each[0] not in places]
    moved = sorted((places[each[0]], each) for each in items if each[0] in places)
    for (place, _), each in moved:
        rest.insert(min(place or 1, len(rest) + 1) - 1, each)
    return rest
