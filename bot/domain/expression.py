"""What a query is once it is read: values that compare equal when the queries are equal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import TypeAlias

from bot.domain.tokens import SPACE, STOP_WORDS, TIGHT, Token, is_cased, may_join, tokens


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words. Literal ones match as they stand; others in every spelling of theirs."""

    words: tuple[str, ...]
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the paper, and what it must hold. `name` is a key of `lexer.FIELDS`."""

    name: str
    value: str  # as canonical text
    literal: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts, at least two, sorted by their text."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts, at least two, sorted by their text."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """A phrase or field that must be absent."""

    part: "Query"


Query: TypeAlias = Phrase | Field | And | Or | Not


def phrase(text: str, *, literal: bool = False) -> Phrase | None:
    """The phrase in a text; None where it holds no word."""
    words = tokens(text)
    return Phrase(_shown(words, literal=literal), literal) if words else None


def spelled(text: str, *, literal: bool = False) -> str:
    """A field's words as one canonical text; empty where it holds no word.

    Words in quotes part at spaces; words without are one word, with hyphens.
    """
    words = tokens(text)
    return (" " if literal else "-").join(_shown(words, literal=literal))


def _shown(words: Sequence[Token], *, literal: bool) -> tuple[str, ...]:
    """Each word in the form that reads back as the same: its own case only if that counts."""
    alone = len(words) == 1
    shown = [word.text if is_cased(word, alone=alone) else word.norm for word in words]
    joined = shown[:1]
    for (left, right), text in zip(pairwise(words), shown[1:], strict=True):
        if left.is_unspaced and right.is_unspaced:
            joined[-1] += text
        elif not literal and right.gap == TIGHT and _only_if_tight(left, right):
            joined[-1] += f"-{text}"
        else:
            joined.append(text)
    return tuple(joined)


def _only_if_tight(left: Token, right: Token) -> bool:
    """Whether the hyphen says more than a space would: k-means is kmeans, `k means` is not."""
    return may_join(left, right, TIGHT) and not may_join(left, right, SPACE)


def all_of(parts: Iterable[Query]) -> Query:
    """The parts as one query; a single part is that query itself."""
    return _combine(parts, And)


def any_of(parts: Iterable[Query]) -> Query:
    """One of the parts as one query; a single part is that query itself."""
    return _combine(parts, Or)


def _combine(parts: Iterable[Query], kind: type[And] | type[Or]) -> Query:
    flat: set[Query] = set()
    for part in parts:
        flat.update(part.parts if isinstance(part, kind) else (part,))
    ordered = sorted(flat, key=_order)
    return ordered[0] if len(ordered) == 1 else kind(tuple(ordered))


def _order(query: Query) -> tuple[bool, str, str]:
    text = canonical(query)
    return isinstance(query, Not), text.casefold(), text


def negate(query: Query) -> Query:
    """What the query does not match; exclusions move inwards to phrases and fields."""
    match query:
        case And(parts):
            return any_of(negate(part) for part in parts)
        case Or(parts):
            return all_of(negate(part) for part in parts)
        case Not(part):
            return part
    return Not(query)


def canonical(query: Query) -> str:
    """The one text of a query; read again as a subscription it gives the same query."""
    match query:
        case Phrase(words, literal):
            return f'"{" ".join(words)}"' if literal else " ".join(words)
        case Field(name, value, literal):
            return f'{name}:"{value}"' if literal else f"{name}:{value}"
        case And(parts):
            return _all_text(parts)
        case Or(parts):
            return " OR ".join(canonical(part) for part in parts)
        case Not(part):
            text = canonical(part)
            return f"-({text})" if isinstance(part, Phrase) and " " in _bare(part) else f"-{text}"


def _bare(part: Phrase) -> str:
    return "" if part.literal else " ".join(part.words)


def _all_text(parts: Sequence[Query]) -> str:
    """The parts side by side; AND stands only where two phrases would read as one."""
    text, was_plain = "", False
    for part in parts:
        plain = isinstance(part, Phrase) and not part.literal
        shown = f"({canonical(part)})" if isinstance(part, Or) else canonical(part)
        text += (" AND " if plain and was_plain else " " if text else "") + shown
        was_plain = plain
    return text


def leaves(query: Query) -> list[Query]:
    """The phrases and fields of a query, excluded ones as `Not`."""
    if isinstance(query, And | Or):
        return [leaf for part in query.parts for leaf in leaves(part)]
    return [query]


def clauses(query: Query) -> int:
    """How many alternatives the query has when written out as an OR of ANDs."""
    match query:
        case And(parts):
            return prod(map(clauses, parts))
        case Or(parts):
            return sum(map(clauses, parts))
    return 1


def is_positive(query: Query) -> bool:
    """Whether every match holds something that the query names."""
    match query:
        case And(parts):
            return any(map(is_positive, parts))
        case Or(parts):
            return all(map(is_positive, parts))
    return not isinstance(query, Not)


def idle(query: Query) -> Query | None:
    """A part that stands in nearly every paper and alone is enough to match; None without one."""
    match query:
        case Phrase(words):
            said = (word for each in words for word in each.split("-"))
            return query if all(map(_is_stop_word, said)) else None
        case Field("title" | "abstract", value):
            return query if all(each.norm in STOP_WORDS for each in tokens(value)) else None
        case And(parts):
            return idle(parts[0]) if all(map(idle, parts)) else None
        case Or(parts):
            return next((part for part in parts if idle(part)), None)
        case Not():
            return query  # beside others it excludes, and brings nothing
    return None


def _is_stop_word(word: str) -> bool:
    """IT and US are names; a capital A begins half of all titles."""
    return word in STOP_WORDS or (len(word) == 1 and word.lower() in STOP_WORDS)
