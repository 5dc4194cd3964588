"""Lexemes become clauses: what stands side by side, what is excluded, and what is grouped."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.domain.expression import Phrase, Query, all_of, any_of, negate, phrase
from bot.domain.fields import read_field
from bot.domain.lexer import Kind, Lexeme
from bot.errors import EmptyQuery, QueryProblem

MAX_DEPTH = 10  # parentheses within parentheses


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query, and whether it only ranks."""

    query: Query
    is_loose: bool = False  # plain words that no operator touches: a search ranks by them


Clauses: TypeAlias = list[Clause]


def joined(alternatives: Iterable[Clauses]) -> Query:
    """One query: the clauses of an alternative all at once, any of the alternatives."""
    return any_of(all_of(clause.query for clause in each) for each in alternatives)


class Parser:
    """Reads lexemes from left to right."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.at = 0
        self.depth = 0

    def alternatives(self) -> list[Clauses]:
        """What OR and commas part, up to the end or a closing parenthesis."""
        self._skip_commas()
        found = [self._together(None)]
        while self._kind() is Kind.OR:
            operator = self._take()
            self._skip_commas()
            if operator.text != "," or self._kind() not in (None, Kind.CLOSE):
                found.append(self._together(operator))
        return found

    def _together(self, operator: Lexeme | None) -> Clauses:
        """What stands side by side or is joined by AND. `operator` is what came before."""
        found = [self._clause(operator)]
        while self._kind() not in (None, Kind.OR, Kind.CLOSE):
            if self._kind() is Kind.AND:
                found[-1] = replace(found[-1], is_loose=False)
                found.append(replace(self._clause(self._take()), is_loose=False))
            else:
                found.append(self._clause(None))
        return found

    def _clause(self, operator: Lexeme | None, *, one_word: bool = False) -> Clause:
        match self._kind():
            case Kind.WORD:
                return self._plain(one_word=one_word)
            case Kind.OPEN:
                return self._group()
            case Kind.NOT | Kind.MINUS as sign:
                operand = self._clause(self._take(), one_word=sign is Kind.MINUS)
                return Clause(negate(operand.query))
            case Kind.PLUS:
                return replace(self._clause(self._take(), one_word=True), is_loose=False)
            case Kind.FIELD:
                return Clause(read_field(self._take()))
            case Kind.QUOTE:
                return Clause(_phrase(self._take().text, literal=True))
        raise self._nothing_there(operator)

    def _plain(self, *, one_word: bool) -> Clause:
        words = [self._take().text]
        while not one_word and self._kind() is Kind.WORD:
            words.append(self._take().text)
        return Clause(_phrase(" ".join(words), literal=False), is_loose=True)

    def _group(self) -> Clause:
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
        return found[0][0] if len(found) == len(found[0]) == 1 else Clause(joined(found))

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
