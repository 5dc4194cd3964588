"""The modal in which a paper is shown to a channel: which one, and whether that can be."""

from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    actions,
    button,
    channel,
    context,
    packed,
    paragraph,
    plain,
    prose,
    rich,
    text,
)
from bot.blocks.papers import TITLE_LIMIT
from bot.domain.paper import Listing

NAME = "share_in"
FORM_TITLE_LIMIT = 24
SEEN = "Everybody there sees that it was you."


def where(listing: Listing) -> Block:
    """Asks for a channel; choosing one is told at once."""
    return _modal(listing, [_choice()])


def refused(listing: Listing, sentence: str) -> Block:
    """The same, where the channel that was chosen cannot get it."""
    return _modal(listing, [_choice(), prose(sentence)])


def ready(listing: Listing, channel_id: str) -> Block:
    """The same, with the button that does it."""
    value = packed(id=listing.paper.id, channel=channel_id)
    share = button("Share", "share_there", value, primary=True)
    asked = rich(text("Share it in "), channel(channel_id), text("?"))
    return _modal(listing, [_choice(), asked, context(SEEN), actions(share)])


def done(listing: Listing, channel_id: str) -> Block:
    """In its place afterwards."""
    return _modal(listing, [rich(text("It is on its way to "), channel(channel_id), text("."))])


def _choice() -> Block:
    select = {
        "type": "conversations_select",
        "action_id": "share_where",
        "placeholder": plain("Choose a channel"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return paragraph("Which channel?", select)


def _modal(listing: Listing, below: list[Block]) -> Block:
    """It carries the paper's id."""
    return {
        "type": "modal",
        "callback_id": NAME,
        "private_metadata": listing.paper.id,
        "title": plain("Share a paper", FORM_TITLE_LIMIT),
        "close": plain("Close", FORM_TITLE_LIMIT),
        "blocks": [rich(text(clip(listing.paper.title, TITLE_LIMIT), bold=True)), *below],
    }
