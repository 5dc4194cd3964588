"""chat.unfurl: what the app shows under links that people posted."""

from typing import Any

from bot.sandbox import events
from bot.sandbox.blocks import with_ids
from bot.sandbox.errors import Refused
from bot.sandbox.payloads import copied
from bot.sandbox.rules import check_message
from bot.sandbox.store import Json
from bot.sandbox.text import domain_of, links_in
from bot.sandbox.unfurls import COMPOSING, POSTED
from bot.sandbox.web_api.call import Call


def unfurl(call: Call) -> Json:
    """Put a preview under each named link; a second call for a link changes its preview.

    What belongs to a message that is still being composed is checked, and shown nowhere.
    """
    previews = _previews(call)
    channel, message, posted = _target(call)
    for url, preview in previews.items():
        if domain_of(url, call.slack.app.unfurl_domains) is None:
            raise Refused("cannot_unfurl_url")
        if url not in posted:
            raise Refused("cannot_unfurl_message")
        _check(preview)
    if message is not None:
        _show(call, channel, message, previews)
    return {}


def _previews(call: Call) -> Json:
    previews = call.json("unfurls", "invalid_unfurls_format")
    if not previews:
        raise Refused("missing_unfurls")
    if not isinstance(previews, dict) or not all(isinstance(v, dict) for v in previews.values()):
        raise Refused("invalid_unfurls_format")
    return previews


def _target(call: Call) -> tuple[str, Json | None, tuple[str, ...]]:
    """Channel, message and the links in it, from `unfurl_id` and `source` or `channel` and `ts`."""
    if call.text("unfurl_id") or call.text("source"):
        return _by_id(call)
    for name in ("channel", "ts"):
        if not call.text(name):
            raise Refused(f"missing_{name}")
    channel = call.text("channel")
    if channel not in call.slack.people.channels:
        raise Refused("cannot_find_channel")
    message = call.slack.messages.find(channel, call.text("ts"))
    if message is None:
        raise Refused("cannot_find_message")
    return channel, message, tuple(links_in(message["text"]))


def _by_id(call: Call) -> tuple[str, Json | None, tuple[str, ...]]:
    for name in ("unfurl_id", "source"):
        if not call.text(name):
            raise Refused(f"missing_{name}")
    shared = call.slack.unfurls.find(call.text("unfurl_id"))
    if call.text("source") not in (COMPOSING, POSTED):
        raise Refused("invalid_source")
    if shared is None or shared.source != call.text("source"):
        raise Refused("invalid_unfurl_id")
    message = call.slack.messages.find(shared.channel, shared.ts)
    if message is None and shared.source == POSTED:
        raise Refused("cannot_find_message")
    return shared.channel, message, shared.urls


def _check(preview: Json) -> None:
    text = preview.get("text") or preview.get("title") or preview.get("fallback") or ""
    blocks: Any = preview.get("blocks")
    if not isinstance(text, str) or not (text or blocks):
        raise Refused("cannot_parse_attachment")
    check_message(text, blocks)


def _show(call: Call, channel: str, message: Json, previews: Json) -> None:
    before = copied(message)
    shown = [each for each in message.get("attachments", []) if each["from_url"] not in previews]
    for url, preview in previews.items():
        shown.append(_attachment(call, url, preview))
    for number, attachment in enumerate(shown, start=1):
        attachment["id"] = number
    call.slack.messages.change(channel, message, attachments=shown)
    place = call.slack.people.channels[channel]
    events.message_changed(call.slack, place, message, before)


def _attachment(call: Call, url: str, preview: Json) -> Json:
    if preview.get("blocks"):
        preview = {**preview, "blocks": with_ids(preview["blocks"])}
    bot = call.slack.people.bot
    return {
        **preview,
        "from_url": url,
        "original_url": url,
        "is_app_unfurl": True,
        "app_unfurl_url": url,
        "app_id": bot["app_id"],
        "bot_id": bot["bot_id"],
    }
