"""What people do with the app. These doors wait for the bot, so they run without the lock."""

from bot.sandbox import clicks, interactions, modals
from bot.sandbox.doors.body import Body
from bot.sandbox.errors import DoorShut
from bot.sandbox.store import Json


def command(body: Body) -> Json:
    user = body.user()
    name, text = body.text("command"), body.fields.get("text") or ""
    if not isinstance(text, str):
        raise DoorShut("text is what follows the command, as one text.")
    return interactions.run_command(body.slack, user, body.channel_of(user), name, text)


def click(body: Body) -> Json:
    """`value` or `selected` is what was chosen; `block_id` says which, if there are several."""
    user, fields = body.user(), body.fields
    clicked = clicks.Click(
        body.text("action_id"), body.maybe("block_id"), fields.get("value"), fields.get("selected")
    )
    if view_id := body.maybe("view_id"):
        return clicks.click_in_view(body.slack, user, view_id, clicked)
    channel = body.slack.people.seen_by(body.channel(), user)
    return clicks.click_in_message(body.slack, user, channel, body.text("ts"), clicked)


def submit(body: Body) -> Json:
    values = body.fields.get("values") or {}
    if not isinstance(values, dict):
        raise DoorShut("values maps a block_id to its action_id and what was filled in.")
    return modals.submit(body.slack, body.user(), body.text("view_id"), values)


def close(body: Body) -> Json:
    return modals.close(body.slack, body.user(), body.text("view_id"))


def shortcut(body: Body) -> Json:
    user = body.user()
    channel = body.channel_of(user) if body.fields.get("channel") else None
    return interactions.run_shortcut(
        body.slack, user, body.text("callback_id"), channel, body.maybe("ts")
    )
