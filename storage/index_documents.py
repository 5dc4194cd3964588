"""A paper as the search index holds it: every field, and its words cut and stemmed once.

Most of a text is letters and marks, which are cut as they stand; what every other stretch, word and
author gives is remembered for as long as papers are taken in.
"""

import re
from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple, TypeVar
from zlib import crc32

import tantivy

from bot.domain import authors
from bot.domain.fields import paper_id
from bot.domain.matching import document, fact_keys
from bot.domain.paper import UNDATED, Paper
from bot.domain.phrases import KEY_LENGTH
from bot.domain.tokens import norms
from storage.listings import Origin
from storage.proposals import stemmed

TITLE_WEIGHT = 3
SHARES = 1_024  # a paper's share is as good as drawn by lot: some of them are a fair sample
REMEMBERED = 50_000  # of each kind: some 50 MB in all, and most of what the next papers say
UNLISTED = Origin(UNDATED)

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

# Where a stretch is of these and letters alone, they only part its words.
_MARKS = '!"%&()*,-./:;<=>?@[]|~'
_TO_SPACES = str.maketrans(_MARKS, " " * len(_MARKS))
_ODD = re.compile(rf"[^A-Za-z {re.escape(_MARKS)}]")
_NET = ".net"  # the one word that begins with a mark
# What stands between spaces; a LaTeX command reaches across the one behind it.
_STRETCH = re.compile(r"(?:[^ \\]*\\[^ ]*\s+)+[^ ]*|[^ ]*")


def schema() -> tantivy.Schema:
    """The fields. A number that only orders or limits needs no list of its papers."""
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for number in ("revision", "day", "published", "share"):
        made.add_unsigned_field(number, fast=True)
    made.add_text_field("text", tokenizer_name="whitespace")
    made.add_text_field("people", tokenizer_name="whitespace", index_option="freq")
    made.add_text_field("word", tokenizer_name="whitespace", index_option="basic")
    made.add_text_field("key", tokenizer_name="raw", index_option="basic")
    return made.build()


class _Remembered(dict[K, V]):
    """What each key gives, asked for once; all forgotten where they are too many."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make

    def __missing__(self, key: K) -> V:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[key] = self._make(key)
        return found


class _Author(NamedTuple):
    """What a document holds of an author."""

    terms: str
    keys: list[str]


class _Facts(NamedTuple):
    """What a paper is looked up by, beside its words and what is its own."""

    sources: frozenset[str]
    categories: tuple[str, ...]
    organization: str
    has_code: bool
    has_media: bool


class Documents:
    """Makes documents of papers, one run long."""

    def __init__(self) -> None:
        self._norms = _Remembered(_norms)
        self._stems = _Remembered(stemmed)
        self._authors = _Remembered(self._author)
        self._fact_keys = _Remembered(_fact_keys)

    def made(self, revision: int, paper: Paper, origin: Origin) -> tantivy.Document:
        """The document of a paper as of its revision, first listed then and there."""
        title, body = self._words(paper.title), self._words(paper.abstract or paper.tldr)
        heading = self._terms(title)
        rest = self._terms(f"{body} {self._words(' '.join(paper.keywords))}")
        people = [self._authors[author] for author in paper.authors]
        working_at = self._terms(self._words(paper.organization))
        made = tantivy.Document()
        made.add_text("id", paper.id)
        made.add_unsigned("revision", revision)
        made.add_unsigned("day", origin.first_day.toordinal())
        made.add_unsigned("published", _published(paper, origin).toordinal())
        made.add_unsigned("share", crc32(paper.id.encode()) % SHARES)
        made.add_text("text", " ".join([*[heading] * TITLE_WEIGHT, rest]))
        made.add_text("word", f"{title} {body}")
        made.add_text("people", " ".join([*(each.terms for each in people), working_at]))
        for key in self._keys(paper, origin).union(*(each.keys for each in people)):
            made.add_text("key", key)
        return made

    def _keys(self, paper: Paper, origin: Origin) -> set[str]:
        """The keys of all but title, abstract and authors."""
        facts = _Facts(
            origin.sources,
            paper.categories,
            paper.organization,
            bool(paper.code_url),
            bool(paper.media_urls),
        )
        own = f"id:{paper_id(paper.id) or paper.id.lower()}"[:KEY_LENGTH]
        return {own, *self._fact_keys[facts]}

    def _words(self, text: str) -> str:
        """The words of a text as they are compared, with spaces between."""
        if not text:
            return ""
        if "\n" in text and "\\" not in text:
            text = text.replace("\n", " ")
        found: list[str] = []
        done = 0
        for odd in _ODD.finditer(text):
            if odd.start() < done:
                continue
            start = text.rfind(" ", done, odd.start()) + 1 or done
            stretch = _STRETCH.match(text, start)
            end = stretch.end() if stretch else len(text)
            found += (_plain(text[done:start]), self._norms[text[start:end]])
            done = end
        found.append(_plain(text[done:]))
        return " ".join(found)

    def _terms(self, words: str) -> str:
        return " ".join(map(self._stems.__getitem__, words.split()))

    def _author(self, author: str) -> _Author:
        name = authors.name(author)
        keys = [f"au:{each.lower()}"[:KEY_LENGTH] for each in name.found_by] if name else []
        return _Author(self._terms(self._words(author)), keys)


def _plain(text: str) -> str:
    """The words of stretches of letters and marks."""
    lowered = text.lower()
    return _norms(text) if _NET in lowered else lowered.translate(_TO_SPACES)


def _norms(text: str) -> str:
    return " ".join(norms(text))


def _published(paper: Paper, origin: Origin) -> date:
    return paper.published.date() if paper.published else origin.first_day


def _fact_keys(facts: _Facts) -> tuple[str, ...]:
    bare = Paper(
        id="",
        title="",
        categories=facts.categories,
        organization=facts.organization,
        code_url="/" * facts.has_code,
        media_urls=("/",) * facts.has_media,
    )
    return tuple(fact_keys(document(bare, facts.sources)) - {"id:"})
