"""Whether a paper is what a query asks for, and by which keys to find the queries for a paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.domain import authors
from bot.domain.arxiv_categories import every_name
from bot.domain.authors import Name
from bot.domain.expression import And, Field, Not, Or, Phrase, Query
from bot.domain.fields import category, paper_id, source_id
from bot.domain.paper import Paper
from bot.domain.phrases import (
    KEY_LENGTH,
    Pattern,
    Text,
    find,
    pattern,
    phrase_keys,
    text_keys,
    weight,
)
from bot.domain.tokens import BROKEN, Token, placed, tokens

# Of `keys` and `atoms`: raised when either gives other keys, so that stored atoms are made anew.
RULES = 2


@dataclass(frozen=True, slots=True)
class Document:
    """A paper made ready to be compared with many queries."""

    text: Text  # the title, a barrier that no phrase crosses, the abstract
    barrier: int  # its number among the words
    organization: Text
    authors: tuple[Name, ...]
    facts: frozenset[str]  # the keys of categories and their parents, sources, id, code and media


def document(paper: Paper, sources: Iterable[str] = ()) -> Document:
    """Prepare a paper listed by these sources. Where it has no abstract, its tl;dr stands in."""
    title = tokens(paper.title)
    return Document(
        Text((*title, _BARRIER, *tokens(paper.abstract or paper.tldr))),
        len(title),
        Text(tokens(paper.organization)),
        tuple(name for name in map(authors.name, paper.authors) if name),
        frozenset(_facts(paper, sources)),
    )


def matches(query: Query, document: Document) -> bool:
    """Is this paper what the query asks for?"""
    match query:
        case Phrase():
            return next(find(_pattern(query), document.text), None) is not None
        case Field():
            return _field_matches(query, document)
        case And(parts):
            return all(matches(part, document) for part in parts)
        case Or(parts):
            return any(matches(part, document) for part in parts)
        case Not(part):
            return not matches(part, document)


def keys(document: Document) -> frozenset[str]:
    """What a paper is looked up by: runs of one to three words, and a key for each fact."""
    words = document.text.words
    found = fact_keys(document)
    found.update(text_keys(words[: document.barrier]), text_keys(words[document.barrier + 1 :]))
    return frozenset(found)


def fact_keys(document: Document) -> set[str]:
    """The keys of all but title and abstract."""
    found = set(document.facts)
    found.update(_prefixed("org", text_keys(document.organization.words)))
    for name in document.authors:
        found.update(_prefixed("au", name.found_by))
    return found


def atoms(query: Query) -> frozenset[str]:
    """Keys of which every paper that matches holds at least one; none for what only excludes.

    An AND hangs on its part that is presumably rarest, an OR on every part.
    """
    match query:
        case Phrase():
            return phrase_keys(_pattern(query))
        case Field():
            return _field_atoms(query)
        case And(parts):
            return atoms(max(parts, key=_rarity))
        case Or(parts):
            every = [atoms(part) for part in parts]
            return frozenset().union(*every) if all(every) else frozenset()
        case Not():
            return frozenset()


def patterns(query: Query, part: Literal["title", "abstract"]) -> tuple[Pattern, ...]:
    """The phrases of a query that can be shown in titles, or in abstracts."""
    return tuple(_patterns(query, part))


def spans(wanted: Iterable[Pattern], text: str) -> list[tuple[int, int]]:
    """The places in a text that these phrases ask for, in order, none overlapping."""
    words = placed(text)
    read = Text(tuple(token for token, _ in words))
    found = sorted(
        (words[first][1].start, words[last - 1][1].end)
        for each in wanted
        for first, last in find(each, read)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _pattern(query: Phrase) -> Pattern:
    return pattern(" ".join(query.words), literal=query.literal)


_BARRIER = Token("\0", "\0", BROKEN)


def _patterns(query: Query, part: str) -> Iterator[Pattern]:
    match query:
        case Phrase():
            yield _pattern(query)
        case Field(name, value, literal) if name == part:
            yield pattern(value, literal=literal)
        case And(parts) | Or(parts):
            for each in parts:
                yield from _patterns(each, part)


def _facts(paper: Paper, sources: Iterable[str]) -> Iterator[str]:
    for listed in every_name(paper.categories):
        known = category(listed) or listed
        yield _key("cat", known)
        yield _key("cat", known.partition(".")[0])
    yield from (_key("source", source_id(source)) for source in sources)
    yield _key("id", paper_id(paper.id) or paper.id.lower())
    if paper.code_url:
        yield _key("has", "code")
    if paper.media_urls:
        yield _key("has", "media")


def _field_matches(query: Field, document: Document) -> bool:
    match query.name:
        case "title" | "abstract" as part:
            places = find(pattern(query.value, literal=query.literal), document.text)
            return any((start < document.barrier) == (part == "title") for start, _ in places)
        case "org":
            return any(find(pattern(query.value, literal=False), document.organization))
        case "author":
            wanted = _name(query.value)
            return any(authors.is_same(wanted, found) for found in document.authors)
    return _key(query.name, query.value) in document.facts


def _field_atoms(query: Field) -> frozenset[str]:
    match query.name:
        case "title" | "abstract":
            return phrase_keys(pattern(query.value, literal=query.literal))
        case "org":
            return frozenset(_prefixed("org", phrase_keys(pattern(query.value, literal=False))))
        case "author":
            return frozenset(_prefixed("au", _name(query.value).asks_for))
    return frozenset({_key(query.name, query.value)})


@lru_cache(maxsize=4096)
def _name(text: str) -> Name:
    return authors.name(text) or Name((text,), frozenset({text}))


def _key(kind: str, value: str) -> str:
    return f"{kind}:{value.lower()}"[:KEY_LENGTH]


def _prefixed(kind: str, values: Iterable[str]) -> Iterator[str]:
    return (_key(kind, value) for value in values)


# How rare each kind of field is, as letters of a word: almost nobody has this id, half of all
# papers are in cs.
_RARITY = {"id": 1000, "author": 12, "org": 8, "cat": -2, "source": -100, "has": -90}


def _rarity(query: Query) -> int:
    """An estimate to compare parts of an AND by."""
    match query:
        case Phrase():
            return weight(_pattern(query))
        case Field("title" | "abstract", value, literal):
            return weight(pattern(value, literal=literal))
        case Field(name, value):
            return _RARITY[name] + len(value)
        case And(parts):
            return max(map(_rarity, parts))
        case Or(parts):
            return min(map(_rarity, parts)) - len(parts)
    return -1000  # what it leaves out is in nearly every paper
