"""One grammar for search and subscriptions.

    query  = clause { ["AND" | "OR"] clause }        AND binds closer than OR, and so does a space
    clause = ["-" | "+" | "NOT"] ( words | "phrase" | field ":" (word | "phrase") | "(" query ")" )

In a subscription, adjacent plain words are one phrase and a comma means OR. In a search, plain
words are ranked; quotes, `+`, `-`, fields and operators are strict. `-` and `+` take one word,
`NOT` a whole phrase.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from bot.domain.expression import (
    And,
    Field,
    Not,
    Or,
    Phrase,
    Query,
    all_of,
    any_of,
    canonical,
    clauses,
    is_positive,
    leaves,
    negate,
    phrase,
)
from bot.domain.fields import read_field
from bot.domain.lexer import Kind, Lexeme, clean_input, lex, straighten
from bot.domain.tokens import tokens
from bot.errors import EmptyQuery, QueryProblem

__all__ = [
    "And",
    "Field",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "SearchQuery",
    "canonical",
    "clean_input",
    "parse_search",
    "parse_subscription",
    "read_canonical",
]

MAX_LENGTH = 200  # characters; the longest of 4,236 titles on Hugging Face has 175
MAX_TERMS = 10  # phrases and fields
MAX_CLAUSES = 32  # in disjunctive form
MAX_DEPTH = 10  # parentheses within parentheses
_PLAIN_WORD = r"(?!(?:AND|OR|NOT)\b)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_PLAIN = re.compile(rf"{_PLAIN_WORD}(?:(?: | AND | OR | -){_PLAIN_WORD})*")


class OnlyExclusions(QueryProblem):
    """That only says what to leave out. Add what to look for, as in `agents -survey`."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search: words that rank, and what a hit must and must not hold."""

    ranked: tuple[str, ...] = ()  # as `tokens` normalises them, as often as they were typed
    required: tuple[Query, ...] = ()
    excluded: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    query: Query
    is_loose: bool = False  # plain words that no operator touches: a search ranks by them


_Clauses: TypeAlias = list[_Clause]


@lru_cache(maxsize=10_000)
def parse_subscription(text: str) -> Query:
    """The query that a subscription names. Raises QueryProblem, whatever the text."""
    return _checked(_any(_Parser(_lexemes(text, commas=True)).alternatives()))


def read_canonical(text: str) -> Query:
    """The query of a text that `canonical` wrote: the same as parsing it, without the checks.

    Most hold nothing but words and operators, in the order they were sorted into.
    """
    if not _PLAIN.fullmatch(text):
        return _any(_Parser(lex(text, commas=True)).alternatives())
    alternatives = tuple(_together(each) for each in text.split(" OR "))
    return alternatives[0] if len(alternatives) == 1 else Or(alternatives)


def _together(text: str) -> Query:
    """The query of plain phrases joined by AND, and of plain words left out."""
    wanted, *unwanted = text.split(" -")
    parts: list[Query] = [Phrase(tuple(each.split(" "))) for each in wanted.split(" AND ")]
    parts += [Not(Phrase((each,))) for each in unwanted]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def parse_search(text: str) -> SearchQuery:
    """The search that a text asks for. Raises QueryProblem, whatever the text."""
    found = _Parser(_lexemes(text, commas=False)).alternatives()
    every = [clause for alternative in found for clause in alternative]
    strict = [clause.query for clause in every if not clause.is_loose]
    if strict and len(found) > 1:
        return SearchQuery(required=(_checked(_any(found)),))
    ranked = [clause.query for clause in every if clause.is_loose]
    if not strict:
        return SearchQuery(_words(ranked))
    parts = _parts(_checked(all_of(strict), alone=not ranked))
    return SearchQuery(
        _words(ranked),
        tuple(part for part in parts if not isinstance(part, Not)),
        tuple(part.part for part in parts if isinstance(part, Not)),
    )


def _words(ranked: Iterable[Query]) -> tuple[str, ...]:
    return tuple(word.norm for query in ranked for word in tokens(canonical(query)))


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, And) else (query,)


def _any(alternatives: Iterable[_Clauses]) -> Query:
    return any_of(all_of(clause.query for clause in each) for each in alternatives)


