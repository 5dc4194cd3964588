"""Which papers a digest shows, and why: a deterministic choice from candidates."""

from collections.abc import Sequence

from bot.domain.digest import Pick
from bot.domain.paper import Listing


def choose(candidates: Sequence[Listing], size: int) -> list[Pick]:
    """The papers with the most votes; ties by id, so that every machine chooses the same."""
    best = sorted(candidates, key=lambda each: (-each.upvotes, each.paper.id))
    return [Pick(each.paper.id, reason(each)) for each in best[:size]]


def reason(listing: Listing) -> str:
    """Why this paper is here, in a few words."""
    match listing.upvotes:
        case 0:
            return "no votes yet"
        case 1:
            return "1 vote"
        case votes:
            return f"{votes} votes"
