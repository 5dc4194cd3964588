"""What a delivery says, from what is stored when it is sent."""

from bot.blocks import alerts as alert_blocks
from bot.blocks import digest as digest_blocks
from bot.blocks import help as help_blocks
from bot.blocks.kit import Message
from bot.domain.delivery import Delivery
from bot.errors import CannotPost
from bot.services import channel_topics, stopping, told
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
            topics = told.topics(session, delivery.content)
            here = not delivery.is_personal
            return alert_blocks.alert(topics, delivery.id, in_channel=here)
        case "welcome":
            return help_blocks.welcome()
        case "announcement":
            return channel_topics.announcement(delivery.content)
        case "notice":
            return stopping.notice(delivery.content)
        case kind:
            raise CannotPost(f"a delivery of unknown kind {kind!r}", permanent=True)
