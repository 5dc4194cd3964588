"""What the messages of an edition say, from what is stored when they are sent."""

from bot.blocks import looks
from bot.blocks.kit import Message
from bot.domain.delivery import Delivery
from bot.domain.digest import Look
from bot.errors import CannotPost
from bot.services import round_up_messages
from storage import deliveries, editions, feedback, listings
from storage.database import Session


def edition(session: Session, delivery: Delivery) -> Message:
    """The one message of an edition, or the list above its replies."""
    made = editions.get(session, delivery.team_id, delivery.content["edition"])
    if made.span is not None:
        return round_up_messages.message(session, delivery, made, made.span)
    ids = [pick.paper_id for pick in made.picks]
    votes = feedback.tallies(session, delivery.team_id, ids)
    look = Look(delivery.content.get("look", Look.COMPACT))
    return looks.shown(look, made, listings.of_papers(session, ids), votes)


def reply(session: Session, delivery: Delivery) -> Message:
    """One paper, below the list. Raises CannotPost while that is not posted."""
    paper_id = delivery.content["paper"]
    made = editions.get(session, delivery.team_id, delivery.content["edition"])
    votes = feedback.tallies(session, delivery.team_id, [paper_id])
    [listing] = listings.of_papers(session, [paper_id])
    return looks.reply(made, listing, thread(session, delivery), votes.get(paper_id))


def thread(session: Session, delivery: Delivery) -> str:
    """The ts of the message that a delivery answers; empty where it answers none.

    Raises CannotPost while that is not posted.
    """
    list_id = delivery.content.get("thread")
    if list_id is None:
        return ""
    try:
        _, _, ts = deliveries.posted(session, delivery.team_id, list_id)
    except KeyError:
        raise CannotPost("the list it belongs under is not posted") from None
    return ts
