"""arXiv's announcements of a day, as RSS 2.0 or Atom: what is new, cross-listed or replaced.

Both hold the same: an id with its version, and `arXiv:2508.13426v1 Announce Type: cross Abstract:
…` as the text. The primary category is named first. An empty feed is what weekends bring.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.domain.announcements import Announced, Feed, Kind
from bot.domain.paper import Paper
from bot.domain.withdrawal import says_withdrawn
from bot.errors import SourceFailed
from bot.sources.arxiv_fields import categories, doi, local_day, numbered, people
from bot.sources.fields import link
from bot.sources.latex import readable
from bot.sources.reports import Account, Problems, Unreadable, absent
from bot.sources.xml_tree import child, children, own_words, read_xml, readable_words, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 2_000  # items in a feed, however many there are
_EXPECTED = ("abstract", "authors", "categories", "version")
_HEAD = re.compile(
    r"^(?:arXiv:\S+\s*)?(?:Announce Type:\s*(?P<kind>[a-z-]+)\s*)?(?:Abstract:\s*)?", re.IGNORECASE
)
_KINDS = {each.value: each for each in Kind}


def parse(body: bytes) -> Feed:
    """The announcement in a body. Raises SourceFailed."""
    return read(read_xml(body))


def read(root: "Element", account: Account | None = None) -> Feed:
    """The same, of a document that is read."""
    account = account or Account()
    channel = child(root, "channel")
    if root.tag == "rss" and channel is not None:
        return _feed(channel, [*children(channel, "item"), *children(root, "item")], account)
    if root.tag == "feed":
        return _feed(root, list(children(root, "entry")), account)
    raise SourceFailed(f"This is not a feed but <{root.tag[:40]}>.")


def is_announcement(root: "Element") -> bool:
    """Is this an announcement, and not an answer of the API, which is an Atom feed as well?"""
    return root.tag == "rss" or (root.tag == "feed" and child(root, "totalResults") is None)


def both(one: Announced, other: Announced) -> Announced:
    """A paper that stands twice: once, with all categories, and new rather than cross-listed."""
    first, second = sorted((one, other), key=lambda each: list(Kind).index(each.kind))
    named = dict.fromkeys((*first.paper.categories, *second.paper.categories))
    return replace(first, paper=replace(first.paper, categories=tuple(named)))


def _feed(channel: "Element", items: list["Element"], account: Account) -> Feed:
    found: dict[str, Announced] = {}
    account.records += len(items)
    problems = Problems(account)
    for number, item in enumerate(items, start=1):
        try:
            each = _announced(item)
        except Unreadable as problem:
            problems.add(f"Item {number}", problem)
            continue
        known = found.get(each.paper.id)
        found[each.paper.id] = both(known, each) if known else each
    if items and not found:  # a format nobody knows must not read as a quiet day
        raise problems.nothing_read(of=f"{len(items):,} items")
    lacking = account.remark(absent([each.paper for each in found.values()], _EXPECTED))
    return Feed(
        day=_day(channel, found.values()),
        items=tuple(found.values()),
        problems=(*problems.told(), *lacking),
        is_cut=len(items) >= MOST,
    )


def _announced(item: "Element") -> Announced:
    id_, version = numbered(words(item, "guid") or words(item, "id") or _link(item))
    title, text = (
        readable_words(item, "title"),
        words(item, "description") or words(item, "summary"),
    )
    head = _HEAD.match(text)
    kind = words(item, "announce_type") or (head["kind"] if head else "") or ""
    if not title:
        raise Unreadable(f"({id_}) has no title")
    if kind.lower() not in _KINDS:
        raise Unreadable(f"({id_}) does not say whether it is new")
    abstract = readable(text[head.end() :] if head else text)
    names = [own_words(each) for each in (*children(item, "creator"), *children(item, "author"))]
    given = (each.get("term") or own_words(each) for each in children(item, "category"))
    return Announced(
        Paper(
            id=id_,
            title=title,
            abstract=abstract,
            authors=tuple(name for each in names for name in people(readable(each))),
            categories=categories(given),
            version=version,
            doi=doi(words(item, "DOI") or words(item, "doi")),
            journal=words(item, "journal_reference"),
            licence_url=link(words(item, "rights")),
            withdrawn=says_withdrawn("", abstract),
        ),
        _KINDS[kind.lower()],
        local_day(words(item, "pubDate") or words(item, "published")),
    )


def _day(channel: "Element", items: Iterable[Announced]) -> date | None:
    """The day of the announcement; of an empty Atom feed nothing says which it would be."""
    named = max((each.day for each in items if each.day), default=None)
    return named or local_day(words(channel, "pubDate"))


def _link(item: "Element") -> str:
    found = child(item, "link")
    return "" if found is None else found.get("href") or own_words(found)
