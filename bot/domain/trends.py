"""How often papers on a topic come: counted by the week, over a year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.query import Query, parse_subscription
from bot.errors import QueryProblem

WEEKS = 52
MOST = 5  # topics; of more, nobody tells the lines apart


class NothingToCount(QueryProblem):
    """Tell me what to count, for example `/papers trends diffusion, flow matching`."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A topic as canonical text, and its papers in each week, the earliest first."""

    topic: str
    weeks: tuple[int, ...]
    is_exact: bool = True  # else an estimate from a sample

    @property
    def total(self) -> int:
        """All papers of the year."""
        return sum(self.weeks)


@dataclass(frozen=True, slots=True)
class Trends:
    """Several topics in the same weeks, which end with the day `last`."""

    last: date
    each: tuple[Trend, ...]

    @property
    def first(self) -> date:
        """The day on which the first week begins."""
        return first_day(self.last)


def first_day(last: date) -> date:
    """The first day of the WEEKS that end with this one."""
    return last - timedelta(days=7 * WEEKS - 1)


def by_week(days: Iterable[date], last: date) -> tuple[int, ...]:
    """How many of these days fall into each of the WEEKS that end with `last`."""
    weeks = [0] * WEEKS
    for day in days:
        week = (day - first_day(last)).days // 7
        if 0 <= week < WEEKS:
            weeks[week] += 1
    return tuple(weeks)


def scaled(weeks: Sequence[int], share: float) -> tuple[int, ...]:
    """The part of each week's count that is a match, as far as a sample tells."""
    return tuple(round(count * share) for count in weeks)


def read_topics(text: str) -> list[Query]:
    """The topics that commas part, each once. Raises QueryProblem, whatever the text."""
    topics = list(dict.fromkeys(map(parse_subscription, _parted(text))))
    if not topics:
        raise NothingToCount
    if len(topics) > MOST:
        raise QueryProblem(f"Those are {len(topics)} topics; I compare {MOST} at most.")
    return topics


def _parted(text: str) -> Iterator[str]:
    """What stands between commas, but for those in quotes, parentheses and numbers."""
    depth, start, is_quoted = 0, 0, False
    for at, mark in enumerate(text):
        is_quoted ^= mark == '"'
        if is_quoted:
            continue
        depth = max(depth + (mark == "(") - (mark == ")"), 0)
        if mark == "," and not depth and not _is_in_number(text, at):
            yield from filter(None, [text[start:at].strip()])
            start = at + 1
    yield from filter(None, [text[start:].strip()])


def _is_in_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
