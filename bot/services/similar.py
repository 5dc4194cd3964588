"""Papers like one: by their words, and where there is a model by their meaning."""

from dataclasses import dataclass

from bot.domain.paper import Listing
from bot.errors import BotError
from bot.services import library
from bot.services.meaning import Meaning, ranked_beside
from storage import listings
from storage.database import Database
from storage.search_index import SearchIndex

SHOWN = 5
CANDIDATES = 200  # by words; more would cost more than they bring


class LikeWhat(BotError):
    """I need the paper's arXiv id or link, for example `/papers similar 2606.27377`."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper, and those most like it, best first."""

    listing: Listing
    others: tuple[Listing, ...]


def similar(
    database: Database, index: SearchIndex, pasted: str, *, meaning: Meaning | None = None
) -> Similar:
    """What is most like the paper that an id, a link or a DOI names."""
    with database.read() as session:
        listing = library.named(session, pasted, LikeWhat)
    return Similar(listing, beside(database, index, listing, meaning=meaning))


def beside(
    database: Database, index: SearchIndex, listing: Listing, *, meaning: Meaning | None = None
) -> tuple[Listing, ...]:
    """What is most like a stored paper, best first."""
    paper = listing.paper
    by_words = index.like(paper, CANDIDATES)
    with database.read() as session:
        found = list(ranked_beside(session, meaning, paper.id, by_words))[:SHOWN]
        return tuple(listings.of_papers(session, found))
