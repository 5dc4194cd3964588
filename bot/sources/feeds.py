"""Any feed by its address: RSS 0.9x, 1.0 and 2.0, and Atom."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx

from bot.domain.feeds import Entry, Found, rhythm
from bot.errors import SourceFailed
from bot.sources import feed_body, feed_entry
from bot.sources.html_text import words
from bot.sources.http import Limits, Reader, Turn, Unchanged, at_any_time
from bot.sources.reports import Problems, Unreadable

# Feeds are small, and there are many: one that does not answer must not hold up the others long.
LIMITS = Limits(
    read=15, total=30, patience=45, size=5_000_000, tries=2, first_wait=2, longest_wait=10
)
MOST = 1_000  # entries; a feed holds some dozens, an announcement of arXiv's 2,000
LONGEST_TITLE = 80
_ACCEPT = {
    "Accept": "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
}


class Feed:
    """One feed over HTTP. Every way to fail ends in SourceFailed.

    `digest` stands for the address where it is kept. `jitter` gives 0 to 1.
    """

    def __init__(
        self,
        address: str,
        digest: str,
        *,
        contact: str = "",
        turn: Turn = at_any_time,
        limits: Limits = LIMITS,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._address, self._digest = address, digest
        self._reader = Reader(contact=contact, limits=limits, turn=turn, sleep=sleep, jitter=jitter)

    def read(self, known: Mapping[str, str]) -> Found | None:
        """What it lists; None where that is still what it listed with these validators."""
        try:
            return self._reader.get(self._address, {}, self._understand, {**_ACCEPT, **known})
        except Unchanged:
            if known:
                return None
            raise SourceFailed("The answer was 304 to a question without conditions.") from None

    def _understand(self, body: bytes, headers: httpx.Headers) -> Found:
        found = parse(body, headers.get("content-type", ""), self._address, self._digest)
        return replace(found, validators=validators(headers))


def parse(body: bytes, content_type: str = "", address: str = "", digest: str = "") -> Found:
    """The feed in a body. Raises SourceFailed."""
    read = feed_body.parsed(body, content_type, _shown(address))
    title = words(read.feed.get("title"))[:LONGEST_TITLE].strip()
    papers: dict[str, Entry] = {}
    problems = Problems()
    for number, each in enumerate(read.entries[:MOST], start=1):
        try:
            entry = _entry(each, digest or address)
        except Unreadable as problem:
            problems.add(f"Entry {number}", problem)
            continue
        papers.setdefault(entry.paper.id, entry)
    if read.entries and not papers:  # a form nobody knows must not read as a quiet day
        raise problems.nothing_read(of=f"{len(read.entries):,} entries")
    if len(read.entries) > MOST:
        rest = f"has {len(read.entries):,} entries, of which the first {MOST:,} were read"
        problems.add("The feed", rest)
    entries = tuple(papers.values())
    newest, pause = rhythm(each.at for each in entries)
    return Found(title, entries, problems.told(), newest=newest, pause=pause, is_empty=not entries)


def validators(headers: Mapping[str, str]) -> dict[str, str]:
    """What to ask with next time, so that an unchanged feed need not be sent."""
    told = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
    return {name: value for name, value in told.items() if value}


def _entry(found: Any, digest: str) -> Entry:
    try:
        return feed_entry.read(found, digest)
    except Unreadable:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"can't be read ({type(error).__name__})") from error


def _shown(address: str) -> str:
    """The address without whatever secret it begins with."""
    try:
        return str(httpx.URL(address).copy_with(userinfo=b""))
    except (httpx.InvalidURL, TypeError):
        return ""
