"""Votes on papers: one a person, counted for their whole workspace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.paper import Listing
from bot.domain.votes import Tally, Vote
from bot.services.library import UnknownPaper
from storage import feedback, listings, redraws, seen
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Voted:
    """A paper, what its workspace thinks of it now, and this person's vote, now and before."""

    listing: Listing
    tally: Tally
    vote: Vote | None
    before: Vote | None


def tallies(database: Database, team_id: str, paper_ids: Iterable[str]) -> dict[str, Tally]:
    """A workspace's votes on these papers; none where nobody voted."""
    with database.read() as session:
        return feedback.tallies(session, team_id, paper_ids)


def vote(
    database: Database,
    team_id: str,
    user_id: str,
    paper_id: str,
    given: Vote | None,
    now: datetime,
) -> Voted:
    """Vote on a stored paper, or take a vote back; twice is the same as once.

    Messages that show the paper to a channel or to this person are drawn anew. Raises UnknownPaper.
    """
    with database.begin() as session:
        found = listings.of_papers(session, [paper_id])
        if not found:
            raise UnknownPaper
        paper_id = found[0].paper.id  # a button may carry one that it went by before
        before = feedback.of_person(session, team_id, user_id, paper_id)
        if given is None:
            feedback.take_back(session, team_id, user_id, paper_id)
        else:
            feedback.vote(session, team_id, user_id, paper_id, given, now)
        if given != before:
            shown_by = seen.shown_by(session, team_id, user_id, paper_id)
            redraws.ask(session, team_id, shown_by, now)
        tally = feedback.tallies(session, team_id, [paper_id]).get(paper_id, Tally())
        return Voted(found[0], tally, given, before)
