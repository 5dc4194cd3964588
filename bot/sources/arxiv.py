"""arXiv: the announcements of its feeds, single papers and gaps from its API, all since a day.

arXiv wants one request in three seconds and one connection, over the three together and over all
machines of whoever asks; who waits for whom is decided by the `turn` that is handed in.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import httpx

from bot.domain.announcements import Announced, Feed
from bot.domain.arxiv_categories import api_term, current, oai_set
from bot.domain.harvest import Page
from bot.domain.paper import UNDATED, Listing, Paper, bare_id, find_id
from bot.errors import SourceFailed, SourceRefuses
from bot.sources import arxiv_atom, arxiv_feed, arxiv_oai
from bot.sources.arxiv_fields import SOURCE
from bot.sources.http import Limits, Reader, Turn, Unchanged, at_any_time
from bot.sources.reports import naming

log = logging.getLogger(__name__)

HOME = "https://export.arxiv.org"
NAME = "arXiv"
_OWN = ".arxiv.org"
_FEEDS, _OAI = "https://rss.arxiv.org", "https://oaipmh.arxiv.org"

LIMITS = Limits(
    read=30,
    total=120,  # a page of a thousand records takes its time
    patience=600,
    size=40_000_000,
    tries=4,
    first_wait=5,
    longest_wait=60,
)
# Somebody waits for the answer, so it is asked for once.
ONE_PAPER = Limits(connect=2, read=4, total=5, patience=5, size=2_000_000, tries=1)
PER_PAGE = 500  # arXiv gives 2,000 at once and prefers fewer
MOST_PAGES = 20  # the API ends at 30,000 papers; no day has so many
_FORMATS = ("rss", "atom")  # the same in both; the second where the first is not served


class Arxiv:
    """arXiv over HTTP. Every way to fail ends in SourceFailed.

    `base` is arXiv or a mirror that has all three under one address. `contact` tells arXiv whom to
    ask about these requests. `jitter` gives 0 to 1.
    """

    def __init__(
        self,
        base: str = HOME,
        *,
        contact: str = "",
        turn: Turn = at_any_time,
        limits: Limits = LIMITS,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._base = base.rstrip("/")
        is_arxiv = f".{urlsplit(base).hostname or ''}".endswith(_OWN)
        self._feeds, self._oai = (_FEEDS, _OAI) if is_arxiv else (self._base, self._base)
        self._reader = Reader(contact=contact, limits=limits, turn=turn, sleep=sleep, jitter=jitter)

    def announced(self, categories: Sequence[str], known: Mapping[str, str]) -> Feed | None:
        """Today's announcement of these categories; None where it is still the one of `known`.

        `known` are the validators of an earlier answer. A feed that is cut at its most items is
        read anew in halves.
        """
        with naming(NAME):
            try:
                feed = self._feed(categories, known)
            except Unchanged:
                return None
            return self._whole(feed, categories)

    def submitted(
        self, categories: Iterable[str], first: datetime, last: datetime
    ) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
        """Papers of these categories that came in between two instants, and what was unreadable."""
        wanted = " OR ".join(f"cat:{api_term(each)}" for each in categories)
        query = f"({wanted}) AND submittedDate:[{_minute(first)} TO {_minute(last)}]"
        asked = {"search_query": query, "sortBy": "submittedDate", "sortOrder": "ascending"}
        papers: dict[str, Paper] = {}
        problems: list[str] = []
        start = 0
        with naming(NAME):
            for _ in range(MOST_PAGES):
                answer = self._answer({**asked, "start": str(start), "max_results": str(PER_PAGE)})
                papers |= {each.id: each for each in answer.papers}
                problems += answer.problems
                start += answer.entries
                if start >= answer.total:
                    return tuple(papers.values()), tuple(problems)
            raise SourceFailed(f"There was no end to the list after {MOST_PAGES} pages.")

    def changed(self, category: str, since: date, token: str = "") -> Page | None:
        """A page of what changed in a category since a day: the first, or the one of a token.

        None where the token is not good any more: such lists end with their day.
        """
        asked = {"verb": "ListRecords", "resumptionToken": token}
        if not token:
            first = {"metadataPrefix": "arXiv", "set": oai_set(category), "from": str(since)}
            asked = {"verb": "ListRecords", **first}
        with naming(NAME):
            try:
                url = f"{self._oai}/oai"
                return self._reader.get(url, asked, lambda body, _: arxiv_oai.parse(body))
            except arxiv_oai.TokenExpired:
                return None

    def read(self, paper_id: str) -> Listing | None:
        """One paper, of the day it was submitted; None where arXiv has none or does not answer."""
        if find_id(paper_id) != paper_id:  # a DOI, for example
            return None
        try:
            answer = self._answer({"id_list": paper_id, "max_results": "1"})
        except SourceFailed as failure:
            log.info("arXiv has no paper for me: %s", failure)
            return None
        wanted = bare_id(paper_id)
        found = next((each for each in answer.papers if bare_id(each.id) == wanted), None)
        if found is None:
            return None
        return Listing(SOURCE, found.published.date() if found.published else UNDATED, found)

    def _answer(self, asked: dict[str, str]) -> arxiv_atom.Answer:
        url = f"{self._base}/api/query"
        return self._reader.get(url, asked, lambda body, _: arxiv_atom.parse(body))

    def _feed(self, categories: Sequence[str], known: Mapping[str, str]) -> Feed:
        joined = "+".join(dict.fromkeys(map(current, categories)))
        first, second = (f"{self._feeds}/{each}/{joined}" for each in _FORMATS)
        try:
            return self._reader.get(first, {}, _feed, known)
        except SourceRefuses:
            return self._reader.get(second, {}, _feed, known)

    def _whole(self, feed: Feed, categories: Sequence[str]) -> Feed:
        """The feed with what was cut off."""
        if not feed.is_cut:
            return feed
        if len(categories) == 1:
            said = f"The feed of {categories[0]} is cut at {arxiv_feed.MOST:,} items."
            return replace(feed, problems=(*feed.problems, said))
        half = len(categories) // 2
        parts = [
            self._whole(self._feed(part, {}), part)
            for part in (categories[:half], categories[half:])
        ]
        return _joined(feed, parts)


def _feed(body: bytes, headers: httpx.Headers) -> Feed:
    told = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
    known = {name: value for name, value in told.items() if value}
    return replace(arxiv_feed.parse(body), validators=known)


def _joined(feed: Feed, parts: Iterable[Feed]) -> Feed:
    """Several feeds of a day as one, a paper once in it."""
    every = [each for part in parts for each in part.items]
    items: dict[str, Announced] = {}
    for each in every:
        known = items.get(each.paper.id)
        items[each.paper.id] = arxiv_feed.both(known, each) if known else each
    problems = dict.fromkeys(each for part in parts for each in part.problems)
    still_cut = any(part.is_cut for part in parts)
    return replace(feed, items=tuple(items.values()), problems=tuple(problems), is_cut=still_cut)


def _minute(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M")
