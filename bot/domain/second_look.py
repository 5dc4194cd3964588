"""Which papers get a second look: what rose after a channel's digests passed on it.

Scored as a digest is, by parts with a name; what did not rise much has no place at all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import log, log1p
from types import MappingProxyType

from bot.domain.curation import Candidate
from bot.domain.digest import Pick

LEAST_RISEN = 10  # votes, and
RISEN_BY = 0.5  # of those it had: from 3 to 13 rose, from 300 to 310 did not
LOOKED_BACK = timedelta(days=14)  # so long are votes read again
MOST = 3
WEEK = timedelta(days=7)


class Part(StrEnum):
    """What may speak for a second look, or against it."""

    RISEN = "risen"
    TIMES = "times"
    TEAM = "team"
    SAVES = "saves"
    TOPIC = "topic"


# Judgement: how much a paper rose leads; how many times its votes counts among those alike.
WEIGHTS: Mapping[Part, float] = MappingProxyType(
    {Part.RISEN: 1.0, Part.TIMES: 0.3, Part.TEAM: 1.0, Part.SAVES: 0.5, Part.TOPIC: 1.0}
)


@dataclass(frozen=True, slots=True)
class Riser:
    """A paper that a digest here did not choose, its votes then, and on which day that was."""

    candidate: Candidate
    then: int
    passed_on: date

    @property
    def now(self) -> int:
        """Its votes as last read."""
        return self.candidate.listing.upvotes

    @property
    def has_risen(self) -> bool:
        """Enough to be looked at again."""
        gained = self.now - self.then
        return gained >= LEAST_RISEN and gained >= self.then * RISEN_BY


Score = Mapping[Part, float]


def choose(risers: Iterable[Riser], today: date, size: int = MOST) -> list[Pick]:
    """The papers of a second look, the highest scores first; ties go by id."""
    found = sorted((each for each in risers if each.has_risen), key=_order)
    return [_pick(each, today) for each in found[:size]]


def score(riser: Riser) -> Score:
    """How much each part speaks for it; what says nothing is left out."""
    told = {part: WEIGHTS[part] * value(riser) for part, value in _VALUES.items()}
    return {part: points for part, points in told.items() if points}


def reason(riser: Riser, today: date) -> str:
    """`risen since Tuesday: 3 → 118 votes`; a day of an earlier week has its date."""
    day = riser.passed_on
    since = f"{day:%A}" if today - day < WEEK else f"{day:%a} {day.day} {day:%b}"
    return f"risen since {since}: {riser.then:,} → {riser.now:,} votes"


def _order(riser: Riser) -> tuple[float, str]:
    return -sum(score(riser).values()), riser.candidate.listing.paper.id


def _pick(riser: Riser, today: date) -> Pick:
    told = tuple((part.value, round(points, 2)) for part, points in score(riser).items())
    return Pick(riser.candidate.listing.paper.id, reason(riser, today), "", told)


def _net(riser: Riser) -> float:
    net = riser.candidate.tally.up - riser.candidate.tally.down
    return log1p(net) if net >= 0 else -log1p(-net)


_VALUES: Mapping[Part, Callable[[Riser], float]] = {
    Part.RISEN: lambda each: log1p(max(each.now - each.then, 0)),
    Part.TIMES: lambda each: log((each.now + 1) / (each.then + 1)),
    Part.TEAM: _net,
    Part.SAVES: lambda each: log1p(each.candidate.savers),
    Part.TOPIC: lambda each: float(bool(each.candidate.topic)),
}
