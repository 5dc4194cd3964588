"""What somebody does not want to be told of: a word, an author, one paper."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.expression import And, Or, Query, canonical, idle
from bot.domain.lexer import straighten
from bot.domain.matching import Document, document, matches
from bot.domain.mistakes import shown
from bot.domain.paper import Listing, find_id
from bot.domain.query import parse_subscription
from bot.errors import EmptyQuery, QueryProblem


@dataclass(frozen=True, slots=True)
class Mute:
    """A query whose matches one person is not told of."""

    id: int
    text: str  # canonical
    muted_at: datetime


class NothingToMute(QueryProblem):
    """Name a word, an author or a paper, for example `/papers mute survey`."""


class MutesAll(QueryProblem):
    """Muting it would hide nearly everything. Name a word that tells papers apart."""


def read_mutes(said: str) -> tuple[str, ...]:
    """What `/papers mute` was told, as canonical queries; commas and OR part several.

    An arXiv id or link alone is that paper. Raises QueryProblem.
    """
    text = straighten(said).strip()
    paper_id = find_id(text) if text and " " not in text else None
    if paper_id:
        return (canonical(parse_subscription(f"id:{paper_id}")),)
    try:
        query = parse_subscription(text)
    except EmptyQuery:
        raise NothingToMute from None
    parts = query.parts if isinstance(query, Or) else (query,)
    for part in parts:
        if idle(part):
            raise MutesAll(
                f"{shown(canonical(part))} stands in nearly every paper. {MutesAll.__doc__}"
            )
    return tuple(map(canonical, parts))


def author(name: str) -> str:
    """The canonical query of one author's papers. Raises QueryProblem where it is no name."""
    bare = straighten(name).replace('"', " ")
    return canonical(parse_subscription(f'author:"{bare}"'))


def silences(texts: Collection[str], query: Query) -> bool:
    """Whether everything that a topic finds matches one of these mutes."""
    match query:
        case And(parts):
            return any(silences(texts, part) for part in parts)
        case Or(parts):
            return all(silences(texts, part) for part in parts)
    return canonical(query) in texts


def muted(mutes: Sequence[Mute], listings: Iterable[Listing]) -> dict[str, Mute]:
    """Which of these papers a person muted, each with the first mute that it matches."""
    by = hiding(mutes)
    each_by = ((each.paper.id, by(document(each.paper, [each.source]))) for each in listings)
    return {paper_id: mute for paper_id, mute in each_by if mute}


def hiding(mutes: Sequence[Mute]) -> Callable[[Document], Mute | None]:
    """The first mute that hides a paper with these words, if one does."""
    queries = [(each, parse_subscription(each.text)) for each in mutes]

    def by(words: Document) -> Mute | None:
        return next((mute for mute, query in queries if matches(query, words)), None)

    return by
