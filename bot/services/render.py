"""What a delivery says, from what is stored when it is sent."""

from typing import Any

from bot.blocks import alerts as alert_blocks
from bot.blocks import digest as digest_blocks
from bot.blocks import help as help_blocks
from bot.blocks.kit import Message
from bot.domain.delivery import Delivery
from bot.domain.matching import spans
from bot.domain.query import parse_subscription
from bot.errors import CannotPost
from storage import editions, listings
from storage.database import Session


def render(session: Session, delivery: Delivery) -> Message:
    """The message of a claimed delivery. Raises CannotPost for a kind that nobody knows."""
    match delivery.kind:
        case "digest":
            edition = editions.get(session, delivery.team_id, delivery.content["edition"])
            shown = listings.of_papers(session, (pick.paper_id for pick in edition.picks))
            return digest_blocks.digest(edition, shown)
        case "alert":
            told = [_told(session, group) for group in delivery.content["groups"]]
            return alert_blocks.alert(told, delivery.id)
        case "welcome":
            return help_blocks.welcome()
        case kind:
            raise CannotPost(f"a delivery of unknown kind {kind!r}", permanent=True)


def _told(session: Session, group: dict[str, Any]) -> alert_blocks.Told:
    query = parse_subscription(group["topic"])
    shown = listings.of_papers(session, group["papers"])
    return alert_blocks.Told(
        subscription_id=group["subscription"],
        topic=group["topic"],
        papers=[(each, spans(query, each.paper.title)) for each in shown],
        rest=len(group["rest"]),
    )
