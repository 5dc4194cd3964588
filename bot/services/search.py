"""`/papers search`: the index proposes, the database fills in."""

from dataclasses import dataclass

from bot.domain.matching import document, matches
from bot.domain.paper import Listing, find_id
from bot.domain.query import SearchQuery, parse_search
from storage import listings
from storage.database import Database
from storage.search_index import SearchIndex

PAGE = 5
CANDIDATES = 1_000  # verified one by one where a query has strict parts


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper found, and how well it fits; scores compare within one search only."""

    listing: Listing
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and where this page starts."""

    query: str
    hits: tuple[Hit, ...]
    start: int
    total: int


def search(
    database: Database, index: SearchIndex, text: str, *, start: int = 0, limit: int = PAGE
) -> Results:
    """The best papers for a query; for a pasted id or link, that paper. Raises QueryProblem."""
    pasted = _pasted(database, text)
    if pasted is not None:
        return Results(text, (Hit(pasted, 1.0),), 0, 1)
    query = parse_search(text)
    if query.required or query.excluded:
        return _strict(database, index, text, query, start, limit)
    found = index.find(query, limit, start)
    return Results(text, _hydrated(database, found.scores), start, found.total)


def _strict(
    database: Database, index: SearchIndex, text: str, query: SearchQuery, start: int, limit: int
) -> Results:
    """The index proposes, and the function that decides alerts decides here too."""
    proposed = _hydrated(database, index.find(query, CANDIDATES).scores)
    kept = [hit for hit in proposed if _fits(query, hit.listing)]
    return Results(text, tuple(kept[start : start + limit]), start, len(kept))


def _fits(query: SearchQuery, listing: Listing) -> bool:
    paper = document(listing.paper, [listing.source])
    return all(matches(part, paper) for part in query.required) and not any(
        matches(part, paper) for part in query.excluded
    )


def follow(database: Database, index: SearchIndex) -> int:
    """Bring the index up to what the database holds; returns how many papers it took in."""
    with database.read() as session:
        return index.follow(session)


def _pasted(database: Database, text: str) -> Listing | None:
    paper_id = find_id(text) if len(text.split()) == 1 else None
    if paper_id is None:
        return None
    with database.read() as session:
        found = listings.of_papers(session, [paper_id])
    return found[0] if found else None


def _hydrated(database: Database, scores: dict[str, float]) -> tuple[Hit, ...]:
    with database.read() as session:
        stored = listings.of_papers(session, scores)
    return tuple(Hit(each, scores[each.paper.id]) for each in stored)
