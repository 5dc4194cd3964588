"""Blocks and elements as a test writes them."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, accessory: Json | None = None) -> Json:
    block: Json = {"type": "section", "text": mrkdwn(text)}
    return block | ({"accessory": accessory} if accessory else {})


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def button(label: str, **more: Any) -> Json:
    return {"type": "button", "action_id": "press", "text": plain(label), "value": "v"} | more


def option(value: str) -> Json:
    return {"text": plain(value.capitalize()), "value": value}


def confirm(style: str = "primary") -> Json:
    return {
        "title": plain("Turn it off?"),
        "text": plain("You can turn it on again."),
        "confirm": plain("Turn off"),
        "deny": plain("Keep"),
        "style": style,
    }


def field(name: str, element: Json, **more: Any) -> Json:
    """An input block, its element and label all of one name."""
    element = {"action_id": name, **element}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name.capitalize()),
        "element": element,
    } | more


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    submit = {"submit": plain("Save")} if any(each["type"] == "input" for each in blocks) else {}
    return {"type": "modal", "title": plain(title), "blocks": list(blocks)} | submit | more


DAYS = [option("monday"), option("tuesday"), option("wednesday")]
