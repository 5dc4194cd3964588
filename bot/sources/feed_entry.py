"""One entry of a feed as a paper, whichever of its many forms it has."""

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.domain.feeds import Entry
from bot.domain.paper import Paper, clean
from bot.domain.withdrawal import says_withdrawn
from bot.sources.arxiv_fields import people
from bot.sources.feed_ids import arxiv_id, doi, own_id
from bot.sources.fields import LONGEST_LINK, link, text
from bot.sources.html_text import words
from bot.sources.reports import Unreadable

LONGEST_TITLE = 1_000
# Some feeds hold whole articles: far down in one, a topic's word is no reason to tell anybody.
LONGEST_ABSTRACT = 4_000
TEASER = 200  # letters: below, it says hardly more than the title
LONGEST_BYLINE = 20_000  # of a collaboration, all in one field
MOST_AUTHORS, MOST_CATEGORIES = 1_000, 20
LONGEST_CATEGORY = 40
_IDS = ("prism_doi", "dc_identifier", "id", "prism_url", "link")
_ARXIV_CATEGORY = re.compile(r"[a-z]{1,8}(?:-[a-z]{1,4})?\.[A-Za-z-]{2,20}")
# Somebody's address is theirs: "ann@example.org (Ann Lee)" is Ann Lee.
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_FAMILY_FIRST = re.compile(r"[^,;]+,[^,;]+(?:;[^,;]+,[^,;]+)*;?")
_NO_LETTER = re.compile(r"[^a-z]+")


def read(entry: Mapping[str, Any], address: str) -> Entry:
    """The paper of an entry in the feed of an address, or a digest of it. Raises Unreadable."""
    told = dict(entry)  # feedparser's own warns of what it looks for elsewhere
    known = [each[:LONGEST_LINK] for name in _IDS if (each := text(told.get(name)))]
    entry_id, page = text(told.get("id")), _page(told)
    title = words(told.get("title"))[:LONGEST_TITLE].strip()
    arxiv, article = arxiv_id(known), doi(known)
    if not (arxiv or article or entry_id or page):
        raise Unreadable("has no id" + (f" ({title[:40]})" if title else ""))
    own = entry_id or page
    if not title:
        raise Unreadable(f"({own[:60]}) has no title")
    at, abstract = _at(told), _abstract(told)
    paper = Paper(
        id=arxiv or article or own_id(address, own),
        title=title,
        abstract=abstract,
        authors=tuple(dict.fromkeys(_authors(told)))[:MOST_AUTHORS],
        # Of a paper of arXiv's, arXiv and Hugging Face say when it came and where it belongs.
        published=None if arxiv else at,
        categories=() if arxiv else categories(_terms(told)),
        doi=article if arxiv else "",
        withdrawn=says_withdrawn("", abstract),
        link="" if arxiv else page,
    )
    return Entry(paper, at)


def categories(terms: Iterator[str]) -> tuple[str, ...]:
    """What a feed files a paper under: arXiv's names as they are, others as `cancer-biology`."""
    found = dict.fromkeys(filter(None, map(_category, terms)))
    return tuple(found)[:MOST_CATEGORIES]


def _category(term: str) -> str:
    if _ARXIV_CATEGORY.fullmatch(term):
        return term
    if "://" in term:
        return ""
    bare = unicodedata.normalize("NFKD", term.casefold()).encode("ascii", "ignore").decode()
    name = _NO_LETTER.sub("-", bare).strip("-")
    return name if 1 < len(name) <= LONGEST_CATEGORY else ""


def _page(entry: Mapping[str, Any]) -> str:
    """Where the paper is: the entry's link, else an id that is an address."""
    found = link(entry.get("link")) or link(entry.get("id"))
    plain = quote(found, safe="!#$%&'()*+,/:;=?@[]~")
    return plain if len(plain) <= LONGEST_LINK else ""


def _at(entry: Mapping[str, Any]) -> datetime | None:
    """When it was published, else when it was last changed."""
    for name in ("published_parsed", "created_parsed", "updated_parsed"):
        if told := entry.get(name):
            with suppress(ValueError, OverflowError, OSError, TypeError):
                return datetime.fromtimestamp(calendar.timegm(told), UTC)
    return None


def _abstract(entry: Mapping[str, Any]) -> str:
    """The summary, unless it is a mere teaser and the text is there."""
    summary = words(entry.get("summary"))
    if len(summary) < TEASER:
        contents = (each.get("value") for each in entry.get("content") or () if _is_text(each))
        summary = max(summary, *map(words, contents), "", key=len)
    return summary[:LONGEST_ABSTRACT].strip()


def _is_text(content: Mapping[str, Any]) -> bool:
    kind = content.get("type") or ""
    return kind.startswith("text/") or "html" in kind


def _authors(entry: Mapping[str, Any]) -> Iterator[str]:
    for each in entry.get("authors") or ():
        said = clean(_MAIL.sub("", words(each.get("name"))[:LONGEST_BYLINE]))
        if said.startswith("(") and said.endswith(")"):
            said = said[1:-1]
        if _FAMILY_FIRST.fullmatch(said) and ";" in said:
            yield from map(given_first, filter(None, map(clean, said.split(";"))))
        else:
            yield from people(said)


def given_first(name: str) -> str:
    """`Smith, J. A.` as it is read: `J. A. Smith`."""
    family, _, given = name.partition(",")
    return clean(f"{given} {family}")


def _terms(entry: Mapping[str, Any]) -> Iterator[str]:
    for each in entry.get("tags") or ():
        yield text(each.get("term")) or text(each.get("label"))
    yield text(entry.get("prism_section"))
