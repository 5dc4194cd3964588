"""A paper as the search index holds it: every field, and its words cut and stemmed once.

Texts say the same between spaces again and again, so what each stretch of letters gives is
remembered for as long as papers are taken in.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar
from zlib import crc32

import tantivy

from bot.domain import authors
from bot.domain.fields import paper_id
from bot.domain.matching import document, fact_keys
from bot.domain.paper import UNDATED, Paper
from bot.domain.phrases import KEY_LENGTH
from bot.domain.tokens import tokens
from storage.listings import Origin
from storage.proposals import stemmed

TITLE_WEIGHT = 3
SHARES = 1_024  # a paper's share is as good as drawn by lot: some of them are a fair sample
REMEMBERED = 150_000  # stretches of text: about 40 MB, and most of what a million papers say
UNLISTED = Origin(UNDATED)

T = TypeVar("T", bound=Hashable)

# What `tokens` makes of these is plain to see: letters, hyphens between them, and marks around.
_PLAIN = re.compile(r"[(\[\"]*([A-Za-z]+(?:-[A-Za-z]+)*)[.,;:)\]\"?!]*")
# A LaTeX command reaches across the space behind it.
_STRETCH = re.compile(r"(?:[^\s\\]*\\\S*\s+)+\S*|\S+")


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


class Documents:
    """Makes documents of papers, one run long."""

    def __init__(self) -> None:
        self._words = _Words()
        self._terms = _Terms(self._words)
        self._author_keys: dict[str, frozenset[str]] = {}
        self._fact_keys: dict[Hashable, frozenset[str]] = {}

    def made(self, revision: int, paper: Paper, origin: Origin) -> tantivy.Document:
        """The document of a paper as of its revision, first listed then and there."""
        title, body = _stretches(paper.title), _stretches(paper.abstract or paper.tldr)
        heading = self._terms.of(title)
        rest = self._terms.of([*body, *_stretches(" ".join(paper.keywords))])
        people = _stretches(" ".join((*paper.authors, paper.organization)))
        made = tantivy.Document()
        made.add_text("id", paper.id)
        made.add_unsigned("revision", revision)
        made.add_unsigned("day", origin.first_day.toordinal())
        made.add_unsigned("published", _published(paper, origin).toordinal())
        made.add_unsigned("share", crc32(paper.id.encode()) % SHARES)
        made.add_text("text", " ".join([*[heading] * TITLE_WEIGHT, rest]))
        made.add_text("word", self._words.of({*title, *body}))
        made.add_text("people", self._terms.of(people))
        for key in self._keys(paper, origin):
            made.add_text("key", key)
        return made

    def _keys(self, paper: Paper, origin: Origin) -> set[str]:
        """The keys of all but title and abstract: few kinds of facts, and names that come again."""
        facts = (
            origin.sources,
            paper.categories,
            paper.organization,
            bool(paper.code_url),
            bool(paper.media_urls),
        )
        found = {f"id:{paper_id(paper.id) or paper.id.lower()}"[:KEY_LENGTH]}
        found |= _once(self._fact_keys, facts, lambda: _fact_keys(paper, origin))
        for author in paper.authors:
            found |= _once(self._author_keys, author, partial(_author_keys, author))
        return found


class _Remembered(dict[str, str]):
    """What each stretch gives, asked for once; forgotten all at once when it is too many."""

    def of(self, stretches: Iterable[str]) -> str:
        """What they give, one after the other."""
        if len(self) > REMEMBERED:
            self.clear()
        return " ".join(map(self.__getitem__, stretches))


class _Words(_Remembered):
    """The words of a stretch as they are compared."""

    def __missing__(self, stretch: str) -> str:
        plain = _PLAIN.fullmatch(stretch)
        found = plain[1].lower().replace("-", " ") if plain else _norms(stretch)
        self[stretch] = found
        return found


class _Terms(_Remembered):
    """The stems of a stretch."""

    def __init__(self, words: _Words) -> None:
        self._words = words

    def __missing__(self, stretch: str) -> str:
        found = stemmed(self._words[stretch])
        self[stretch] = found
        return found


def _stretches(text: str) -> list[str]:
    """The text cut where no word, mark or command reaches across."""
    return _STRETCH.findall(text) if "\\" in text else text.split()


def _norms(text: str) -> str:
    return " ".join([token.norm for token in tokens(text)])


def _published(paper: Paper, origin: Origin) -> date:
    return paper.published.date() if paper.published else origin.first_day


def _once(
    known: dict[T, frozenset[str]], key: T, make: Callable[[], frozenset[str]]
) -> frozenset[str]:
    found = known.get(key)
    if found is None:
        if len(known) > REMEMBERED:
            known.clear()
        found = known[key] = make()
    return found


def _fact_keys(paper: Paper, origin: Origin) -> frozenset[str]:
    """The keys that papers share: all but those of the id and of names."""
    bare = replace(paper, id="", title="", abstract="", tldr="", authors=())
    return frozenset(fact_keys(document(bare, origin.sources)) - {"id:"})


def _author_keys(author: str) -> frozenset[str]:
    name = authors.name(author)
    keys = (f"au:{each.lower()}"[:KEY_LENGTH] for each in name.found_by) if name else ()
    return frozenset(keys)
