"""Topics as text: a line each, just as `/papers subscribe` takes it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.lexer import straighten
from bot.domain.subscription import Wish, read_wish
from bot.errors import BotError

_SEMICOLON = re.compile(r"\s;\s")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line asks for. `number` is its place in the text, from 1."""

    number: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that asks for nothing I understand, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a text asks for: a line for each topic, how many were repeats, and what is wrong."""

    lines: tuple[Line, ...]
    repeats: int
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many topics somebody follows now, and how many lines did what."""

    total: int
    added: int
    changed: int  # followed before, on other terms
    known: int
    repeats: int


def written(wish: Wish) -> str:
    """A wish as one line that reads back as the same wish."""
    # A comma at the end of a query says nothing: behind it, a last word such as `daily` stays one.
    query = f"{wish.text}," if _ends_in_option(wish.text) else wish.text
    name = f' as:"{wish.name}"' if wish.name else ""
    revisions = " revisions:on" if wish.revisions else ""
    return f"{query} {wish.cadence} max:{wish.size}{revisions}{name}"


def read(text: str) -> Read:
    """The wishes in a text. Of two lines with the same topic the later counts, as if typed."""
    topics: dict[str, Line] = {}
    unread: list[Unread] = []
    repeats = 0
    for number, line in _lines(text):
        try:
            wish = read_wish(line)
        except BotError as problem:
            unread.append(Unread(number, str(problem)))
            continue
        repeats += wish.text in topics
        topics[wish.text] = Line(number, wish)
    lines = sorted(topics.values(), key=lambda each: each.number)
    unread += _namesakes(lines)
    return Read(tuple(lines), repeats, tuple(sorted(unread, key=lambda each: each.number)))


def _namesakes(lines: Iterable[Line]) -> Iterator[Unread]:
    """Lines whose name another topic has above."""
    taken: dict[str, int] = {}
    for line in lines:
        name = line.wish.name.casefold()
        if name and name in taken:
            yield Unread(line.number, f"Line {taken[name]} has that name already. Choose another.")
        taken.setdefault(name, line.number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line that says something, with its number; where there is but one, `;` parts it."""
    parts = text.splitlines()
    if sum(1 for part in parts if part.strip()) < 2:
        parts = _SEMICOLON.split(text)
    for number, part in enumerate(parts, start=1):
        if line := straighten(part):
            yield number, line


def _ends_in_option(query: str) -> bool:
    try:
        return read_wish(query) != Wish(query)
    except BotError:
        return True
