"""What the bot says to an interaction: in its acknowledgement, or later at a response URL."""

import json
from typing import Any

from bot.sandbox import events
from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.tickets import ResponseUrl

FIELDS = ("text", "blocks", "attachments", "metadata")


def authored(slack: Slack) -> Json:
    """The fields that say: the bot wrote this."""
    bot, team = slack.people.bot, slack.people.team["id"]
    return {
        "user": bot["user_id"],
        "bot_id": bot["bot_id"],
        "app_id": bot["app_id"],
        "team": team,
        "bot_profile": {
            "id": bot["bot_id"],
            "app_id": bot["app_id"],
            "name": bot["name"],
            "team_id": team,
        },
    }


def says_something(body: Any) -> bool:
    """Does an acknowledgement hold a message?"""
    return bool(body) and (isinstance(body, str) or bool(body.get("text") or body.get("blocks")))


def at_response_url(slack: Slack, secret: str, body: Json) -> None:
    """Carry out what was posted to a response URL; Refused if it may not be."""
    url = slack.response_urls.check(secret)
    place(slack, url, body)
    url.uses += 1
    slack.response_urls.keep(secret)


def in_acknowledgement(slack: Slack, secret: str, body: Any) -> None:
    """Show the message in the acknowledgement of a command."""
    said = body if isinstance(body, dict) else {"text": str(body)}
    place(slack, slack.response_urls.check(secret), said)
    slack.response_urls.keep(secret)


def place(slack: Slack, url: ResponseUrl, body: Json) -> None:
    """Post, replace or delete, as the body says. Callers hold the lock."""
    source = url.source and _source(slack, url, url.source)
    if _true(body.get("delete_original")):
        if source:
            _delete(slack, url, source)
        return
    fields = _fields(body)
    if _true(body.get("replace_original")) and source:
        _replace(slack, url, source, fields)
        return
    posted = _post(slack, url, body, fields)
    # A command has no message of its own: its first answer is what a later one replaces.
    url.source = url.source or posted["ts"]


def _fields(body: Json) -> Json:
    fields = {name: body[name] for name in FIELDS if body.get(name) not in (None, "")}
    for name in ("blocks", "attachments", "metadata"):
        if isinstance(fields.get(name), str):
            fields[name] = _parsed(fields[name], name)
    text = fields.setdefault("text", "")
    if not isinstance(text, str):
        raise Refused("invalid_payload")
    check_message(text, fields.get("blocks"), fields.get("attachments"))
    return fields


def _parsed(written: str, name: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        raise Refused(f"invalid_{name}_format") from None


def _post(slack: Slack, url: ResponseUrl, body: Json, fields: Json) -> Json:
    message = {**authored(slack), **fields}
    thread = body.get("thread_ts") or url.thread_ts
    if thread and slack.messages.find(url.channel, thread):
        message["thread_ts"] = thread
    if body.get("response_type") == "in_channel":
        posted = slack.messages.post(url.channel, message)
        events.message_posted(slack, slack.people.channels[url.channel], posted)
        return posted
    return slack.messages.whisper(url.channel, url.user, message)


def _source(slack: Slack, url: ResponseUrl, ts: str) -> Json | None:
    note = slack.messages.note(url.channel, url.user, ts)
    return note or slack.messages.find(url.channel, ts)


def _is_note(slack: Slack, url: ResponseUrl, message: Json) -> bool:
    return slack.messages.note(url.channel, url.user, message["ts"]) is message


def _replace(slack: Slack, url: ResponseUrl, message: Json, fields: Json) -> None:
    before = json.loads(json.dumps(message))
    fields = {"blocks": None, "attachments": None, **fields}
    if _is_note(slack, url, message):
        kept = {**message, **fields}
        message.clear()
        message.update({name: value for name, value in kept.items() if value is not None})
        slack.messages.rewrite_note(url.channel, url.user, message)
        return
    slack.messages.change(url.channel, message, **fields)
    events.message_changed(slack, slack.people.channels[url.channel], message, before)


def _delete(slack: Slack, url: ResponseUrl, message: Json) -> None:
    if _is_note(slack, url, message):
        slack.messages.delete_note(url.channel, message["ts"])
        return
    slack.messages.delete(url.channel, message)
    events.message_deleted(slack, slack.people.channels[url.channel], message)


def _true(value: object) -> bool:
    return value in (True, "true", "True", 1, "1")


def failed(slack: Slack, user: str, channel: str, command: str, error: str) -> None:
    """What a person sees when a command was not acknowledged."""
    text = f'{command} failed with the error "{error}"'
    slack.messages.whisper(channel, user, {"user": "USLACKBOT", "text": text})
