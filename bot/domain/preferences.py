"""What people set about a digest beside its hour: size, days, look and topics."""

import re
from dataclasses import dataclass

from bot.domain.digest import LARGEST_SIZE, WORKDAYS, Look
from bot.domain.mistakes import shown
from bot.domain.query import canonical, parse_subscription
from bot.domain.suggest import did_you_mean
from bot.errors import BotError

DIGEST = "/papers digest"  # what the examples in refusals begin with
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY = frozenset(range(7))
_TOGETHER = {
    **dict.fromkeys(("every day", "everyday", "daily", "all"), _EVERY),
    **dict.fromkeys(("weekdays", "workdays", "working days"), WORKDAYS),
    **dict.fromkeys(("weekend", "weekends"), _EVERY - WORKDAYS),
}
_BETWEEN_DAYS = re.compile(r"\s*(?:[,;+&/]|\band\b|\s)\s*")
_SPAN = re.compile(r"\s*(?:-|\bto\b|\buntil\b|\bthrough\b)\s*")
_NUMBER = re.compile(r"[0-9]{1,4}")
_NONE = frozenset({"off", "none", "clear", "no", "everything"})


@dataclass(frozen=True, slots=True)
class Topics:
    """What a digest is about: a canonical query, or nothing."""

    text: str = ""
    only: bool = False  # nothing else is shown


class UnknownSize(BotError):
    """I need a number from 1 to 10, for example `/papers digest top 5`."""


class UnknownDays(BotError):
    """I need days, for example `/papers digest days mon-fri` or `days mon, wed, fri`."""


class UnknownLook(BotError):
    """I know the looks `compact`, `cards` and `threads`: `/papers digest look cards`."""


def parse_size(words: str) -> int:
    """`5`, `5 papers`. Raises UnknownSize."""
    number = re.sub(r"\s*papers?$", "", words.strip().lower())
    size = int(number) if _NUMBER.fullmatch(number) else 0
    if not 1 <= size <= LARGEST_SIZE:
        raise UnknownSize(_refusal(words, "as a number of papers", UnknownSize))
    return size


def parse_days(words: str) -> frozenset[int]:
    """`mon-fri`, `Monday, Wed and fri`, `weekdays`, `every day`. Raises UnknownDays."""
    said = " ".join(words.lower().split())
    if said in _TOGETHER:
        return _TOGETHER[said]
    parts = _BETWEEN_DAYS.split(_SPAN.sub("-", said)) if said else []
    days = [_span(part) for part in parts if part]
    if not days or not all(days):
        raise UnknownDays(_refusal(words, "as days", UnknownDays))
    return frozenset().union(*days)


def parse_look(words: str) -> Look:
    """`compact`, `cards`, `threads`. Raises UnknownLook."""
    said = words.strip().lower()
    meant = {**{each.value: each for each in Look}, "card": Look.CARDS, "thread": Look.THREADS}
    if said in meant:
        return meant[said]
    close = did_you_mean(said, [each.value for each in Look])
    mended = f"Did you mean `/papers digest look {close}`? " if close else ""
    raise UnknownLook(_refusal(words, "as a look", UnknownLook, mended))


def parse_topics(words: str) -> Topics:
    """A topic as `subscribe` reads it, `only` before it if no others come; empty for `off`.

    `"only"` in quotes is a word to look for. Raises QueryProblem.
    """
    first, _, rest = words.strip().partition(" ")
    only = first.lower() == "only"
    topic = rest.strip() if only else words.strip()
    if topic.lower() in _NONE:
        return Topics()
    return Topics(canonical(parse_subscription(topic)), only)


def _span(said: str) -> frozenset[int]:
    """One day, or those from one to another, over the weekend too; none where it is no day."""
    ends = [_day(each) for each in said.split("-")]
    match ends:
        case [int() as day]:
            return frozenset({day})
        case [int() as first, int() as last]:
            length = (last - first) % len(WEEK) + 1
            return frozenset((first + step) % len(WEEK) for step in range(length))
    return frozenset()


def _day(said: str) -> int | None:
    """`mon`, `mond`, `monday`, `mondays`: so much of a name that it is no other's."""
    name = said.removesuffix("s") if said.endswith("days") else said
    fits = [number for number, each in enumerate(_NAMES) if each.startswith(name)]
    return fits[0] if len(name) >= 2 and len(fits) == 1 else None


def _refusal(words: str, kind: str, error: type[BotError], mended: str = "") -> str:
    said = shown(words)
    lead = f"I can't read {said} {kind}. " if said else ""
    return lead + mended + str(error.__doc__)
