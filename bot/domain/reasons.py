"""Why a person was sent a paper, or was not."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.matched import Matched
from bot.domain.paper import Listing


@dataclass(frozen=True, slots=True)
class Rule:
    """A topic that a paper matches, and what of the paper it found."""

    topic: str
    name: str  # what its owner calls it
    matched: Matched
    waits: bool = False  # the paper comes with the next alert on this topic


@dataclass(frozen=True, slots=True)
class Telling:
    """When an alert with a paper was made, and the topic that brought it."""

    at: datetime
    rule: Rule
    counted: bool  # among those that it did not show at once
    sent: bool  # and not on its way, or refused


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with the paper that no topic of theirs brought: its day, and why it is in it."""

    day: date
    reason: str  # as the digest says it; of a topic that the channel follows, the topic
    by_topic: bool = False
    picked_by: str = ""
    own: bool = False  # a person's own digest, and not a channel's


@dataclass(frozen=True, slots=True)
class Reasons:
    """A paper, its telling if there was one, and the other topics of this person that match it."""

    listing: Listing
    telling: Telling | None
    others: tuple[Rule, ...]
    muted: str = ""  # what this person mutes, as a query, that matches it too
    here: Shown | None = None  # in the channel where they ask, or in a digest of their own
