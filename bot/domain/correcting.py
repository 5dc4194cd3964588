"""A search's text: its plain words, and the same text with mistyped ones mended."""

from collections.abc import Iterator, Mapping

from bot.domain.fields import paper_id
from bot.domain.lexer import Kind, Lexeme, lex, straighten
from bot.domain.options import is_option
from bot.domain.tokens import is_cased, placed

_SIGNS = (Kind.MINUS, Kind.PLUS, Kind.NOT)
_READ_AS_WORDS = ("title", "abstract")


def doubtful(text: str) -> list[str]:
    """The plain words that may be slips of the finger, each once.

    Not what somebody wrote with care: quoted, after a sign or a field's name, in capitals as
    acronyms are, or an id.
    """
    words = (word for each in _plain(straighten(text)) for word, _, _ in _parts(each))
    return list(dict.fromkeys(words))


def mended(text: str, nearest: Mapping[str, str]) -> str:
    """The text with other words for some of its doubtful ones; all else stays as it was typed."""
    straight = straighten(text)
    pieces, done = [], 0
    for lexeme in _plain(straight):
        for word, start, end in _parts(lexeme):
            if word in nearest:
                first = lexeme.place - 1 + start
                pieces += [straight[done:first], nearest[word]]
                done = lexeme.place - 1 + end
    return "".join((*pieces, straight[done:])) if pieces else text


def loosened(text: str) -> str:
    """All that a text asks for as plain words: without strictness, exclusions and options."""
    said: list[str] = []
    before: Kind | None = None
    for lexeme in lex(straighten(text), commas=False):
        asked = before not in (Kind.MINUS, Kind.NOT) and not is_option(lexeme.text)
        plain = lexeme.kind in (Kind.WORD, Kind.QUOTE) or lexeme.field in _READ_AS_WORDS
        if asked and plain:
            said.append(lexeme.text)
        before = lexeme.kind
    return " ".join(said)


def _plain(straight: str) -> Iterator[Lexeme]:
    before: Kind | None = None
    for lexeme in lex(straight, commas=False):
        if lexeme.kind is Kind.WORD and before not in _SIGNS and not _is_no_word(lexeme.text):
            yield lexeme
        before = lexeme.kind


def _is_no_word(text: str) -> bool:
    return is_option(text) or "://" in text or bool(paper_id(text))


def _parts(lexeme: Lexeme) -> Iterator[tuple[str, int, int]]:
    """A lexeme's words in lower case, and where each stands in it."""
    for token, place in placed(lexeme.text):
        if not is_cased(token, alone=False):
            yield token.norm, place.start, place.end
