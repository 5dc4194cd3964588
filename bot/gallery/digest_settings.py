"""Samples of what a channel's digest is set to, and of what the channel reads of a change."""

from dataclasses import replace

from bot.blocks import digest
from bot.blocks.digest_terms import topics_echo
from bot.blocks.kit import Message
from bot.domain.digest import DEFAULT_SIZE, Look
from bot.gallery.stage import Stage


def private(stage: Stage) -> dict[str, Message]:
    """What one person sees."""
    on, last = stage.switched_on, stage.edition(stage.listings[:DEFAULT_SIZE])
    return {
        "On": digest.settings(on, last),
        "Off": digest.settings(None, None),
        "Cards were refused": digest.settings(
            replace(on, look=Look.CARDS, refused_look=Look.CARDS), last
        ),
        "One is on its way": digest.posting(),
        "Invite me": digest.invite_me("turn_digest_on"),
    }


def posted(stage: Stage) -> dict[str, Message]:
    """What the channel reads."""
    first = replace(stage.switched_on, topics="robots OR agents")
    alone = replace(first, only_topics=True)
    return {
        "Somebody set it": digest.turned_on(stage.switched_on),
        "Somebody chose a look and topics": digest.turned_on(
            replace(first, look=Look.CARDS, size=3), echo=topics_echo(first)
        ),
        "Somebody wants its topics alone": digest.turned_on(alone, echo=topics_echo(alone)),
        "Somebody turned it off": digest.turned_off(stage.switched_off),
    }
