"""A look that Slack refused somewhere is not tried there again until somebody sets it anew."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.delivery import Delivery
from bot.domain.digest import Look
from storage import deliveries, digests
from storage.database import Session


def remember(session: Session, sent: Iterable[Delivery]) -> None:
    """Slack took these only without their newer blocks: where those were the look, note it."""
    for each in sorted(filter(_is_of_cards, sent), key=lambda each: (each.team_id, each.audience)):
        # Drawn anew after a vote, it would be refused as well.
        deliveries.amend(session, each, {**each.content, "look": Look.COMPACT.value})
        digest = digests.hold(session, each.team_id, each.audience)
        if digest is not None and digest.look is Look.CARDS:
            digests.save(session, replace(digest, refused_look=Look.CARDS))


def _is_of_cards(delivery: Delivery) -> bool:
    return delivery.kind == "digest" and delivery.content.get("look") == Look.CARDS
