"""What the message of a round-up says, and where the papers were shown that it has in short."""

from dataclasses import replace
from typing import Any, Protocol

from bot.blocks import round_ups as blocks
from bot.blocks.kit import Message
from bot.domain.delivery import Delivery
from bot.domain.digest import Edition
from bot.domain.spans import Span
from bot.errors import CannotPost
from storage import deliveries, editions, feedback, listings, seen
from storage.database import Database, Session


class Links(Protocol):
    """What a workspace knows of its messages. Refusals raise CannotPost."""

    def permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message."""


def message(session: Session, delivery: Delivery, edition: Edition, span: Span) -> Message:
    """A round-up, from what is stored when it is sent."""
    ids = [pick.paper_id for pick in edition.picks]
    votes = feedback.tallies(session, delivery.team_id, ids)
    shown, before = listings.of_papers(session, ids), listings.of_papers(session, span.seen)
    return blocks.round_up(edition, span, shown, votes, before, delivery.content.get("links"))


def linked(database: Database, workspace: Links, delivery: Delivery) -> Delivery:
    """A round-up with the addresses of what it has in short, kept for when it is drawn anew.

    If Slack refuses one, that line has none; if it asks us to wait, CannotPost goes on.
    """
    if delivery.kind != "digest" or "links" in delivery.content:
        return delivery
    with database.read() as session:
        edition = editions.get(session, delivery.team_id, delivery.content["edition"])
        papers = edition.span.seen if edition.span else ()
        sent = seen.in_channels(session, delivery.team_id, papers) if papers else []
    links: dict[str, str] = {}
    for each in sent:
        if each.channel_id == delivery.audience and each.paper_id not in links:
            links[each.paper_id] = _address(workspace, each)
    if not links:
        return delivery
    content: dict[str, Any] = {**delivery.content, "links": links}
    with database.begin() as session:
        deliveries.amend(session, delivery, content)
    return replace(delivery, content=content)


def _address(workspace: Links, posted: seen.Posted) -> str:
    try:
        return workspace.permalink(posted.channel_id, posted.ts)
    except CannotPost as refusal:
        if refusal.retry_after is not None:
            raise
        return ""
