"""Classic blocks: of each limit the last that is taken, the first that is refused."""

import pytest

from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message
from bot.sandbox.rules.messages import characters


def plain(length, kind="plain_text"):
    return {"type": kind, "text": "x" * length}


def button(**fields):
    return {"type": "button", "text": plain(4), **fields}


def option(value="v", length=4, **fields):
    return {"text": plain(length), "value": value, **fields}


def select(count):
    return {"type": "static_select", "options": [option(f"{n}") for n in range(count)]}


def section(**fields):
    return {"type": "section", **(fields or {"text": plain(4)})}


def actions(*elements, **fields):
    return {"type": "actions", "elements": list(elements), **fields}


def an_input(**element):
    element = {"type": "plain_text_input", "action_id": "a", **element}
    return {"type": "input", "label": plain(4), "element": element}


def image(**fields):
    return {"type": "image", "image_url": "https://a.org/x.png", "alt_text": "x", **fields}


def rich(*elements):
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


def refusal(*blocks):
    """Slack's error code for a message of these blocks, or None."""
    try:
        check_message("text", list(blocks))
    except Refused as refused:
        return refused.error
    return None


TAKEN_AND_REFUSED = {
    "section text": (section(text=plain(3000)), section(text=plain(3001))),
    "section text empty": (section(text=plain(1)), section(text=plain(0))),
    "fields": (section(fields=[plain(4)] * 10), section(fields=[plain(4)] * 11)),
    "field text": (section(fields=[plain(2000)]), section(fields=[plain(2001)])),
    "section of nothing": (section(), {"type": "section"}),
    "header": ({"type": "header", "text": plain(150)}, {"type": "header", "text": plain(151)}),
    "header in mrkdwn": (
        {"type": "header", "text": plain(4)},
        {"type": "header", "text": plain(4, "mrkdwn")},
    ),
    "context": (
        {"type": "context", "elements": [plain(4)] * 10},
        {"type": "context", "elements": [plain(4)] * 11},
    ),
    "actions": (actions(*[button()] * 25), actions(*[button()] * 26)),
    "no actions": (actions(button()), actions()),
    "image alt": (image(alt_text="x" * 2000), image(alt_text="x" * 2001)),
    "image url": (image(), {"type": "image", "alt_text": "x"}),
    "image url length": (
        image(image_url="https://" + "x" * 2992),
        image(image_url="https://" + "x" * 2993),
    ),
    "button text": (actions(button(text=plain(75))), actions(button(text=plain(76)))),
    "button value": (actions(button(value="x" * 2000)), actions(button(value="x" * 2001))),
    "button style": (actions(button(style="primary")), actions(button(style="green"))),
    "button label": (
        actions(button(accessibility_label="x" * 75)),
        actions(button(accessibility_label="x" * 76)),
    ),
    "action_id": (
        actions(button(action_id="x" * 255)),
        actions(button(action_id="x" * 256)),
    ),
    "action_id twice": (
        actions(button(action_id="a"), button(action_id="b")),
        actions(button(action_id="a"), button(action_id="a")),
    ),
    "block_id": (section(text=plain(4), block_id="x" * 255), section(block_id="x" * 256)),
    "overflow": (
        actions({"type": "overflow", "options": [option()] * 5}),
        actions({"type": "overflow", "options": [option()] * 6}),
    ),
    "options": (actions(select(100)), actions(select(101))),
    "option text": (
        actions({"type": "overflow", "options": [option(length=75)]}),
        actions({"type": "overflow", "options": [option(length=76)]}),
    ),
    "option value": (
        actions({"type": "overflow", "options": [option("x" * 75)]}),
        actions({"type": "overflow", "options": [option("x" * 151)]}),
    ),
    "option description": (
        actions({"type": "overflow", "options": [option(description=plain(75))]}),
        actions({"type": "overflow", "options": [option(description=plain(76))]}),
    ),
    "radio buttons": (
        actions({"type": "radio_buttons", "options": [option()] * 10}),
        actions({"type": "radio_buttons", "options": [option()] * 11}),
    ),
    "preselection": (
        actions(select(2) | {"initial_option": option("1")}),
        actions(select(2) | {"initial_option": option("2")}),
    ),
    "placeholder": (
        actions(select(1) | {"placeholder": plain(150)}),
        actions(select(1) | {"placeholder": plain(151)}),
    ),
    "confirm": (
        actions(
            button(
                confirm={
                    "title": plain(100),
                    "text": plain(300),
                    "confirm": plain(30),
                    "deny": plain(30),
                }
            )
        ),
        actions(
            button(
                confirm={
                    "title": plain(101),
                    "text": plain(300),
                    "confirm": plain(30),
                    "deny": plain(30),
                }
            )
        ),
    ),
    "unknown block": (section(), {"type": "marquee"}),
    "unknown field": (section(), {**section(), "colour": "red"}),
    "unknown element": (actions(button()), actions({"type": "slider"})),
    "input in actions": (actions(button()), actions({"type": "plain_text_input"})),
    "not an object": (section(), "section"),
    "rich text": (
        rich({"type": "text", "text": "x"}),
        rich({"type": "blink", "text": "x"}),
    ),
    "rich text link": (
        rich({"type": "link", "url": "https://a.org"}),
        rich({"type": "link", "url": "javascript:alert(1)"}),
    ),
    "alert outside a modal": (section(), {"type": "alert", "text": plain(4)}),
}


@pytest.mark.parametrize("name", TAKEN_AND_REFUSED)
def test_the_last_is_taken_and_the_first_beyond_is_refused(name):
    taken, refused = TAKEN_AND_REFUSED[name]

    assert refusal(taken) is None
    assert refusal(refused) == "invalid_blocks"


def test_a_message_has_fifty_blocks():
    divider = {"type": "divider"}

    assert refusal(*[divider] * 50) is None
    assert refusal(*[divider] * 51) == "invalid_blocks"


def test_a_block_id_occurs_once():
    twin = section(text=plain(4), block_id="twin")

    assert refusal(twin) is None
    assert refusal(twin, twin) == "invalid_blocks"


def test_legal_blocks_are_refused_when_they_are_too_long_together():
    long = section(text=plain(2400))

    assert characters([long]) == 2525
    assert refusal(*[long] * 5) is None
    assert refusal(*[long] * 6) == "msg_blocks_too_long"


def test_problems_name_their_place():
    with pytest.raises(Refused) as refused:
        check_message("", [section(), actions(button(text=plain(76)))])

    assert refused.value.details["errors"] == [
        "must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]"
    ]
