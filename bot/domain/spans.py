"""What a round-up says beside its papers: the days, what was seen before, and topics in numbers."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.paper import Listing
from bot.domain.plurals import singular
from bot.domain.titles import telling_words

MOST = 6  # topics in a chart; more are hard to tell apart
LEAST_PAPERS = 2  # of one: then it says something about a week
LETTERS = 4  # of a word in a title that may be a topic


class Basis(StrEnum):
    """What the topics of a chart are."""

    TOPICS = "topics"  # what the channel wants or follows
    KEYWORDS = "keywords"  # what the papers' summaries name most often
    CATEGORIES = "categories"  # arXiv's
    TITLES = "titles"  # words of them


@dataclass(frozen=True, slots=True)
class Share:
    """A topic's part of some days: how many papers, and the votes on them."""

    topic: str
    papers: int
    votes: int


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a round-up, and what it has beside the papers that it shows in full."""

    first: date
    last: date
    risers: tuple[str, ...] = ()  # those of its papers that a second look brought
    seen: tuple[str, ...] = ()  # the best that this channel saw before, in short
    shares: tuple[Share, ...] = ()
    basis: Basis = Basis.TOPICS
    counted: int = 0  # papers that the shares are of


About = Callable[[Listing], Iterable[str]]


def shares_of_topics(listings: Sequence[Listing], about: About) -> tuple[Share, ...]:
    """Each topic that any of these papers is about, most papers first."""
    return _most(_counted(listings, about))


def shares_by_themselves(listings: Sequence[Listing]) -> tuple[Basis, tuple[Share, ...]]:
    """What papers have most in common: keywords, else categories, else words of their titles.

    A keyword is the same in capitals and in small letters.
    """
    for basis, about in _COMMON.items():
        found = [each for each in _counted(listings, about) if each.papers >= LEAST_PAPERS]
        if found:
            return basis, _most(found)
    return Basis.TITLES, ()


def _title_words(listing: Listing) -> Iterable[str]:
    words = map(singular, telling_words(listing.paper.title))
    return (word for word in words if len(word) >= LETTERS and word.isalpha())


def _keywords(listing: Listing) -> Iterable[str]:
    return (" ".join(each.casefold().split()) for each in listing.paper.keywords)


def _counted(listings: Sequence[Listing], about: About) -> list[Share]:
    papers: Counter[str] = Counter()
    votes: Counter[str] = Counter()
    for listing in listings:
        for topic in filter(None, dict.fromkeys(about(listing))):
            papers[topic] += 1
            votes[topic] += listing.upvotes
    return [Share(topic, count, votes[topic]) for topic, count in papers.items()]


def _most(shares: Iterable[Share]) -> tuple[Share, ...]:
    """A tie goes by votes, then by name, so that it is the same everywhere."""
    return tuple(sorted(shares, key=lambda each: (-each.papers, -each.votes, each.topic))[:MOST])


_COMMON: dict[Basis, About] = {
    Basis.KEYWORDS: _keywords,
    Basis.CATEGORIES: lambda each: each.paper.categories[:1],
    Basis.TITLES: _title_words,
}
