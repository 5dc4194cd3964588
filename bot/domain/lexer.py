"""Typed text becomes lexemes: words, quotes, fields, operators and parentheses."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.paper import clean
from bot.domain.tokens import tokens
from bot.errors import QueryProblem

# Each name that people may write before a colon, and the field it means.
FIELDS = {
    **{"title": "title", "ti": "title", "abstract": "abstract", "abs": "abstract"},
    **{"author": "author", "au": "author", "cat": "cat", "category": "cat"},
    **{"source": "source", "org": "org", "id": "id", "has": "has"},
}

_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("‐‑‒–−", "-"),
    }
)
_SLACK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_WORD = re.compile(r"""(?:\\.|[^\s"(),\\]|(?<=\d),(?=\d)|(?<=[^\s"(),])\([^\s"()]*\)|\\)+""")
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):(?=[^\s,()])", re.IGNORECASE)
_SIGN = re.compile(r'[-+](?=[\w"(.\\$]|[^\x00-\x7f])')
# Where a sign or an opening parenthesis is one, and not part of a word such as SO(3).
_BEFORE_CLAUSE = re.compile(r"(?:^|[\s(,])[-+]?$")


# Far more than any query may have, and little enough that even a pile of accents, which take
# quadratic time to put in order, is read at once.
MAX_RAW = 4_000


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()
    QUOTE = auto()
    FIELD = auto()
    MINUS = auto()
    PLUS = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_SIGNS = {"-": Kind.MINUS, "+": Kind.PLUS}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query as typed, and its place, counted from 1."""

    kind: Kind
    text: str
    place: int
    field: str = ""
    quoted: bool = False


def clean_input(text: str) -> str:
    """What was typed, without what Slack did to it: links, mentions, entities, curly quotes."""
    plain = _SLACK.sub(_unwrapped, text[:MAX_RAW])
    for entity, mark in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(entity, mark)
    return straighten(plain)


def straighten(text: str) -> str:
    """One line with straight quotes and plain hyphens, NFKC, nothing invisible, cut at MAX_RAW."""
    plain = text[:MAX_RAW].translate(_MARKS)
    return clean(unicodedata.normalize("NFKC", plain).translate(_MARKS))


def _unwrapped(found: re.Match[str]) -> str:
    target, label = found[1], found[2] or ""
    if target[:1] in ("#", "@"):
        return target[0] + (label.lstrip("#@") or target[1:])
    if target[:1] == "!":
        return label or f"@{target[1:].partition('^')[0]}"
    # Slack links what looks like an address; a label of somebody's own hides where it leads.
    return label if label and target.endswith(label) else target


def lex(text: str, *, commas: bool) -> list[Lexeme]:
    """The lexemes of a straightened text. Commas mean OR, or nothing; stray marks are dropped."""
    return list(_Lexer(text, commas=commas).lexemes())


class _Lexer:
    def __init__(self, text: str, *, commas: bool) -> None:
        self.text = text
        self.commas = commas
        self.at = 0
        self.has_fields = ":" in text
        self.parentheses: list[int | None] = []  # the place of each open one; None within words

    def lexemes(self) -> Iterator[Lexeme]:
        while self.at < len(self.text):
            found = self._next()
            if found is not None:
                yield found
        for place in self.parentheses:
            if place is not None:
                raise QueryProblem(
                    f"The `(` at character {place} is never closed. Close it, or leave it out."
                )

    def _next(self) -> Lexeme | None:
        mark = self.text[self.at]
        if mark == " ":
            self.at += 1
            return None
        if mark.isalnum() and not self.has_fields:  # as are most; nothing else begins so
            return self._word()
        starts = _BEFORE_CLAUSE.search(self.text[max(0, self.at - 2) : self.at]) is not None
        if mark == '"':
            return self._quote()
        if mark in "(),":
            return self._parenthesis(mark, starts) if mark != "," else self._comma()
        if starts and _SIGN.match(self.text, self.at):
            return self._take(_SIGNS[mark], mark)
        if starts and (named := _FIELD.match(self.text, self.at)):
            return self._field(named)
        return self._word()

    def _take(self, kind: Kind, text: str) -> Lexeme:
        self.at += len(text)
        return Lexeme(kind, text, self.at - len(text) + 1)

    def _quote(self) -> Lexeme | None:
        start = self.at
        end = self.text.find('"', start + 1)
        if end < 0:
            inside = self.text[start + 1 :].strip()
            if not tokens(inside):
                self.at = len(self.text)
                return None
            raise QueryProblem(
                f'The quote at character {start + 1} is never closed. Write `"{inside}"`, '
                f"or leave it out: `{inside}`."
            )
        self.at = end + 1
        inside = self.text[start + 1 : end]
        return Lexeme(Kind.QUOTE, inside, start + 1, quoted=True) if tokens(inside) else None

    def _parenthesis(self, mark: str, starts: bool) -> Lexeme | None:
        place = self.at + 1
        if mark == "(":
            self.parentheses.append(place if starts else None)
            known = starts
        else:
            known = bool(self.parentheses) and self.parentheses.pop() is not None
        self.at = place
        return Lexeme(Kind.OPEN if mark == "(" else Kind.CLOSE, mark, place) if known else None

    def _comma(self) -> Lexeme | None:
        self.at += 1
        return Lexeme(Kind.OR, ",", self.at) if self.commas else None

    def _field(self, named: re.Match[str]) -> Lexeme:
        start = self.at
        self.at = named.end()
        if self.text[self.at] == '"':
            value = self._quote()
            if value is None:
                raise QueryProblem(f"`{named[0]}` needs a word after it, or a phrase in quotes.")
        else:
            found = _WORD.match(self.text, self.at)
            value = self._take(Kind.WORD, found[0] if found else self.text[self.at])
        return Lexeme(
            Kind.FIELD, value.text, start + 1, FIELDS[named[1].lower()], quoted=value.quoted
        )

    def _word(self) -> Lexeme | None:
        found = _WORD.match(self.text, self.at)
        if found is None:  # a space
            self.at += 1
            return None
        word = self._take(_OPERATORS.get(found[0], Kind.WORD), found[0])
        return word if word.kind is not Kind.WORD or tokens(word.text) else None
