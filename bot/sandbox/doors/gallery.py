"""The gallery: what the app says it can post, and one of every block; nothing of it is sent."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from flask import Blueprint, Flask, Response, request, send_from_directory

from bot.sandbox.blocks import with_ids
from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message, check_view
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json

PAGE = Path(__file__).parent.parent / "page"
EVERY_BLOCK = ("blocks.json", "elements.json")

# In an item these stand for whoever looks, for a channel, and for where the page is.
READER, HERE, SITE = "UREADER", "CHERE", "http://sandbox.invalid"

# Each item is {"name", "kind": "message" | "modal" | "home", "content"}: what a method of the Web
# API would take; "ephemeral" in a message. Optional: "group", its head in the index, and "errors",
# under the inputs of a modal by block_id.
Gallery: TypeAlias = Sequence[Json] | Callable[[], Sequence[Json]]


def add_gallery(flask: Flask, slack: Slack, gallery: Gallery) -> None:
    """Give the application the gallery's page and its items."""
    doors = Blueprint("gallery", __name__, url_prefix="/_sandbox/gallery")

    @doors.get("")
    def page() -> Response:
        return send_from_directory(PAGE, "gallery.html")

    @doors.get("/items")
    def items() -> Response:
        given = gallery() if callable(gallery) else gallery
        shown = [_checked(item) for item in _settled(slack, [*given, *every_block()])]
        return Response(json.dumps({"ok": True, "items": shown}), content_type="application/json")

    flask.register_blueprint(doors)


def every_block() -> list[Json]:
    """The sandbox's own items: each block and element there is."""
    texts = [(PAGE / "gallery" / name).read_text("utf-8") for name in EVERY_BLOCK]
    return [item for text in texts for item in json.loads(text)]


def refusals(item: Json) -> list[str]:
    """Why Slack would not take an item; empty where it would."""
    content = item["content"]
    try:
        if item["kind"] == "message":
            check_message(content.get("text", ""), content.get("blocks"))
        else:
            check_view(content, item["kind"])
    except Refused as refused:
        told = refused.details.get("response_metadata", {}).get("messages", [])
        return [refused.error, *told]
    return []


def _checked(item: Json) -> Json:
    problems = refusals(item)
    if not problems:
        with_ids(item["content"].get("blocks", []))
    return {**item, "problems": problems}


def _settled(slack: Slack, items: list[Json]) -> list[Json]:
    """Copies in which the stand-ins have become somebody and somewhere."""
    with slack.lock:
        people = [each["id"] for each in slack.people.users.values() if not each["is_bot"]]
        channels = [each for each in slack.people.channels.values() if not each["is_private"]]
    asked = request.args.get("user", "")
    text = json.dumps(items).replace(SITE, slack.url)
    if people:
        text = text.replace(READER, asked if asked in people else people[0])
    if channels:
        text = text.replace(HERE, channels[0]["id"])
    settled: Any = json.loads(text)
    return list(settled)
