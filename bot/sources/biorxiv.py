"""bioRxiv and medRxiv: what was posted from one day to another, page by page.

Their API counts in rows and gives pages of whatever length it likes; a wrong step is answered in
good order all the same. So the cursor moves by as many rows as came, until there are as many as the
answer says there are. Numbers come as numbers or as text.
"""

import json
import random
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import httpx

from bot.domain.feeds import Entry, Found, rhythm
from bot.domain.paper import Paper
from bot.domain.withdrawal import says_withdrawn
from bot.errors import SourceFailed
from bot.sources.arxiv_fields import midnight
from bot.sources.feed_entry import categories, given_first
from bot.sources.feed_ids import doi
from bot.sources.fields import count, mapping, sequence, text
from bot.sources.html_text import words
from bot.sources.http import Limits, Reader, Turn, at_any_time
from bot.sources.reports import Problems, Unreadable, absent

HOME = "https://api.biorxiv.org"
ALL = "all"
LIMITS = Limits(read=30, total=60, patience=180, size=20_000_000, tries=4, first_wait=2)
MOST_PAGES = 1_000  # a busy fortnight has some 150
DAILY = timedelta(days=1)  # both post every day
_NOTHING = ("no posts found", "no articles found", "no papers found", "no results found")
_NOT_PUBLISHED = frozenset({"", "na", "n/a", "none"})
_EXPECTED = ("abstract", "authors", "categories")


class Server(StrEnum):
    """The two, as their API, listings and settings name them."""

    BIORXIV = "biorxiv"
    MEDRXIV = "medrxiv"

    @property
    def called(self) -> str:
        """As it calls itself."""
        return {"biorxiv": "bioRxiv", "medrxiv": "medRxiv"}[self.value]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of the list as they came, and how many it has in all; None where that is not said."""

    rows: tuple[Any, ...]
    total: int | None


class Preprints:
    """One of the two over HTTP, or its categories that are wanted. Fails with SourceFailed."""

    def __init__(
        self,
        server: Server,
        wanted: Collection[str] = (),
        *,
        base: str = HOME,
        contact: str = "",
        turn: Turn = at_any_time,
        limits: Limits = LIMITS,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._server, self._base = server, base.rstrip("/")
        self._wanted = frozenset() if ALL in wanted else frozenset(wanted)
        self._reader = Reader(contact=contact, limits=limits, turn=turn, sleep=sleep, jitter=jitter)

    def read(self, first: date, last: date) -> Found:
        """What was posted on these days, revisions included, each paper once."""
        rows, lost = self._rows(first, last)
        answer = found(self._server, rows, self._wanted)
        if not lost:
            return answer
        said = f"The list names {len(rows) + lost:,} rows and gave {len(rows):,} different ones."
        return replace(answer, problems=(*answer.problems, said))

    def _rows(self, first: date, last: date) -> tuple[list[Any], int]:
        """Every row once, and how many the list says there are besides.

        A list that grows while it is read moves rows to a later page, and others to none.
        """
        address = f"{self._base}/details/{self._server.value}/{first}/{last}"
        rows: dict[str, Any] = {}
        cursor = 0
        for _ in range(MOST_PAGES):
            page = self._reader.get(f"{address}/{cursor}", {}, _page)
            before = len(rows)
            rows |= {_key(each): each for each in page.rows}
            cursor += len(page.rows)
            if page.total is not None and cursor >= page.total:
                return list(rows.values()), max(page.total - len(rows), 0)
            if not page.rows:
                if page.total is None:
                    return list(rows.values()), 0
                raise SourceFailed(f"The list ends after {cursor:,} of {page.total:,} rows.")
            if len(rows) == before:
                raise SourceFailed("The list goes round in a circle.")
        raise SourceFailed(f"There was no end to the list after {MOST_PAGES:,} pages.")


def parse(body: bytes) -> Page:
    """One answer. Raises SourceFailed."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceFailed(_no_json(body)) from error
    if not isinstance(told, dict) or not isinstance(told.get("collection"), list):
        raise SourceFailed("The answer is JSON without a list of papers.")
    message = mapping(next(iter(sequence(told.get("messages"))), None))
    status, rows = text(message.get("status")), told["collection"]
    is_nothing = status.lower().startswith(_NOTHING)
    if not rows and status.lower() != "ok" and not is_nothing:
        raise SourceFailed(f"The answer has no paper and says: {status[:100] or 'nothing'}.")
    total = 0 if is_nothing and not rows else number(message.get("total"))
    return Page(tuple(rows), total)


