"""arXiv as it announces papers at the end of June 2026, as a test tells it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.domain.announcements import Announced, Feed, Kind
from bot.domain.paper import Paper
from bot.errors import SourceFailed
from tests.factories import a_paper

THURSDAY, FRIDAY = date(2026, 6, 25), date(2026, 6, 26)
MIDNIGHT = datetime(2026, 6, 26, 4, tzinfo=UTC)  # in New York
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOTH = ("cs.SD", "cs.HC")
SILENT = SourceFailed("arXiv: The answer was 429 Too Many Requests.")


def of(number: int, category: str = "cs.SD", **fields) -> Paper:
    given = {"categories": (category, "cs.RO"), "version": 1, "published": None}
    given["title"] = f"Paper number {number}"
    return a_paper(f"2606.{number:05d}", **{**given, **fields})


def some(first: int, count: int = 10, category: str = "cs.SD", kind: Kind = Kind.NEW):
    return [Announced(of(each, category), kind) for each in range(first, first + count)]


class ArxivAsTold:
    """Has this feed and these papers, or is silent; knows what it was asked."""

    def __init__(self) -> None:
        self.feed: Feed | None = Feed(FRIDAY, ())
        self.papers: dict[date, list[Paper]] = {}
        self.silent: dict[str, SourceFailed] = {}
        self.asked: list[str] = []
        self.known: list[dict[str, str]] = []

    def read_feed(self, categories: Sequence[str], known: Mapping[str, str]) -> Feed | None:
        self.asked.append("feed")
        self.known.append(dict(known))
        if "feed" in self.silent:
            raise self.silent["feed"]
        return self.feed

    def read_gap(self, categories: Sequence[str], first: datetime, last: datetime):
        self.asked.append(f"{','.join(categories)} until {last:%d %H}")
        if "api" in self.silent:
            raise self.silent["api"]
        found = self.papers.get(last.date(), [])
        return tuple(each for each in found if each.categories[0] in categories), ()
