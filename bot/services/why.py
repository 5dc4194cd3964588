"""Which rule sent a person a paper, and which of their topics match it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.domain.delivery import State
from bot.domain.matched import matched
from bot.domain.matching import document, matches
from bot.domain.muting import muted
from bot.domain.paper import Listing
from bot.domain.query import parse_subscription
from bot.domain.reasons import Reasons, Rule, Shown, Telling
from bot.errors import BotError
from bot.services.library import named
from storage import editions, mutes, readers, seen, subscriptions
from storage.database import Database, Session


class WhichPaper(BotError):
    """I need the paper's arXiv id or link, for example `/papers why 2606.27377`."""


def why(
    database: Database, team_id: str, user_id: str, pasted: str, channel_id: str = ""
) -> tuple[Reasons, ZoneInfo]:
    """Why this person was sent that paper, or was not; and the zone they live in.

    `channel_id` is where they ask: what shows the paper there is told first.
    """
    with database.read() as session:
        found = named(session, pasted, WhichPaper)
        paper_id = found.paper.id
        telling = _telling(session, team_id, user_id, found)
        fired = telling.rule.topic if telling else ""
        rules = _rules(session, team_id, user_id, found)
        others = tuple(each for each in rules if each.topic != fired)
        by = muted(mutes.of_person(session, team_id, user_id), [found]).get(paper_id)
        zone = readers.get(session, team_id, user_id).hours.zone
        here = _shown(session, team_id, channel_id, paper_id, zone)
        own = None if telling else _shown(session, team_id, user_id, paper_id, zone)
        return Reasons(found, telling, others, by.text if by else "", here or own), zone


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


def _shown(
    session: Session, team_id: str, audience: str, paper_id: str, zone: ZoneInfo
) -> Shown | None:
    """The digest with the paper, of a channel or a person, or the channel's alert."""
    shown = seen.showing(session, team_id, audience, paper_id)
    if shown is None:
        return None
    if "edition" in shown.content:
        edition = editions.get(session, team_id, shown.content["edition"])
        for pick in edition.picks:
            if pick.paper_id == paper_id:
                return Shown(
                    edition.local_date,
                    pick.reason,
                    picked_by=pick.picked_by,
                    own=edition.is_personal,
                )
    for group in shown.content.get("groups", []):
        if paper_id in (*group["papers"], *group["rest"]):
            return Shown(shown.seen_at.astimezone(zone).date(), group["topic"], by_topic=True)
    return None


def _rules(session: Session, team_id: str, user_id: str, listing: Listing) -> Iterator[Rule]:
    """Every topic of this person that matches the paper, oldest first."""
    words = document(listing.paper, [listing.source])
    for each in subscriptions.of_audience(session, team_id, user_id):
        query = parse_subscription(each.wish.text)
        if matches(query, words):
            waits = listing.paper.id in subscriptions.unseen_matches(session, each)
            yield Rule(each.wish.text, each.wish.name, matched(query, listing.paper), waits)