def found(server: Server, rows: Collection[Any], wanted: Collection[str] = ()) -> Found:
    """The papers of these rows: a row for each version, a paper for each DOI."""
    papers: dict[str, Entry] = {}
    problems = Problems()
    for at, row in enumerate(rows, start=1):
        try:
            entry = _entry(mapping(row))
        except Unreadable as problem:
            problems.add(f"Row {at}", problem)
            continue
        known = papers.get(entry.paper.id)
        papers[entry.paper.id] = _both(known, entry) if known else entry
    if rows and not papers:
        raise problems.nothing_read(of=f"{len(rows):,} rows")
    newest, _ = rhythm(each.paper.revised for each in papers.values())
    kept = tuple(each for each in papers.values() if _is_wanted(each.paper, wanted))
    lacking = absent([each.paper for each in papers.values()], _EXPECTED)
    told = (*problems.told(), *lacking)
    return Found(server.called, kept, told, newest=newest, pause=DAILY, is_empty=not rows)


def number(value: object) -> int | None:
    """A count that is written as a number or as text; None where it is neither."""
    said = value.strip() if isinstance(value, str) else ""
    if said.isascii() and said.isdigit():
        return int(said[:9])
    return count(value) if not isinstance(value, int) or value >= 0 else None


def _page(body: bytes, _: httpx.Headers) -> Page:
    return parse(body)


def _key(row: Any) -> str:
    told = mapping(row)
    name = text(told.get("doi")).lower()
    return f"{name} v{told.get('version')}" if name else json.dumps(row, sort_keys=True)


def _entry(row: Mapping[str, Any]) -> Entry:
    own, title = doi([text(row.get("doi"))]), words(row.get("title"))
    if not own:
        raise Unreadable("has no DOI" + (f" ({title[:40]})" if title else ""))
    if not title:
        raise Unreadable(f"({own}) has no title")
    version, at = number(row.get("version")) or 0, midnight(_day(row.get("date")))
    abstract = words(row.get("abstract"))
    kind = text(row.get("type")).lower()
    paper = Paper(
        id=own,
        title=title,
        abstract=abstract,
        authors=_authors(text(row.get("authors"))),
        published=at if version <= 1 else None,  # of a later version only its own day is told
        categories=categories(iter([text(row.get("category")).replace("_", " ")])),
        organization=text(row.get("author_corresponding_institution")),
        version=version,
        revised=at,
        doi=_journal(row.get("published")),
        withdrawn="withdraw" in kind or says_withdrawn("", abstract),
    )
    return Entry(paper, at, is_revision=version > 1)


def _both(one: Entry, other: Entry) -> Entry:
    """Two versions of a paper in one list: the later text, come when the first one came."""
    first, last = sorted((one, other), key=lambda each: each.paper.version)
    published = first.paper.published or last.paper.published
    paper = replace(last.paper, published=published, doi=last.paper.doi or first.paper.doi)
    return Entry(paper, first.at, first.is_revision)


def _authors(line: str) -> tuple[str, ...]:
    """`Smith, J. A.; Lee, M.` as they are read."""
    return tuple(dict.fromkeys(filter(None, map(given_first, line.split(";")))))


def _journal(published: object) -> str:
    """The DOI of the article that became of it."""
    said = text(published)
    return "" if said.lower() in _NOT_PUBLISHED else doi([said])


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None


def _is_wanted(paper: Paper, wanted: Collection[str]) -> bool:
    return not wanted or any(each in wanted for each in paper.categories)


def _no_json(body: bytes) -> str:
    if body.lstrip()[:1] == b"<":
        return "This is a web page, not JSON."
    return f"This is not JSON, or only a part ({len(body):,} bytes)." if body else "No body came."
