"""A search that found nothing here goes on at Hugging Face, if whoever searched presses for it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from bot.domain.correcting import loosened
from bot.domain.matched import Matched
from bot.domain.paper import Listing
from bot.domain.results import Hit, Results
from bot.errors import BotError, EmptyQuery, SourceFailed
from storage import listings
from storage.database import Database

log = logging.getLogger(__name__)

SearchElsewhere: TypeAlias = Callable[[str], tuple[Hit, ...]]


class NotAsked(BotError):
    """I don't ask Hugging Face here: papers come from elsewhere."""


class NoAnswer(BotError):
    """Hugging Face did not answer just now. Try again in a minute."""


def search_elsewhere(database: Database, find: SearchElsewhere | None, text: str) -> Results:
    """What Hugging Face finds for the plain words of a query. Raises NotAsked and NoAnswer.

    What is stored here comes as it is stored. Nothing is kept: what is kept would be no news to
    subscribers when a list brings it.
    """
    words = loosened(text)
    if find is None:
        raise NotAsked
    if not words:
        raise EmptyQuery
    try:
        found = find(words)  # outside any transaction
    except SourceFailed as failure:
        # A site may quote what it was asked in its refusal, and no words of people's are logged.
        log.info("A search was not answered. %s", ": ".join(str(failure).split(": ")[:2]))
        raise NoAnswer from None
    with database.read() as session:
        stored = listings.of_papers(session, [hit.listing.paper.id for hit in found])
    ours = {each.paper.id: each for each in stored}
    hits = tuple(_as_stored(hit, ours) for hit in found)
    return Results(text, hits, 0, len(hits))


def _as_stored(hit: Hit, ours: dict[str, Listing]) -> Hit:
    known = ours.get(hit.listing.paper.id)
    same = known is not None and known.paper.title == hit.listing.paper.title
    if known is None:
        return hit
    return replace(hit, listing=known, is_stored=True, matched=hit.matched if same else Matched())
