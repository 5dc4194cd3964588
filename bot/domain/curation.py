"""Which papers a digest shows, and why: a scored, explained choice, the same on every machine.

The weights of votes, authors and hours were chosen on days of June and July 2024 and measured on
later ones, whose settled votes are known (`tests.benchmarks.curation`). The others are judgement.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log1p
from types import MappingProxyType

from bot.domain.digest import Pick
from bot.domain.paper import Listing
from bot.domain.titles import are_alike
from bot.domain.votes import Tally

# Of five places a source has four at most, an organisation two, and so have papers alike by title.
SHARE_OF_SOURCE, SHARE_OF_ORGANIZATION, SHARE_OF_TOPIC = 0.8, 0.4, 0.4
# Votes of the first hours say little of a paper that has been up for fewer.
YOUNG = 12.0  # hours
RISEN_MUCH = 1 / 3  # of its votes: then that it rose says more than how many they are
# Papers of many authors are voted on all day; whether thirty or five hundred tells nothing.
MOST_AUTHORS = 30


class Part(StrEnum):
    """What may speak for a paper, or against it."""

    VOTES = "votes"
    RISEN = "risen"
    TEAM = "team"
    SAVES = "saves"
    TOPIC = "topic"
    CODE = "code"
    MEDIA = "media"
    FRESH = "fresh"
    AUTHORS = "authors"


_WANTED = {Part.VOTES, Part.TEAM, Part.SAVES, Part.TOPIC}  # parts that people gave

# Counts go in as logarithms: twice the votes are worth 0.7, wherever they began.
WEIGHTS: Mapping[Part, float] = MappingProxyType(
    {
        Part.VOTES: 1.0,
        Part.RISEN: 0.1,  # for papers that are shown late: most rise on their first day
        Part.TEAM: 1.0,  # one colleague's vote is worth as much as doubling the others'
        Part.SAVES: 0.5,
        Part.TOPIC: 3.0,  # before any paper with up to twenty times its votes
        Part.CODE: 0.1,  # between papers of like votes, no more
        Part.MEDIA: 0.05,
        Part.FRESH: 0.02,  # for each hour
        Part.AUTHORS: 0.2,
    }
)


NOBODY = Tally()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that a digest may show, and all that is known for and against it."""

    listing: Listing
    risen: int = 0  # votes since it was first read
    since: date | None = None  # the day of that read, where it was another
    tally: Tally = NOBODY  # votes here
    savers: int = 0  # people here who keep it
    topic: str = ""  # what of the channel's topics it is about, as people wrote it
    hours: float = YOUNG  # since it came up
    picked_by: str = ""  # who wants it in: it comes, whatever its score


Score = Mapping[Part, float]


def choose(candidates: Iterable[Candidate], size: int) -> list[Pick]:
    """The papers of a digest: what people picked first, then the highest scores.

    A source, an organisation or a topic has more than its share only where nothing else is left;
    for a source, where nothing else is left that anybody voted or asked for.
    """
    found = sorted(candidates, key=_order)
    chosen = [each for each in found if each.picked_by][:size]
    for room in (_has_room_for_others, _has_room, _has_any):
        for each in found:
            if len(chosen) < size and each not in chosen and room(each, chosen, size):
                chosen.append(each)
    return [_pick(each) for each in chosen]


def score(candidate: Candidate) -> Score:
    """How much each part speaks for a paper, or against it; what says nothing is left out."""
    told = {part: WEIGHTS[part] * value(candidate) for part, value in _VALUES.items()}
    return {part: points for part, points in told.items() if points}


def reason(candidate: Candidate) -> str:
    """Why this paper is here, in a few words: what people asked for and did before mere votes."""
    listing, here = candidate.listing, candidate.tally.up - candidate.tally.down
    if candidate.topic:
        return f"matches {candidate.topic}"
    if here > 0:
        return f"{_counted(here, 'vote')} here"
    if candidate.savers:
        return f"saved by {candidate.savers:,} here"
    if candidate.since and candidate.risen > listing.upvotes * RISEN_MUCH:
        return f"{_counted(candidate.risen, 'vote')} since {candidate.since:%A}"
    return _counted(listing.upvotes, "vote") if listing.upvotes else "no votes yet"


def _order(candidate: Candidate) -> tuple[float, str]:
    """Ties go by id, so that every machine chooses the same."""
    return -sum(score(candidate).values()), candidate.listing.paper.id


def _has_room_for_others(candidate: Candidate, chosen: Sequence[Candidate], size: int) -> bool:
    """Whether somebody wants it, and all it shares with those chosen before has places left."""
    of_source = sum(candidate.listing.source == each.listing.source for each in chosen)
    return (
        any(points > 0 for part, points in score(candidate).items() if part in _WANTED)
        and of_source < places(size, SHARE_OF_SOURCE)
        and _has_room(candidate, chosen, size)
    )


def _has_room(candidate: Candidate, chosen: Sequence[Candidate], size: int) -> bool:
    """The same, whoever wants it and whatever its source."""
    paper = candidate.listing.paper
    others = [each.listing.paper for each in chosen]
    name = paper.organization.casefold()
    of_house = sum(bool(name) and name == each.organization.casefold() for each in others)
    if of_house >= places(size, SHARE_OF_ORGANIZATION):
        return False
    alike = sum(are_alike(paper.title, each.title) for each in others)
    return alike < places(size, SHARE_OF_TOPIC)


def _has_any(*_: object) -> bool:
    return True


def places(size: int, share: float) -> int:
    """How many of so many places a share is: always one at least."""
    return max(1, int(size * share))


def _pick(candidate: Candidate) -> Pick:
    told = tuple((part.value, round(points, 2)) for part, points in score(candidate).items())
    return Pick(candidate.listing.paper.id, reason(candidate), candidate.picked_by, told)


def _signed(net: int) -> float:
    return log1p(net) if net >= 0 else -log1p(-net)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


_VALUES: Mapping[Part, Callable[[Candidate], float]] = {
    Part.VOTES: lambda each: log1p(each.listing.upvotes),
    Part.RISEN: lambda each: log1p(each.risen) if each.since else 0.0,
    Part.TEAM: lambda each: _signed(each.tally.up - each.tally.down),
    Part.SAVES: lambda each: log1p(each.savers),
    Part.TOPIC: lambda each: float(bool(each.topic)),
    Part.CODE: lambda each: float(bool(each.listing.paper.code_url)),
    Part.MEDIA: lambda each: float(bool(each.listing.paper.media_urls)),
    Part.FRESH: lambda each: max(YOUNG - each.hours, 0.0),
    Part.AUTHORS: lambda each: log1p(min(len(each.listing.paper.authors), MOST_AUTHORS)),
}
