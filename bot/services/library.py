"""Papers to read: a day's list, and one paper by its id."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from bot.domain.calendar import hf_day
from bot.domain.fields import paper_id
from bot.domain.paper import Listing, find_id
from bot.errors import BotError
from storage import listings, papers
from storage.database import Database, Session

FetchPaper: TypeAlias = Callable[[str], Listing | None]


class UnknownPaper(BotError):
    """I don't have that paper. I know those that were on Daily Papers since I started."""


class NotAPaper(BotError):
    """I need an arXiv id or link, for example `/papers show 2606.27377`."""


def latest(database: Database, now: datetime) -> tuple[date, tuple[Listing, ...]]:
    """The day of the latest list, and its papers, most votes first."""
    with database.read() as session:
        today = hf_day(now)
        day = listings.latest_day(session, until=today) or today
        return day, tuple(listings.of_days(session, day, day))


def show(database: Database, pasted: str) -> Listing:
    """The paper that an id, a link or a DOI names. Raises NotAPaper or UnknownPaper."""
    with database.read() as session:
        return named(session, pasted, NotAPaper)


def show_or_fetch(
    database: Database, pasted: str, fetch: FetchPaper | None
) -> tuple[Listing, bool]:
    """The same, and whether it is stored: one that is not is fetched, to be shown and not kept."""
    try:
        return show(database, pasted), True
    except UnknownPaper:
        fetched = fetch(find_id(pasted) or paper_id(pasted)) if fetch else None
        if fetched is None:
            raise
        return fetched, False


def named(session: Session, pasted: str, otherwise: type[BotError]) -> Listing:
    """The same; `otherwise` is raised where nothing in it looks like an id.

    What has no arXiv id goes by its own, as buttons carry it.
    """
    said, known = pasted.strip(), find_id(pasted) or paper_id(pasted)
    page = papers.linked(session, said)
    found = listings.of_papers(session, filter(None, (page, said, known)))
    if found:
        return found[0]
    raise UnknownPaper if known else otherwise


def by_id(database: Database, paper_id: str) -> Listing:
    """A stored paper by its id."""
    with database.read() as session:
        found = listings.of_papers(session, [paper_id])
    if not found:
        raise UnknownPaper
    return found[0]
