"""A list of everything that changed in a set of arXiv's since a day, read page by page."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.paper import Paper


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as it stands, and the day on which anything about it last changed."""

    paper: Paper
    changed: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list. With `token` it goes on; "" is its end."""

    records: tuple[Record, ...]
    deleted: tuple[str, ...] = ()  # ids of papers that arXiv does not have any more
    token: str = ""
    answered: datetime | None = None  # by arXiv's clock: where the next list begins
    problems: tuple[str, ...] = ()
