"""What the doors show: the workspace, a conversation, the views of a person."""

from bot.sandbox.slack import Slack
from bot.sandbox.store import Json


def state(slack: Slack) -> Json:
    """Everything but what was said."""
    people, app = slack.people, slack.app
    return {
        "team": people.team,
        "teams": [each.people.team for each in slack.service.teams.values()],
        "bot": {name: people.bot[name] for name in ("user_id", "bot_id", "app_id", "name")},
        "installed": slack.installed,
        "users": list(people.users.values()),
        "channels": [channel(each) for each in people.channels.values()],
        "scopes": list(app.scopes),
        "clock": slack.clock.text(),
        "commands": [
            {
                "command": each.command,
                "description": each.description,
                "usage_hint": each.usage_hint,
            }
            for each in app.commands
        ],
        "shortcuts": [
            {
                "name": each.name,
                "type": each.type,
                "callback_id": each.callback_id,
                "description": each.description,
            }
            for each in app.shortcuts
        ],
        "hints": list(slack.hints),
        "connected": slack.delivery.connected,
    }


def channel(kept: Json) -> Json:
    """A conversation; `private` says the same as `is_private`."""
    return {**kept, "private": kept["is_private"]}


def messages(slack: Slack, place: Json, user: Json | None) -> list[Json]:
    """Newest first, threads inside their parents, with the ephemerals of `user`."""
    id_ = place["id"]
    notes = slack.messages.notes(id_, user["id"]) if user else []
    notes = [{**note, "ephemeral": True} for note in notes]
    threads: dict[str, list[Json]] = {}
    for note in notes:
        threads.setdefault(note.get("thread_ts", ""), []).append(note)
    top = [_with_replies(slack, id_, each, threads) for each in slack.messages.newest_first(id_)]
    return sorted(top + threads.get("", []), key=_ts, reverse=True)


def _with_replies(slack: Slack, place: str, message: Json, threads: dict[str, list[Json]]) -> Json:
    replies = slack.messages.replies(place, message["ts"]) + threads.get(message["ts"], [])
    return {**message, "replies": sorted(replies, key=_ts)} if replies else message


def _ts(message: Json) -> str:
    return str(message["ts"])
