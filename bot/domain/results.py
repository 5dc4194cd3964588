"""What a search found, and how its words were understood."""

from dataclasses import dataclass, field

from bot.domain.matched import Matched
from bot.domain.paper import Listing

BY_MEANING = "close in meaning"


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper found, and how well it fits; scores compare within one search only."""

    listing: Listing
    score: float
    matched: Matched = field(default_factory=Matched)  # the words asked for, and where they stand
    why: str = ""  # in a few words, where they alone do not say it
    is_stored: bool = True  # else it was fetched to be shown, and nothing can be done with it here


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and where this page starts."""

    query: str  # as it was typed
    hits: tuple[Hit, ...]
    start: int
    total: int
    is_capped: bool = False  # there may be more than `total`: not every candidate was looked at
    corrected: str = ""  # what was searched instead, if a word of the query is known to no paper
    broader: str = ""  # a query that finds something where this one finds nothing
