"""Topics beside a topic: within it, around it, and with a mistyped word mended."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from bot.domain.expression import all_of, is_positive
from bot.domain.matching import Document
from bot.domain.phrases import Pattern, Text, find, pattern
from bot.domain.query import And, Field, Or, Phrase, Query, canonical, parse_subscription
from bot.domain.tokens import BROKEN, STOP_WORDS
from bot.errors import QueryProblem


def narrowed(
    query: Query, documents: Sequence[Document], is_common: Callable[[str], bool]
) -> list[Query]:
    """Topics within this one, from what the papers that it matches have in common.

    `is_common` tells words that stand in too many papers to tell them apart.
    """
    longer = _longer(query, documents, is_common)
    texts = [*longer, *_in_category(query, documents), *_in_title(query)]
    return _read(texts, but=query)


def broadened(query: Query) -> list[Query]:
    """Topics around this one: without one of its parts, or one of a phrase's outer words."""
    return _read(_wider(query), but=query)


def with_words(query: Query, nearest: Mapping[str, str]) -> Query | None:
    """The topic with other words for some of its own; None where that cannot be read."""
    return next(iter(_read([canonical(_replaced(query, nearest))], but=query)), None)


def plain_words(query: Query) -> list[str]:
    """The words of the phrases that a topic asks for; what it leaves out needs no mending."""
    match query:
        case Phrase(words):
            return [word for each in words for word in each.split("-")]
        case And(parts) | Or(parts):
            return [word for part in parts for word in plain_words(part)]
    return []


def _read(texts: Iterable[str], *, but: Query) -> list[Query]:
    found: dict[Query, None] = {}
    for text in texts:
        with suppress(QueryProblem):
            found[parse_subscription(text)] = None
    found.pop(but, None)
    return list(found)


def _longer(
    query: Query, documents: Sequence[Document], is_common: Callable[[str], bool]
) -> Iterator[str]:
    """The phrase with a word that often stands before or behind it."""
    for phrase in _phrases(query):
        wanted = pattern(" ".join(phrase.words), literal=phrase.literal)
        found = Counter(
            longer
            for document in documents
            for longer in {*_neighbours(phrase, wanted, document.text)}
        )
        telling = (
            longer
            for longer, _ in found.most_common()
            if not is_common(longer[0] if longer[1:] == phrase.words else longer[-1])
        )
        for longer in islice(telling, 3):
            yield canonical(_exchanged(query, phrase, replace(phrase, words=longer)))


def _neighbours(phrase: Phrase, wanted: Pattern, text: Text) -> Iterator[tuple[str, ...]]:
    """The phrase's words with the one before them, and with the one behind."""
    words = text.words
    for start, end in find(wanted, text):
        if start and words[start].gap != BROKEN and _tells(words[start - 1].norm):
            yield (words[start - 1].norm, *phrase.words)
        if end < len(words) and words[end].gap != BROKEN and _tells(words[end].norm):
            yield (*phrase.words, words[end].norm)


def _in_category(query: Query, documents: Sequence[Document]) -> Iterator[str]:
    held = Counter(
        fact for each in documents for fact in each.facts if fact[:4] == "cat:" and "." in fact
    )
    for fact, _ in held.most_common(2):
        yield f"({canonical(query)}) {fact}"


def _in_title(query: Query) -> Iterator[str]:
    if isinstance(query, Phrase):
        yield f'title:"{" ".join(query.words)}"'


def _wider(query: Query) -> Iterator[str]:
    match query:
        case Phrase(words, True):
            yield " ".join(words)
        case Phrase(words) if len(words) > 1:
            yield " ".join(words[1:])
            yield " ".join(words[:-1])
        case Field("title" | "abstract", value):
            yield f'"{value}"'
        case And(parts):
            for left_out in parts:
                rest = all_of(part for part in parts if part is not left_out)
                if is_positive(rest):
                    yield canonical(rest)


def _phrases(query: Query) -> list[Phrase]:
    parts = query.parts if isinstance(query, And) else (query,)
    return [part for part in parts if isinstance(part, Phrase)]


def _exchanged(query: Query, old: Query, other: Query) -> Query:
    if isinstance(query, And):
        return all_of(other if part is old else part for part in query.parts)
    return other if query is old else query


def _replaced(query: Query, nearest: Mapping[str, str]) -> Query:
    match query:
        case Phrase(words):
            mended = ("-".join(nearest.get(w, w) for w in word.split("-")) for word in words)
            return replace(query, words=tuple(mended))
        case And(parts) | Or(parts):
            return replace(query, parts=tuple(_replaced(part, nearest) for part in parts))
    return query


def _tells(word: str) -> bool:
    return word.isalnum() and word not in STOP_WORDS
