"""What the bot receives when a person does something. Callers hold the lock."""

import json
from typing import Any

from bot.sandbox.people import channel_name
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.transport import Letter

VERIFICATION = "verification"  # the old token; signatures have replaced it


def common(slack: Slack, user: Json) -> Json:
    """What every interaction begins with."""
    team = slack.people.team
    return {
        "token": VERIFICATION,
        "api_app_id": slack.people.bot["app_id"],
        "team": {"id": team["id"], "domain": team["domain"]},
        "user": {
            "id": user["id"],
            "username": user["name"],
            "name": user["name"],
            "team_id": team["id"],
        },
        "enterprise": None,
        "is_enterprise_install": False,
    }


def place(channel: Json) -> Json:
    return {"id": channel["id"], "name": channel_name(channel)}


def command(slack: Slack, user: Json, channel: Json, name: str, text: str, response: str) -> Letter:
    """A slash command: a flat form of strings. `response` is the secret of its response URL."""
    team = slack.people.team
    payload = {
        "token": VERIFICATION,
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": channel["id"],
        "channel_name": channel_name(channel),
        "user_id": user["id"],
        "user_name": user["name"],
        "command": name,
        "text": text,
        "api_app_id": slack.people.bot["app_id"],
        "is_enterprise_install": "false",
        "response_url": slack.response_url(response),
        "trigger_id": slack.triggers.mint(user["id"]),
    }
    return Letter("slash_commands", payload)


def message_action(
    slack: Slack, user: Json, channel: Json, message: Json, action: Json, values: Json
) -> Letter:
    """A click in a message, which comes along as it is."""
    letter = note_action(slack, user, channel, message, action, values)
    letter.payload["container"]["is_ephemeral"] = False
    letter.payload["message"] = copied(message)
    return letter


def in_preview(letter: Letter, preview: Json) -> Letter:
    """The same click, in what the app shows under a link that somebody posted."""
    letter.payload["container"] |= {
        "type": "message_attachment",
        "attachment_id": preview["id"],
        "is_app_unfurl": True,
        "app_unfurl_url": preview["app_unfurl_url"],
    }
    letter.payload["app_unfurl"] = copied(preview)
    return letter


def note_action(
    slack: Slack, user: Json, channel: Json, message: Json, action: Json, values: Json
) -> Letter:
    """A click in an ephemeral message: as in Slack, the message itself does not come along."""
    thread = message.get("thread_ts")
    secret = slack.response_urls.mint(user["id"], channel["id"], message["ts"], thread)
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel["id"],
        "is_ephemeral": True,
    }
    payload = {
        "type": "block_actions",
        **common(slack, user),
        "container": container | ({"thread_ts": thread} if thread else {}),
        "channel": place(channel),
        "state": {"values": copied(values)},
        "response_url": slack.response_url(secret),
        "trigger_id": slack.triggers.mint(user["id"]),
        "actions": [action],
    }
    return Letter("interactive", payload)


def view_action(slack: Slack, user: Json, view: Json, action: Json) -> Letter:
    """A click in a modal or Home tab: no channel, no message, no response URL."""
    payload = {
        "type": "block_actions",
        **common(slack, user),
        "container": {"type": "view", "view_id": view["id"]},
        "view": copied(view),
        "trigger_id": _view_trigger(slack, user, view),
        "actions": [action],
    }
    return Letter("interactive", payload)


def view_submission(slack: Slack, user: Json, view: Json) -> Letter:
    payload = {
        "type": "view_submission",
        **common(slack, user),
        "view": copied(view),
        "trigger_id": _view_trigger(slack, user, view),
        "response_urls": [],
    }
    return Letter("interactive", payload)


def view_closed(slack: Slack, user: Json, view: Json, *, cleared: bool) -> Letter:
    payload = {
        "type": "view_closed",
        **common(slack, user),
        "view": copied(view),
        "is_cleared": cleared,
    }
    return Letter("interactive", payload)


def global_shortcut(slack: Slack, user: Json, callback_id: str) -> Letter:
    payload = {
        "type": "shortcut",
        **common(slack, user),
        "callback_id": callback_id,
        "action_ts": f"{slack.clock.epoch():.6f}",
        "trigger_id": slack.triggers.mint(user["id"]),
    }
    return Letter("interactive", payload)


def message_shortcut(
    slack: Slack, user: Json, callback_id: str, channel: Json, message: Json
) -> Letter:
    """A shortcut on a message, which it brings along; its answers stand on their own."""
    secret = slack.response_urls.mint(user["id"], channel["id"])
    payload = {
        "type": "message_action",
        **common(slack, user),
        "callback_id": callback_id,
        "action_ts": f"{slack.clock.epoch():.6f}",
        "trigger_id": slack.triggers.mint(user["id"]),
        "response_url": slack.response_url(secret),
        "channel": place(channel),
        "message_ts": message["ts"],
        "message": copied(message),
    }
    return Letter("interactive", payload)


def _view_trigger(slack: Slack, user: Json, view: Json) -> str:
    modal = view["id"] if view["type"] == "modal" else None
    return slack.triggers.mint(user["id"], modal)


def copied(value: Any) -> Any:
    """As it is now: payloads leave the lock, and what they show goes on changing."""
    return json.loads(json.dumps(value))
