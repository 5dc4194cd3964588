"""One grammar for search and subscriptions.

    query  = clause { ["AND" | "OR"] clause }        AND binds closer than OR, and so does a space
    clause = ["-" | "+" | "NOT"] ( words | "phrase" | field ":" (word | "phrase") | "(" query ")" )

In a subscription, adjacent plain words are one phrase and a comma means OR. In a search, plain
words are ranked; quotes, `+`, `-`, fields and operators are strict. `-` and `+` take one word,
`NOT` a whole phrase. Only a search takes options: since:, until: and sort:.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.domain.expression import (
    And,
    Field,
    Not,
    Or,
    Phrase,
    Query,
    all_of,
    canonical,
    clauses,
    is_positive,
    leaves,
)
from bot.domain.lexer import Kind, Lexeme, clean_input, lex, straighten
from bot.domain.options import NotForTopics, Options, Sort, is_option, read_options
from bot.domain.parser import Clauses, Parser, joined
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
    "Sort",
    "canonical",
    "clean_input",
    "parse_search",
    "parse_subscription",
    "read_canonical",
]

MAX_LENGTH = 200  # characters; the longest of 4,236 titles on Hugging Face has 175
MAX_SEARCH = 1_000  # characters: people paste a claim, or two sentences of an abstract
MAX_TERMS = 10  # phrases and fields
MAX_CLAUSES = 32  # in disjunctive form
_PLAIN_WORD = r"(?!(?:AND|OR|NOT)\b)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_PLAIN = re.compile(rf"{_PLAIN_WORD}(?:(?: | AND | OR | -){_PLAIN_WORD})*")


class OnlyExclusions(QueryProblem):
    """That only says what to leave out. Add what to look for, as in `agents -survey`."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search: words that rank, what a hit must and must not hold, and when it was published."""

    ranked: tuple[str, ...] = ()  # as `tokens` normalises them, as often as they were typed
    required: tuple[Query, ...] = ()
    excluded: tuple[Query, ...] = ()
    since: date | None = None  # days of publication, both included
    until: date | None = None
    sort: Sort = Sort.BEST


@lru_cache(maxsize=10_000)
def parse_subscription(text: str) -> Query:
    """The query that a subscription names. Raises QueryProblem, whatever the text."""
    lexemes = _lexemes(text, MAX_LENGTH, commas=True)
    if any(_is_option(each) for each in lexemes):
        raise NotForTopics
    return _checked(joined(Parser(_filled(lexemes)).alternatives()))


def read_canonical(text: str) -> Query:
    """The query of a text that `canonical` wrote: the same as parsing it, without the checks.

    Most hold nothing but words and operators, in the order they were sorted into.
    """
    if not _PLAIN.fullmatch(text):
        return joined(Parser(lex(text, commas=True)).alternatives())
    alternatives = tuple(_together(each) for each in text.split(" OR "))
    return alternatives[0] if len(alternatives) == 1 else Or(alternatives)


def _together(text: str) -> Query:
    """The query of plain phrases joined by AND, and of plain words left out."""
    wanted, *unwanted = text.split(" -")
    parts: list[Query] = [Phrase(tuple(each.split(" "))) for each in wanted.split(" AND ")]
    parts += [Not(Phrase((each,))) for each in unwanted]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def parse_search(text: str, today: date | None = None) -> SearchQuery:
    """The search that a text asks for, and days counted back from `today`.

    Raises QueryProblem, whatever the text.
    """
    lexemes = _lexemes(text, MAX_SEARCH, commas=False)
    options = read_options([each.text for each in lexemes if _is_option(each)], today)
    words = [each for each in lexemes if not _is_option(each)]
    if not words and (options.since or options.until):
        return _within(SearchQuery(), options)
    return _within(_asked_for(Parser(_filled(words)).alternatives()), options)


def _within(query: SearchQuery, options: Options) -> SearchQuery:
    return replace(query, since=options.since, until=options.until, sort=options.sort)


def _asked_for(found: list[Clauses]) -> SearchQuery:
    every = [clause for alternative in found for clause in alternative]
    strict = [clause.query for clause in every if not clause.is_loose]
    if strict and len(found) > 1:
        return SearchQuery(required=(_checked(joined(found), most=MAX_SEARCH),))
    ranked = [clause.query for clause in every if clause.is_loose]
    if not strict:
        return SearchQuery(_words(ranked))
    parts = _parts(_checked(all_of(strict), most=MAX_SEARCH, alone=not ranked))
    return SearchQuery(
        _words(ranked),
        tuple(part for part in parts if not isinstance(part, Not)),
        tuple(part.part for part in parts if isinstance(part, Not)),
    )


def _words(ranked: Iterable[Query]) -> tuple[str, ...]:
    return tuple(word.norm for query in ranked for word in tokens(canonical(query)))


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, And) else (query,)


def _lexemes(text: str, most: int, *, commas: bool) -> list[Lexeme]:
    straight = straighten(text)
    _limit(len(straight), most, "characters")
    return lex(straight, commas=commas)


def _is_option(lexeme: Lexeme) -> bool:
    return lexeme.kind is Kind.WORD and is_option(lexeme.text)


def _filled(lexemes: Iterable[Lexeme]) -> list[Lexeme]:
    """Without parentheses around nothing. Raises EmptyQuery where nothing is left."""
    kept: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.CLOSE and kept and kept[-1].kind is Kind.OPEN:
            kept.pop()
        else:
            kept.append(lexeme)
    if not kept:
        raise EmptyQuery
    return kept


def _checked(query: Query, *, most: int = MAX_LENGTH, alone: bool = True) -> Query:
    """The query if it is small enough and, where nothing else is asked for, names something."""
    _limit(len(leaves(query)), MAX_TERMS, "words, phrases and fields")
    _limit(clauses(query), MAX_CLAUSES, "combinations of its parts")
    _limit(len(canonical(query)), most, "characters when written out")
    if alone and not is_positive(query):
        raise OnlyExclusions
    return query


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        raise QueryProblem(
            f"That query has more than {most} {what}. Shorten it, or make two of it."
        )
