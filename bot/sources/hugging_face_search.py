"""Hugging Face's own search, asked when somebody presses a button for it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import httpx

from bot.domain.matched import Matched
from bot.domain.paper import UNDATED
from bot.domain.results import Hit
from bot.domain.sentences import Span
from bot.errors import SourceFailed
from bot.sources.fields import mapping, moment, sequence
from bot.sources.http import Limits, Reader, Turn, at_any_time
from bot.sources.hugging_face_entry import day_of, read
from bot.sources.hugging_face_paper import LIMITS
from bot.sources.reports import Unreadable, naming

LONGEST_QUERY = 250  # characters that the site takes
_SPACES = re.compile(r"\s+")
MOST = 10  # of up to 120: what a person reads


class Searcher:
    """Asks the site's search. Every way to fail ends in SourceFailed."""

    def __init__(
        self,
        base: str,
        *,
        token: str = "",
        contact: str = "",
        limits: Limits = LIMITS,
        turn: Turn = at_any_time,
    ) -> None:
        self._url = f"{base.rstrip('/')}/api/papers/search"
        self._reader = Reader(token=token, contact=contact, limits=limits, turn=turn)

    def search(self, words: str) -> tuple[Hit, ...]:
        """What the site finds for plain words, best first."""
        asked = {"q": _cut(words), "limit": str(MOST)}
        with naming("Hugging Face"):
            return self._reader.get(self._url, asked, _hits)


def _cut(words: str) -> str:
    """As many whole words as the site takes; of one long word, its beginning."""
    if len(words) <= LONGEST_QUERY:
        return words
    return words[: LONGEST_QUERY + 1].rpartition(" ")[0] or words[:LONGEST_QUERY]


def _hits(body: bytes, _: httpx.Headers) -> tuple[Hit, ...]:
    """The papers of an answer; an entry that cannot be read is left out. Raises SourceFailed."""
    try:
        entries = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise SourceFailed("The answer is not JSON, or only a part.") from problem
    if not isinstance(entries, list):
        raise SourceFailed("The answer is not a list of papers.")
    found: list[Hit] = []
    for entry in map(mapping, entries[:MOST]):
        try:
            found.append(_hit(entry))
        except Unreadable:
            continue
    if entries and not found:
        raise SourceFailed("None of the papers in the answer can be read.")
    return tuple({hit.listing.paper.id: hit for hit in found}.values())


def _hit(entry: Mapping[str, Any]) -> Hit:
    inner = dict(mapping(entry.get("paper")))
    pieces = [_Piece.of(each) for each in sequence(entry.get("highlightedTitle"))]
    inner.setdefault("title", "".join(each.text for each in pieces))
    published = moment(inner.get("publishedAt"))
    day = day_of(entry) or (published.date() if published else UNDATED)
    listing = read({**entry, "paper": inner}, day)
    return Hit(listing, 0.0, Matched(title=_marked(pieces, listing.paper.title)), is_stored=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a title, which the search may have found."""

    text: str
    is_found: bool

    @classmethod
    def of(cls, value: object) -> "_Piece":
        """Line breaks within are spaces, as in titles; what is no text is empty."""
        said = mapping(value).get("text")
        text = _SPACES.sub(" ", said) if isinstance(said, str) else ""
        return cls(text, mapping(value).get("type") == "highlight")


def _marked(pieces: Sequence[_Piece], title: str) -> tuple[Span, ...]:
    """Where the found pieces stand in a title; nowhere if together they are not just that."""
    if "".join(each.text for each in pieces) != title:
        return ()
    places = pairwise(accumulate((len(each.text) for each in pieces), initial=0))
    return tuple(place for piece, place in zip(pieces, places, strict=True) if piece.is_found)
