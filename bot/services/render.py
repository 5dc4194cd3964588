"""What a delivery says, from what is stored when it is sent."""

from bot.blocks import alerts as alert_blocks
from bot.blocks import help as help_blocks
from bot.blocks.kit import Message
from bot.domain.delivery import Delivery
from bot.errors import CannotPost
from bot.services import channel_topics, curators, edition_messages, sharing, stopping, told
from storage.database import Session


def render(session: Session, delivery: Delivery) -> Message:
    """The message of a claimed delivery. Raises CannotPost for a kind that nobody knows."""
    match delivery.kind:
        case "digest":
            return edition_messages.edition(session, delivery)
        case "reply":
            return edition_messages.reply(session, delivery)
        case "alert":
            topics = told.topics(session, delivery.team_id, delivery.content)
            here = not delivery.is_personal
            return alert_blocks.alert(topics, delivery.id, in_channel=here)
        case "welcome":
            return help_blocks.welcome()
        case "announcement":
            return channel_topics.announcement(delivery.content)
        case "notice":
            return stopping.notice(delivery.content)
        case curators.ANNOUNCED:
            return curators.announcement(session, delivery.content)
        case sharing.SHARED:
            return sharing.shared(session, delivery.content)
        case kind:
            raise CannotPost(f"a delivery of unknown kind {kind!r}", permanent=True)
