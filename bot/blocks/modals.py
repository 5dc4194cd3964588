"""Modals: one paper's abstract, and the form that follows a topic."""

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import Block, plain
from bot.blocks.papers import card
from bot.domain.paper import Listing
from bot.domain.subscription import Cadence

TITLE_LIMIT = 24
FOLLOW = "follow_topic"
TOPIC, CADENCE = "topic", "cadence"
ERROR_LIMIT = 300


def abstract(listing: Listing) -> Block:
    """One paper in full."""
    return {
        "type": "modal",
        "title": plain("Abstract", TITLE_LIMIT),
        "close": plain("Close", TITLE_LIMIT),
        "blocks": card(listing),
    }


def follow_topic() -> Block:
    """Asks for a topic and how often to be told."""
    options = [{"text": plain(_label(each)), "value": each.value} for each in Cadence]
    return {
        "type": "modal",
        "callback_id": FOLLOW,
        "title": plain("Follow a topic", TITLE_LIMIT),
        "submit": plain("Follow", TITLE_LIMIT),
        "close": plain("Cancel", TITLE_LIMIT),
        "blocks": [
            {
                "type": "input",
                "block_id": TOPIC,
                "label": plain("Topic"),
                "hint": plain("Words side by side are one phrase. A comma means or."),
                "element": {
                    "type": "plain_text_input",
                    "action_id": TOPIC,
                    "max_length": 200,
                    "placeholder": plain("diffusion policy"),
                },
            },
            {
                "type": "input",
                "block_id": CADENCE,
                "label": plain("Tell me"),
                "element": {
                    "type": "static_select",
                    "action_id": CADENCE,
                    "options": options,
                    "initial_option": options[0],
                },
            },
        ],
    }


def problem(sentence: str) -> str:
    """An error under an input, which knows no markup."""
    return clip(sentence.replace("`", ""), ERROR_LIMIT)


def _label(cadence: Cadence) -> str:
    said = words.cadence(cadence)
    return said[0].upper() + said[1:]