def _lexemes(text: str, *, commas: bool) -> list[Lexeme]:
    straight = straighten(text)
    _limit(len(straight), MAX_LENGTH, "characters")
    kept: list[Lexeme] = []
    for lexeme in lex(straight, commas=commas):
        if lexeme.kind is Kind.CLOSE and kept and kept[-1].kind is Kind.OPEN:
            kept.pop()  # nothing between them
        else:
            kept.append(lexeme)
    if not kept:
        raise EmptyQuery
    return kept


def _checked(query: Query, *, alone: bool = True) -> Query:
    """The query if it is small enough and, where nothing else is asked for, names something."""
    _limit(len(leaves(query)), MAX_TERMS, "words, phrases and fields")
    _limit(clauses(query), MAX_CLAUSES, "combinations of its parts")
    _limit(len(canonical(query)), MAX_LENGTH, "characters when written out")
    if alone and not is_positive(query):
        raise OnlyExclusions
    return query


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        raise QueryProblem(
            f"That query has more than {most} {what}. Shorten it, or make two of it."
        )


class _Parser:
    """Reads lexemes from left to right."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.at = 0
        self.depth = 0

    def alternatives(self) -> list[_Clauses]:
        """What OR and commas part, up to the end or a closing parenthesis."""
        self._skip_commas()
        found = [self._together(None)]
        while self._kind() is Kind.OR:
            operator = self._take()
            self._skip_commas()
            if operator.text != "," or self._kind() not in (None, Kind.CLOSE):
                found.append(self._together(operator))
        return found

    def _together(self, operator: Lexeme | None) -> _Clauses:
        """What stands side by side or is joined by AND. `operator` is what came before."""
        found = [self._clause(operator)]
        while self._kind() not in (None, Kind.OR, Kind.CLOSE):
            if self._kind() is Kind.AND:
                found[-1] = replace(found[-1], is_loose=False)
                found.append(replace(self._clause(self._take()), is_loose=False))
            else:
                found.append(self._clause(None))
        return found

    def _clause(self, operator: Lexeme | None, *, one_word: bool = False) -> _Clause:
        match self._kind():
            case Kind.WORD:
                return self._plain(one_word=one_word)
            case Kind.OPEN:
                return self._group()
            case Kind.NOT | Kind.MINUS as sign:
                operand = self._clause(self._take(), one_word=sign is Kind.MINUS)
                return _Clause(negate(operand.query))
            case Kind.PLUS:
                return replace(self._clause(self._take(), one_word=True), is_loose=False)
            case Kind.FIELD:
                return _Clause(read_field(self._take()))
            case Kind.QUOTE:
                return _Clause(_phrase(self._take().text, literal=True))
        raise self._nothing_there(operator)

    def _plain(self, *, one_word: bool) -> _Clause:
        words = [self._take().text]
        while not one_word and self._kind() is Kind.WORD:
            words.append(self._take().text)
        return _Clause(_phrase(" ".join(words), literal=False), is_loose=True)

    def _group(self) -> _Clause:
        opening = self._take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryProblem(
                f"At character {opening.place} there are more than {MAX_DEPTH} parentheses within "
                "each other. Leave some out."
            )
        found = self.alternatives()
        self._take()  # the lexer has seen that each is closed
        self.depth -= 1
        return found[0][0] if len(found) == len(found[0]) == 1 else _Clause(_any(found))

    def _nothing_there(self, operator: Lexeme | None) -> QueryProblem:
        known = operator or (self.lexemes[self.at] if self.at < len(self.lexemes) else None)
        if known is None:
            return EmptyQuery()
        where = "after" if operator else "before"
        hint = f" As a plain word, write it small: `{known.text.lower()}`."
        return QueryProblem(
            f"`{known.text}` at character {known.place} needs a word, phrase or field {where} it."
            + (hint if known.text.isalpha() else "")
        )

    def _skip_commas(self) -> None:
        while self._kind() is Kind.OR and self.lexemes[self.at].text == ",":
            self.at += 1

    def _kind(self) -> Kind | None:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else None

    def _take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]


def _phrase(text: str, *, literal: bool) -> Phrase:
    found = phrase(text, literal=literal)
    if found is None:
        raise EmptyQuery
    return found
