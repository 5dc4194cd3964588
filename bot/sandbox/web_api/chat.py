"""chat.*: what the bot says."""

import json
from typing import Any

from bot.sandbox import events
from bot.sandbox.answers import authored
from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message
from bot.sandbox.rules.messages import check_metadata
from bot.sandbox.rules.together import MOST_MARKDOWN
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.places import visible, writable


def post_message(call: Call) -> Json:
    channel = writable(call)
    call.slack.service.rates.post(call.slack.people.team["id"], channel["id"])
    message = {**authored(call.slack), **_content(call), **_thread(call, channel)}
    posted = call.slack.messages.post(channel["id"], message)
    events.message_posted(call.slack, channel, posted)
    return {"channel": channel["id"], "ts": posted["ts"], "message": posted}


def post_ephemeral(call: Call) -> Json:
    channel, user = writable(call), call.required("user")
    if user not in channel["members"]:
        raise Refused("user_not_in_channel")
    message = {**authored(call.slack), **_content(call), **_thread(call, channel)}
    return {"message_ts": call.slack.messages.whisper(channel["id"], user, message)["ts"]}


def update(call: Call) -> Json:
    """What is not mentioned stays: blocks are taken away by an empty list."""
    channel = visible(call)
    message = _own(call, channel, "cant_update_message")
    if channel["is_archived"]:
        raise Refused("is_archived")
    before = json.loads(json.dumps(message))
    given = {name for name in ("text", "blocks", "attachments") if call.args.get(name) is not None}
    kept = {"blocks": message.get("blocks")} if "blocks" not in given else {}
    content = _content(call, **kept)
    if "text" not in given and not call.text("markdown_text"):
        content.pop("text")
    if "blocks" in given and not content.get("blocks"):
        content["blocks"] = None
    edited = {"user": call.bot_id, "ts": call.slack.messages.new_ts(channel["id"])}
    changed = call.slack.messages.change(channel["id"], message, **content, edited=edited)
    events.message_changed(call.slack, channel, changed, before)
    return {
        "channel": channel["id"],
        "ts": message["ts"],
        "text": message["text"],
        "message": message,
    }


def delete(call: Call) -> Json:
    channel = visible(call)
    message = _own(call, channel, "cant_delete_message")
    before = json.loads(json.dumps(message))
    call.slack.messages.delete(channel["id"], message)
    events.message_deleted(call.slack, channel, before)
    return {"channel": channel["id"], "ts": before["ts"]}


def get_permalink(call: Call) -> Json:
    channel, ts = visible(call), call.required("message_ts")
    if call.slack.messages.find(channel["id"], ts) is None:
        raise Refused("message_not_found")
    link = f"{call.slack.url}/archives/{channel['id']}/p{ts.replace('.', '')}"
    return {"channel": channel["id"], "permalink": link}


def _own(call: Call, channel: Json, error: str) -> Json:
    """The message that `ts` names, if the bot wrote it."""
    message = call.slack.messages.find(channel["id"], call.required("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise Refused("message_not_found")
    if message.get("bot_id") != call.slack.people.bot["bot_id"]:
        raise Refused(error)
    return message


def _content(call: Call, **kept: Any) -> Json:
    """Checked text, blocks, attachments and metadata; `kept` counts as if it had been sent."""
    blocks = call.json("blocks", "invalid_blocks_format")
    attachments = call.json("attachments", "invalid_attachments")
    metadata = call.json("metadata", "invalid_metadata_format")
    text = call.text("text")
    if markdown := call.text("markdown_text"):
        if text or blocks:
            raise Refused("markdown_text_conflict")
        if len(markdown) > MOST_MARKDOWN:
            raise Refused("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    check_message(text, blocks if blocks is not None else kept.get("blocks"), attachments)
    check_metadata(metadata)
    optional = {"blocks": blocks, "attachments": attachments, "metadata": metadata}
    return {"text": text, **{name: value for name, value in optional.items() if value}}


def _thread(call: Call, channel: Json) -> Json:
    """Where the message hangs; only the parent of a thread can be replied to."""
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return {}
    parent = call.slack.messages.find(channel["id"], thread_ts)
    if parent is None:
        raise Refused("thread_not_found")
    if parent.get("thread_ts", thread_ts) != thread_ts:
        raise Refused("cannot_reply_to_message")
    if call.flag("reply_broadcast"):
        return {"thread_ts": thread_ts, "subtype": "thread_broadcast"}
    return {"thread_ts": thread_ts}
