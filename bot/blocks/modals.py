"""Modals: the form that follows or edits a topic, and what stands in a form's place."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import Block, Message, plain
from bot.domain.query import MAX_LENGTH
from bot.domain.subscription import (
    DEFAULT_SIZE,
    LARGEST,
    NAME_LIMIT,
    Cadence,
    Subscription,
    Wish,
)

TITLE_LIMIT = 24
FOLLOW, EDIT, TOLD = "follow_topic", "edit_topic", "told"
TOPIC, CADENCE, SIZE, NAME, VERSIONS = "topic", "cadence", "size", "name", "versions"
ERROR_LIMIT = 300


def follow_topic(wish: Wish | None = None) -> Block:
    """Asks for a topic and how to be told of it; filled in where there is something to edit."""
    return _form(FOLLOW, "Follow a topic", "Follow", wish)


def edit_topic(subscription: Subscription) -> Block:
    """The same form, filled in as the topic is; it carries the subscription's id."""
    form = _form(EDIT, "Edit a topic", "Save", subscription.wish)
    return {**form, "private_metadata": str(subscription.id)}


def saved(mine: Message) -> Block:
    """In the form's place after it was sent: the state, without the buttons of a message."""
    return {
        "type": "modal",
        "title": plain("Saved", TITLE_LIMIT),
        "close": plain("Close", TITLE_LIMIT),
        "blocks": [each for each in mine.blocks if each["type"] != "actions"],
    }


def told(message: Message) -> Block:
    """A message in a modal, with its buttons."""
    return {
        "type": "modal",
        "callback_id": TOLD,
        "title": plain("Daily Papers", TITLE_LIMIT),
        "close": plain("Close", TITLE_LIMIT),
        "blocks": list(message.blocks),
    }


def problem(sentence: str) -> str:
    """An error under an input, which knows no markup."""
    return clip(sentence.replace("`", ""), ERROR_LIMIT)


def _form(name: str, title: str, submit: str, wish: Wish | None) -> Block:
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(title, TITLE_LIMIT),
        "submit": plain(submit, TITLE_LIMIT),
        "close": plain("Cancel", TITLE_LIMIT),
        "blocks": [
            _topic(wish.text if wish else ""),
            _cadence(wish.cadence if wish else Cadence.NOW),
            _size(wish.size if wish else DEFAULT_SIZE),
            _name(wish.name if wish else ""),
            _versions(chosen=wish is not None and wish.revisions),
        ],
    }


def _topic(query: str) -> Block:
    hint = "Words side by side are one phrase. A comma means or."
    return _input(TOPIC, "Topic", _line(query, MAX_LENGTH, "diffusion policy"), hint=plain(hint))


def _cadence(chosen: Cadence) -> Block:
    options = {each: _option(_label(each), each.value) for each in Cadence}
    return _input(CADENCE, "Tell me", _select([*options.values()], options[chosen]))


def _size(chosen: int) -> Block:
    options = {each: _option(str(each), str(each)) for each in range(1, LARGEST + 1)}
    return _input(SIZE, "Papers at once, at most", _select([*options.values()], options[chosen]))


def _name(name: str) -> Block:
    element = _line(name, NAME_LIMIT, "robots")
    return _input(NAME, "Your name for it", element, optional=True)


def _versions(*, chosen: bool) -> Block:
    option = _option("Tell me when a paper gets a later version", "on")
    ticked = {"initial_options": [option]} if chosen else {}
    element = {"type": "checkboxes", "options": [option], **ticked}
    return _input(VERSIONS, "Later versions", element, optional=True)


def _input(name: str, label: str, element: Block, **more: object) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": name},
        **more,
    }


def _line(text: str, limit: int, example: str) -> Block:
    filled = {"initial_value": text} if text else {}
    return {
        "type": "plain_text_input",
        "max_length": limit,
        "placeholder": plain(example),
        **filled,
    }


def _select(options: Sequence[Block], chosen: Block) -> Block:
    return {"type": "static_select", "options": list(options), "initial_option": chosen}


def _option(label: str, value: str) -> Block:
    return {"text": plain(label), "value": value}


def _label(cadence: Cadence) -> str:
    said = words.cadence(cadence)
    return said[0].upper() + said[1:]
