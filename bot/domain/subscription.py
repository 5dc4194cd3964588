"""One person's use of a query: how often to tell them, and how much at once."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.query import canonical, parse_subscription

DEFAULT_SIZE = 5  # papers in one alert; the rest is counted
LARGEST = 10  # more would not fit one message


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
    """A stored wish of one person in one workspace."""

    id: int
    team_id: str
    audience: str
    wish: Wish
    created_at: datetime
    paused_until: datetime | None = None


_OPTION = re.compile(
    r"\s+(?:(?P<cadence>now|daily|weekly)|max:(?P<size>\d{1,2}))\s*$", re.IGNORECASE
)


def read_wish(text: str, cadence: Cadence = Cadence.NOW) -> Wish:
    """What `/papers subscribe` was told: a query, then options at the end of the line.

    A last word inside quotes belongs to the query. Raises QueryProblem.
    """
    size = DEFAULT_SIZE
    while option := _OPTION.search(text):
        if option["cadence"]:
            cadence = Cadence(option["cadence"].lower())
        else:
            size = min(max(int(option["size"]), 1), LARGEST)
        text = text[: option.start()]
    return Wish(canonical(parse_subscription(text)), cadence, size)
