"""One person's use of a query: how often to tell them, and how much at once."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.lexer import straighten
from bot.domain.query import canonical, parse_subscription
from bot.errors import QueryProblem

DEFAULT_SIZE = 5  # papers in one alert; the rest is counted
LARGEST = 10  # more would not fit one message
NAME_LIMIT = 40  # characters: a name is read in a line with its terms


class Cadence(StrEnum):
    """When a match is told: with the next read of a source, or gathered for a day or a week."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to be told, before it is stored."""

    text: str  # the canonical query
    cadence: Cadence = Cadence.NOW
    size: int = DEFAULT_SIZE
    name: str = ""  # what its owner calls it


@dataclass(frozen=True, slots=True)
class Subscription:
    """A stored wish of one person or one channel in one workspace."""

    id: int
    team_id: str
    audience: str
    wish: Wish
    created_at: datetime
    paused_until: datetime | None = None
    told_on: date | None = None  # the audience's last local date of an alert of this cadence
    created_by: str = ""

    @property
    def in_channel(self) -> bool:
        """Whether a channel is told, rather than a person."""
        return self.audience.startswith(("C", "G"))


class UnusableName(QueryProblem):
    """A name needs a letter, so that it is no number of your list: `as:"my topic"`."""


_OPTION = re.compile(
    r"\s+(?:(?P<cadence>now|daily|weekly)|max:(?P<size>\d{1,2})"
    r'|as:(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+)))\s*$',
    re.IGNORECASE,
)
_COMMON = frozenset({"all"})  # what `unsubscribe` reads as something else


def read_wish(text: str, cadence: Cadence = Cadence.NOW) -> Wish:
    """What `/papers subscribe` was told: a query, then options at the end of the line.

    A last word inside quotes belongs to the query. Raises QueryProblem.
    """
    size, name = DEFAULT_SIZE, ""
    while option := _OPTION.search(text):
        if option["cadence"]:
            cadence = Cadence(option["cadence"].lower())
        elif option["size"]:
            size = min(max(int(option["size"]), 1), LARGEST)
        else:
            name = read_name(option["quoted"] or option["word"] or "")
        text = text[: option.start()]
    return Wish(canonical(parse_subscription(text)), cadence, size, name)


def read_name(text: str) -> str:
    """What somebody calls a topic, in one line; empty where they do not. Raises UnusableName."""
    name = straighten(text).replace('"', "").strip()
    if not name:
        return ""
    if len(name) > NAME_LIMIT:
        raise UnusableName(f"A name has at most {NAME_LIMIT} characters. Choose a shorter one.")
    if name.lower() in _COMMON or not any(each.isalpha() for each in name):
        raise UnusableName
    return name
