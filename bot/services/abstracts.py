"""All there is to say of one paper: what it is, what people here did with it, papers like it."""

from dataclasses import dataclass

from bot.domain.paper import Listing
from bot.domain.votes import Standing, Tally
from bot.services import library, similar
from bot.services.meaning import Meaning
from storage import aliases, feedback
from storage import library as shelves
from storage.database import Database
from storage.search_index import SearchIndex


@dataclass(frozen=True, slots=True)
class Abstract:
    """A paper, its standing in a workspace, and those most like it, best first."""

    listing: Listing
    standing: Standing
    others: tuple[Listing, ...]


def abstract(
    database: Database,
    index: SearchIndex,
    team_id: str,
    user_id: str,
    paper_id: str,
    *,
    meaning: Meaning | None = None,
) -> Abstract:
    """A stored paper by its id, as one person of a workspace sees it. Raises UnknownPaper."""
    listing = library.by_id(database, paper_id)
    others = similar.beside(database, index, listing, meaning=meaning)
    return Abstract(listing, standing(database, team_id, user_id, paper_id), others)


def standing(database: Database, team_id: str, user_id: str, paper_id: str) -> Standing:
    """What a workspace did with a paper, and what of it was this person."""
    with database.read() as session:
        paper_id = aliases.of(session, [paper_id]).get(paper_id, paper_id)
        savers = tuple(shelves.savers(session, team_id, [paper_id]).get(paper_id, ()))
        return Standing(
            feedback.tallies(session, team_id, [paper_id]).get(paper_id, Tally()),
            feedback.of_person(session, team_id, user_id, paper_id),
            user_id in savers,
            savers,
        )
