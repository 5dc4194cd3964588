"""The sizes that Slack limits: how to make a block of that size, and where it would be wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Limit:
    """`make(n)` is a block in which the thing at `pointer` has the size n; `most` is allowed."""

    name: str
    most: int
    make: Callable[[int], Block]
    pointer: str
    surface: str = "message"


def plain(length: int = 4) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def section(**fields: Any) -> Block:
    return {"type": "section", **(fields or {"text": plain()})}


def url(length: int) -> str:
    return "https://a.org/".ljust(length, "x")


def actions(**element: Any) -> Block:
    return {"type": "actions", "elements": [element]}


def button(**fields: Any) -> Block:
    return actions(type="button", **{"text": plain(), **fields})


def option(value: str = "v", **fields: Any) -> Block:
    return {"text": plain(), "value": value, **fields}


def options(count: int) -> list[Block]:
    return [option(f"{n}") for n in range(count)]


def overflow(**fields: Any) -> Block:
    return actions(type="overflow", options=[option(**fields)])


def menu(**fields: Any) -> Block:
    return actions(type="static_select", **fields)


def image(**fields: Any) -> Block:
    return {"type": "image", "image_url": url(20), "alt_text": "x", **fields}


def confirm(**fields: Any) -> Block:
    words = dict.fromkeys(("title", "text", "confirm", "deny"), plain())
    return button(confirm={**words, **fields})


def an_input(**fields: Any) -> Block:
    element = {"type": "plain_text_input"}
    return {"type": "input", "label": plain(), "element": element, **fields}


def typed(**fields: Any) -> Block:
    return an_input(element={"type": "plain_text_input", **fields})


FIRST = "/elements/0"
CLASSIC = [
    Limit("section text", 3000, lambda n: section(text=plain(n)), "/text/text"),
    Limit("section fields", 10, lambda n: section(fields=[plain()] * n), "/fields"),
    Limit("section field", 2000, lambda n: section(fields=[plain(n)]), "/fields/0/text"),
    Limit("header text", 150, lambda n: {"type": "header", "text": plain(n)}, "/text/text"),
    Limit("context", 10, lambda n: {"type": "context", "elements": [plain()] * n}, "/elements"),
    Limit(
        "actions",
        25,
        lambda n: {"type": "actions", "elements": [{"type": "button", "text": plain()}] * n},
        "/elements",
    ),
    Limit("image alt", 2000, lambda n: image(alt_text="x" * n), "/alt_text"),
    Limit("image title", 2000, lambda n: image(title=plain(n)), "/title/text"),
    Limit("image url", 3000, lambda n: image(image_url=url(n)), "/image_url"),
    Limit("button text", 75, lambda n: button(text=plain(n)), f"{FIRST}/text/text"),
    Limit("button value", 2000, lambda n: button(value="x" * n), f"{FIRST}/value"),
    Limit("button url", 3000, lambda n: button(url=url(n)), f"{FIRST}/url"),
    Limit(
        "button label",
        75,
        lambda n: button(accessibility_label="x" * n),
        f"{FIRST}/accessibility_label",
    ),
    Limit("action_id", 255, lambda n: button(action_id="x" * n), f"{FIRST}/action_id"),
    Limit("block_id", 255, lambda n: section(text=plain(), block_id="x" * n), "/block_id"),
    Limit("option text", 75, lambda n: overflow(text=plain(n)), f"{FIRST}/options/0/text/text"),
    Limit(
        "option description",
        75,
        lambda n: overflow(description=plain(n)),
        f"{FIRST}/options/0/description/text",
    ),
    Limit("option value", 75, lambda n: overflow(value="x" * n), f"{FIRST}/options/0/value"),
    Limit("option url", 3000, lambda n: overflow(url=url(n)), f"{FIRST}/options/0/url"),
    Limit("select options", 100, lambda n: menu(options=options(n)), f"{FIRST}/options"),
    Limit(
        "select groups",
        100,
        lambda n: menu(option_groups=[{"label": plain(), "options": options(1)}] * n),
        f"{FIRST}/option_groups",
    ),
    Limit(
        "group label",
        75,
        lambda n: menu(option_groups=[{"label": plain(n), "options": options(1)}]),
        f"{FIRST}/option_groups/0/label/text",
    ),
    Limit(
        "overflow",
        5,
        lambda n: actions(type="overflow", options=options(n)),
        f"{FIRST}/options",
    ),
    Limit(
        "radio",
        10,
        lambda n: actions(type="radio_buttons", options=options(n)),
        f"{FIRST}/options",
    ),
    Limit(
        "checkboxes",
        10,
        lambda n: actions(type="checkboxes", options=options(n)),
        f"{FIRST}/options",
    ),
    Limit(
        "placeholder",
        150,
        lambda n: menu(options=options(1), placeholder=plain(n)),
        f"{FIRST}/placeholder/text",
    ),
    Limit("confirm title", 100, lambda n: confirm(title=plain(n)), f"{FIRST}/confirm/title/text"),
    Limit("confirm text", 300, lambda n: confirm(text=plain(n)), f"{FIRST}/confirm/text/text"),
    Limit("confirm yes", 30, lambda n: confirm(confirm=plain(n)), f"{FIRST}/confirm/confirm/text"),
    Limit("confirm no", 30, lambda n: confirm(deny=plain(n)), f"{FIRST}/confirm/deny/text"),
    Limit("input label", 2000, lambda n: an_input(label=plain(n)), "/label/text"),
    Limit("input hint", 2000, lambda n: an_input(hint=plain(n)), "/hint/text"),
    Limit("input preset", 3000, lambda n: typed(initial_value="x" * n), "/element/initial_value"),
    Limit("input length", 3000, lambda n: typed(max_length=n), "/element/max_length"),
]
