"""The sandbox's own gallery: each block and element that Slack has, and what it would refuse."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.doors.gallery import every_block, refusals
from bot.sandbox.rules.elements import ELEMENTS

BLOCKS = {
    *("actions", "alert", "card", "carousel", "container", "context", "context_actions"),
    *("data_table", "data_visualization", "divider", "header", "image", "input", "markdown"),
    *("rich_text", "section", "table", "video"),
}
CHARTS = {"area", "bar", "line", "pie"}
IN_RICH_TEXT = {
    *("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"),
    *("text", "link", "emoji", "user", "channel", "usergroup", "broadcast", "date", "color"),
}


@pytest.mark.parametrize("item", every_block(), ids=lambda item: item["name"])
def test_an_item_is_taken_by_slack(item: dict[str, Any]) -> None:
    assert refusals(item) == []


def test_every_block_and_element_is_there() -> None:
    types = set(types_in(every_block()))

    assert types >= BLOCKS | set(ELEMENTS) | CHARTS | IN_RICH_TEXT


def test_what_slack_would_refuse_is_shown_with_the_reason(
    start: Callable[..., Sandbox], doors_of: Callable[[Sandbox], Any]
) -> None:
    wrong = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    item = {"name": "Too long", "kind": "message", "content": {"text": "x", "blocks": [wrong]}}

    shown = doors_of(start(gallery=[item])).get("gallery/items")["items"]

    assert shown[0]["problems"][0] == "invalid_blocks"
    assert "/blocks/0/text/text" in shown[0]["problems"][1]


def test_the_page_is_there(sandbox: Sandbox, doors: Any) -> None:
    page = doors.http.get("gallery")

    assert page.status_code == 200
    assert "text/html" in page.headers["Content-Type"]


def test_pictures_and_people_are_those_of_this_sandbox(sandbox: Sandbox, doors: Any) -> None:
    ben = doors.id_of("ben")

    text = json.dumps(doors.get("gallery/items", user=ben))

    assert f"{sandbox.url}/page/gallery/picture.svg" in text
    assert f"<@{ben}>" in text


def types_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from types_in(each)
    elif isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value["type"]
        for each in value.values():
            yield from types_in(each)
