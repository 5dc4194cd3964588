"""What somebody pasted in place of words: an id, a link or a DOI names one paper."""

from bot.domain.fields import paper_id
from bot.domain.paper import Listing, bare_id, find_id
from bot.domain.results import Hit
from bot.services.library import FetchPaper
from storage import listings, papers
from storage.database import Database, Session


def pasted_paper(database: Database, text: str, fetch: FetchPaper | None) -> Hit | None:
    """The paper that an id, a link or a DOI names, and nothing beside it; None for other texts.

    One that is fetched is shown and not stored: else it would be no news when a list brings it.
    """
    one = text.strip()
    named = (find_id(one) or paper_id(one)) if len(one.split()) == 1 else ""
    if not named and "://" not in one:
        return None
    with database.read() as session:
        stored = _linked(session, one) or _named(session, named)
    if stored or not named:
        return Hit(stored[0], 1.0) if stored else None
    fetched = fetch(named) if fetch else None
    return Hit(fetched, 1.0, is_stored=False) if fetched else None


def _linked(session: Session, page: str) -> list[Listing]:
    """The paper of a feed that is on this page."""
    found = papers.linked(session, page) if "://" in page else ""
    return listings.of_papers(session, [found]) if found else []


def _named(session: Session, named: str) -> list[Listing]:
    """The paper of an id, or that a DOI of its published article names."""
    if not named:
        return []
    either = {named, bare_id(named)}  # math.GT/0309136 is math/0309136
    return listings.of_papers(session, either) or _published_as(session, named)


def _published_as(session: Session, doi: str) -> list[Listing]:
    found = papers.named_by_doi(session, doi)
    return listings.of_papers(session, [found]) if found else []
