"""reactions.*: small faces under messages."""

import re

from bot.sandbox import events
from bot.sandbox.errors import Refused
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.places import visible

# Slack knows its emoji by list; here a name only has to look like one.
NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    channel, message, name = _target(call)
    if not call.slack.messages.react(channel["id"], message, call.bot_id, name):
        raise Refused("already_reacted")
    events.reacted(call.slack, "reaction_added", call.bot_id, channel["id"], message, name)
    return {}


def remove(call: Call) -> Json:
    channel, message, name = _target(call)
    if not call.slack.messages.unreact(channel["id"], message, call.bot_id, name):
        raise Refused("no_reaction")
    events.reacted(call.slack, "reaction_removed", call.bot_id, channel["id"], message, name)
    return {}


def get(call: Call) -> Json:
    channel, message = _message(call)
    return {"type": "message", "channel": channel["id"], "message": message}


def _target(call: Call) -> tuple[Json, Json, str]:
    name = call.required("name").strip(":")
    if not NAME.fullmatch(name):
        raise Refused("invalid_name")
    channel, message = _message(call)
    if channel["is_archived"]:
        raise Refused("is_archived")
    return channel, message, name


def _message(call: Call) -> tuple[Json, Json]:
    channel = visible(call)
    if not call.slack.people.bot_is_in(channel):
        raise Refused("not_in_channel")
    message = call.slack.messages.find(channel["id"], call.required("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    return channel, message
