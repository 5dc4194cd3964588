"""What a search is told beside its words: since when, until when, and what comes first."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.mistakes import shown
from bot.errors import QueryProblem

LONGEST_SHOWN = 24  # characters of a value that I cannot take
_OPTION = re.compile(r"(?P<name>since|until|sort):(?P<value>.+)", re.IGNORECASE)
_AGO = re.compile(r"(?P<count>[0-9]{1,3})(?P<unit>[dwmy])", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEK = 7
_YEAR = 12  # months


class Sort(StrEnum):
    """What comes first: what fits best, what was published last, or what has most votes."""

    BEST = "best"
    NEW = "new"
    TOP = "top"


@dataclass(frozen=True, slots=True)
class Options:
    """Days of publication, both included, and the order; None leaves an end open."""

    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.BEST


class UnknownDay(QueryProblem):
    """Days are written `since:7d`, `since:4w`, `since:3m` or `since:2026-10-01`."""


class UnknownSort(QueryProblem):
    """I sort by `sort:best`, `sort:new` or `sort:top`."""


class NothingBetween(QueryProblem):
    """`since:` is later than `until:`. Swap them."""


class NotForTopics(QueryProblem):
    """`since:`, `until:` and `sort:` belong to `/papers search`. Leave them out of a topic."""


def is_option(word: str) -> bool:
    """Whether a plain word of a query is one; its value may still be none that I can take."""
    return _OPTION.fullmatch(word) is not None


def read_options(words: list[str], today: date | None) -> Options:
    """All of them together; of two of a kind the later counts. Raises QueryProblem."""
    options = Options()
    for found in filter(None, map(_OPTION.fullmatch, words)):
        name, value = found["name"].lower(), found["value"]
        if name == "sort":
            options = replace(options, sort=_sort(value))
        elif name == "since":
            options = replace(options, since=_day(name, value, today))
        else:
            options = replace(options, until=_day(name, value, today))
    if options.since and options.until and options.since > options.until:
        raise NothingBetween
    return options


def _sort(value: str) -> Sort:
    try:
        return Sort(value.lower())
    except ValueError:
        said = shown(f"sort:{value}", LONGEST_SHOWN)
        raise UnknownSort(f"I can't take {said}. {UnknownSort.__doc__}") from None


def _day(name: str, value: str, today: date | None) -> date:
    ago = _AGO.fullmatch(value)
    try:
        if ago and today:
            return _before(today, int(ago["count"]), ago["unit"].lower())
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:  # the 31st of June
        pass
    said = shown(f"{name}:{value}", LONGEST_SHOWN)
    raise UnknownDay(f"I can't take {said}. {UnknownDay.__doc__}")


def _before(today: date, count: int, unit: str) -> date:
    """The day so long ago; the last of a month that has no such day."""
    if unit in "dw":
        return today - timedelta(days=count * (_WEEK if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - count * (_YEAR if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
