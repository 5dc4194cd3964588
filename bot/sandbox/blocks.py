"""Reading blocks: their ids, the elements in them, and what those hold."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.store import Json

# Element types that Slack gives an action_id when the author leaves it out.
INTERACTIVE = frozenset(
    {
        "button",
        "overflow",
        "icon_button",
        "feedback_buttons",
        "workflow_button",
        "checkboxes",
        "radio_buttons",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    }
    | {
        f"{many}{what}_select"
        for many in ("", "multi_")
        for what in ("static", "external", "users", "conversations", "channels")
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """An element, and the id of the block it stands in."""

    block_id: str
    element: Json


def with_ids(blocks: list[Json]) -> list[Json]:
    """The same blocks, with a block_id and action_ids wherever they were left out."""
    for block in blocks:
        block.setdefault("block_id", secrets.token_hex(3))
        for element in _elements(block):
            element.setdefault("action_id", secrets.token_hex(3))
    return blocks


def find_elements(blocks: list[Json]) -> Iterator[Found]:
    """Every interactive element, in reading order."""
    for block in blocks:
        inner = block.get("child_blocks")
        if isinstance(inner, list):
            yield from find_elements([{**child, "block_id": _id(child, block)} for child in inner])
            continue
        for element in _elements(block):
            yield Found(block.get("block_id", ""), element)


def _id(child: Json, parent: Json) -> str:
    return str(child.get("block_id") or parent.get("block_id", ""))


def _elements(value: Any) -> Iterator[Json]:
    if isinstance(value, list):
        for each in value:
            yield from _elements(each)
    elif isinstance(value, dict):
        if value.get("type") in INTERACTIVE:
            yield value
            return
        for each in value.values():
            yield from _elements(each)
