"""Which rule sent a person a paper, and which of their topics match it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.domain.delivery import State
from bot.domain.matched import matched
from bot.domain.matching import document, matches
from bot.domain.paper import Listing, find_id
from bot.domain.query import parse_subscription
from bot.domain.reasons import Reasons, Rule, Telling
from bot.errors import BotError
from bot.services.library import UnknownPaper
from storage import listings, readers, seen, subscriptions
from storage.database import Database, Session


class WhichPaper(BotError):
    """I need the paper's arXiv id or link, for example `/papers why 2606.27377`."""


def why(database: Database, team_id: str, user_id: str, pasted: str) -> tuple[Reasons, ZoneInfo]:
    """Why this person was sent that paper, or was not; and the zone they live in."""
    paper_id = find_id(pasted)
    if paper_id is None:
        raise WhichPaper
    with database.read() as session:
        found = listings.of_papers(session, [paper_id])
        if not found:
            raise UnknownPaper
        telling = _telling(session, team_id, user_id, found[0])
        fired = telling.rule.topic if telling else ""
        rules = _rules(session, team_id, user_id, found[0])
        others = tuple(each for each in rules if each.topic != fired)
        return Reasons(found[0], telling, others), readers.get(session, team_id, user_id).hours.zone


def _telling(session: Session, team_id: str, user_id: str, listing: Listing) -> Telling | None:
    """The alert with this paper, by the group in which it stands."""
    paper = listing.paper
    shown = seen.showing(session, team_id, user_id, paper.id)
    for group in shown.content.get("groups", []) if shown else []:
        if shown and paper.id in (*group["papers"], *group["rest"]):
            topic, name = group["topic"], group.get("name", "")
            rule = Rule(topic, name, matched(parse_subscription(topic), paper))
            counted = paper.id in group["rest"]
            return Telling(shown.seen_at, rule, counted, shown.state is State.SENT)
    return None


def _rules(session: Session, team_id: str, user_id: str, listing: Listing) -> Iterator[Rule]:
    """Every topic of this person that matches the paper, oldest first."""
    words = document(listing.paper, [listing.source])
    for each in subscriptions.of_audience(session, team_id, user_id):
        query = parse_subscription(each.wish.text)
        if matches(query, words):
            waits = listing.paper.id in subscriptions.unseen_matches(session, each)
            yield Rule(each.wish.text, each.wish.name, matched(query, listing.paper), waits)
