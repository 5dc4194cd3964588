"""Papers that a person keeps. Their workspace may know which: that is half of their use."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.paper import Listing, find_id
from bot.errors import BotError
from bot.services.library import UnknownPaper, named
from storage import library, listings
from storage.database import Database, Session

PAGE = 5


class SaveWhat(BotError):
    """I need the paper's arXiv id or link, for example `/papers save 2606.27377`."""


class UnsaveWhat(BotError):
    """I need a number of `/papers saved`, or the paper's arXiv id or link: `/papers unsave 2`."""


class NotSaved(BotError):
    """That paper is not among your saved ones. `/papers saved` shows them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that was saved or taken away, since when it was kept, and how many are kept now."""

    listing: Listing
    since: datetime
    count: int
    changed: bool = True  # False where it was saved before


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of what somebody keeps, the latest first, from the number `start` on."""

    listings: tuple[Listing, ...]
    start: int
    count: int


def save(database: Database, team_id: str, user_id: str, paper_id: str, now: datetime) -> Kept:
    """Keep a stored paper; a second time changes nothing. Raises UnknownPaper."""
    with database.begin() as session:
        listing = _stored(session, paper_id)  # a button may carry an id that it went by before
        new = library.save(session, team_id, user_id, listing.paper.id, now)
        return Kept(listing, now, library.count(session, team_id, user_id), new)


def restore(database: Database, team_id: str, user_id: str, paper_id: str, since: datetime) -> Kept:
    """Keep a paper again, in the place that it had. Raises UnknownPaper."""
    return save(database, team_id, user_id, paper_id, since)


def save_said(database: Database, team_id: str, user_id: str, said: str, now: datetime) -> Kept:
    """The same for a pasted id or link. Raises SaveWhat."""
    with database.read() as session:
        paper_id = named(session, said, SaveWhat).paper.id
    return save(database, team_id, user_id, paper_id, now)


def unsave(database: Database, team_id: str, user_id: str, paper_id: str) -> Kept:
    """Keep a paper no longer. Raises NotSaved."""
    with database.begin() as session:
        found = listings.of_papers(session, [paper_id])
        gone = library.remove(session, team_id, user_id, found[0].paper.id) if found else None
        if gone is None:
            raise NotSaved
        count = library.count(session, team_id, user_id)
        return Kept(found[0], gone.saved_at, count)


def unsave_said(database: Database, team_id: str, user_id: str, said: str) -> Kept:
    """The same for a number of the list, an id or a link. Raises UnsaveWhat."""
    return unsave(database, team_id, user_id, _named(database, team_id, user_id, said.strip()))


def page(database: Database, team_id: str, user_id: str, start: int = 0) -> Shelf:
    """What a person keeps; the first page where there is nothing from that number on."""
    with database.read() as session:
        count = library.count(session, team_id, user_id)
        start = start if start < count else 0
        kept = library.page(session, team_id, user_id, start, PAGE)
        found = listings.of_papers(session, (each.paper_id for each in kept))
        return Shelf(tuple(found), start, count)


def _named(database: Database, team_id: str, user_id: str, said: str) -> str:
    """The paper that somebody names. A short number is one of their list."""
    paper_id = find_id(said)
    if paper_id is not None:
        return paper_id
    if not said.isdecimal():
        raise UnsaveWhat
    with database.read() as session:
        count = library.count(session, team_id, user_id)
        number = int(said[:9])
        if not 1 <= number <= count:
            raise UnsaveWhat(_no_such(number, count))
        return library.page(session, team_id, user_id, number - 1, 1)[0].paper_id


def _no_such(number: int, count: int) -> str:
    if not count:
        return "You have saved no paper yet. Press Save below one to keep it."
    return f"There is no number {number}. Yours go from 1 to {count}; `/papers saved` shows them."


def _stored(session: Session, paper_id: str) -> Listing:
    found = listings.of_papers(session, [paper_id])
    if not found:
        raise UnknownPaper
    return found[0]
