"""What people do to the app: commands, shortcuts. Clicks are in `clicks`, modals in `modals`."""

from bot.sandbox import answers, payloads
from bot.sandbox.errors import DoorShut, Refused
from bot.sandbox.people import channel_name
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.text import escape, mentions
from bot.sandbox.transport import Answer


def report(answer: Answer) -> Json:
    """What a door says about a delivery."""
    body = {"status": answer.status, "ack_ms": round(answer.ms, 2), "body": answer.body}
    return body | ({"error": answer.error} if answer.error else {})


def require_app(slack: Slack) -> None:
    if not slack.installed:
        raise DoorShut("The app is not installed in this workspace any more.")


def run_command(slack: Slack, user: Json, channel: Json, name: str, text: str) -> Json:
    """Type a slash command, wait for its acknowledgement and show what that says."""
    require_app(slack)
    command = slack.app.command(name)
    if command is None:
        known = ", ".join(each.command for each in slack.app.commands) or "none"
        raise DoorShut(f"{name!r} is not a valid command here. Commands: {known}.", 404)
    with slack.lock:
        if channel["is_archived"]:
            raise DoorShut(f"#{channel['name']} is archived.")
        typed = escape(text)
        if command.should_escape:
            typed = mentions(typed, lambda sign, word: named(slack, sign, word))
        secret = slack.response_urls.mint(user["id"], channel["id"])
        letter = payloads.command(slack, user, channel, name, typed, secret)

    def show(answer: Answer) -> None:
        with slack.lock:
            _show(slack, user, channel, name, secret, answer)

    return report(slack.delivery.send(letter, show))


def _show(slack: Slack, user: Json, channel: Json, name: str, secret: str, answer: Answer) -> None:
    if answer.error:
        answers.failed(slack, user["id"], channel["id"], name, answer.error)
    elif answers.says_something(answer.body):
        try:
            answers.in_acknowledgement(slack, secret, answer.body)
        except Refused as refused:
            answers.failed(slack, user["id"], channel["id"], name, refused.error)


def named(slack: Slack, sign: str, name: str) -> str | None:
    """The id that stands for @name or #name where it is to be escaped, if it means anything."""
    people = slack.people
    if sign == "@":
        found = (user for user in people.users.values() if user["name"] == name)
        return next((f"<@{user['id']}|{name}>" for user in found), None)
    channels = (each for each in people.channels.values() if each["name"] == name)
    return next((f"<#{each['id']}|{name}>" for each in channels), None)


def run_shortcut(
    slack: Slack, user: Json, callback_id: str, channel: Json | None, ts: str | None
) -> Json:
    """Choose a global shortcut, or one on a message."""
    require_app(slack)
    shortcut = slack.app.shortcut(callback_id)
    if shortcut is None:
        raise DoorShut(f"The app has no shortcut {callback_id!r}.", 404)
    with slack.lock:
        if shortcut.type == "global":
            letter = payloads.global_shortcut(slack, user, callback_id)
        elif channel is None or ts is None:
            raise DoorShut("This shortcut is for a message: say its channel and ts.")
        else:
            message = slack.messages.find(channel["id"], ts)
            if message is None:
                raise DoorShut(f"There is no message {ts} in {channel_name(channel)}.", 404)
            letter = payloads.message_shortcut(slack, user, callback_id, channel, message)
    return report(slack.delivery.send(letter))
