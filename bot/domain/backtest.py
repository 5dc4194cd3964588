"""What a topic would have sent, and which other topic is worth an offer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from bot.domain.paper import Listing
from bot.domain.subscription import Wish

DAYS = 30
WEEKS = 4
MANY = 5  # papers a day; more than that, and people stop reading
# Of two ways to narrow a topic, the one that leaves nearest to this many papers is offered.
READABLE = 30  # in DAYS
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Volume:
    """How many papers a topic would have sent in the last days; of very many, an estimate."""

    papers: int
    weeks: tuple[int, ...] = ()  # the last whole weeks, the latest first
    is_exact: bool = True
    days: int = DAYS  # as far back as papers are stored, DAYS at most

    @property
    def is_too_much(self) -> bool:
        """Whether it is more than people read."""
        return self.papers > MANY * self.days


@dataclass(frozen=True, slots=True)
class Offer:
    """Another topic, and what it would have sent."""

    wish: Wish
    volume: Volume


@dataclass(frozen=True, slots=True)
class Preview:
    """A topic tried on stored papers before anything is stored."""

    wish: Wish
    volume: Volume
    examples: tuple[Listing, ...] = ()  # the latest
    known: bool = False  # it is followed already
    narrower: Offer | None = None
    broader: Offer | None = None
    unknown: tuple[str, ...] = ()  # words that occur in no paper
    corrected: Offer | None = None  # the topic with the nearest known words in their place
    muted: int = 0  # papers that match it and are not counted, as its reader mutes them


def volume(listed: Iterable[date], today: date, days: int, sampled: float = 1.0) -> Volume:
    """The volume of papers first listed on these dates, of the last so many days.

    `sampled` is the part of the papers that was looked at.
    """
    ages = [(today - day).days for day in listed]
    weeks = Counter(age // 7 for age in ages)
    return Volume(
        round(len(ages) / sampled),
        tuple(round(weeks[week] / sampled) for week in range(min(WEEKS, days // 7))),
        is_exact=sampled == 1,
        days=days,
    )


def days_stored(today: date, first: date | None) -> int:
    """How many days a topic is tried on, where papers are stored from a first day on."""
    return min(DAYS, max((today - first).days + 1, 1)) if first else DAYS


def first_day(today: date) -> date:
    """The first of the days that a topic is tried on."""
    return today - timedelta(days=DAYS - 1)


def nearest_readable(offers: Iterable[Offer], to: Volume) -> Offer | None:
    """Of narrower topics, the one that leaves the most readable number of papers, if any does."""
    fewer = [each for each in offers if 0 < each.volume.papers <= 0.7 * to.papers]
    return min(fewer, key=lambda each: abs(log(each.volume.papers / READABLE)), default=None)


def least_more(offers: Iterable[Offer], to: Volume) -> Offer | None:
    """Of broader topics, the one that adds least and still something worth adding."""
    more = [each for each in offers if each.volume.papers >= 1.3 * to.papers + 1]
    return min(more, key=lambda each: each.volume.papers, default=None)
