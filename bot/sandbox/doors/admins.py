"""What admins do: archive, deactivate, take the app out and bring it back."""

from bot.sandbox import events
from bot.sandbox.doors.body import Body
from bot.sandbox.errors import DoorShut
from bot.sandbox.store import Json


def archive(body: Body) -> Json:
    channel = body.channel()
    if channel["is_im"]:
        raise DoorShut("A conversation of two cannot be archived.")
    channel["is_archived"] = True
    body.slack.people.keep_channel(channel)
    body.slack.live.tell("state")
    return {}


def deactivate(body: Body) -> Json:
    """End a person's account; what they wrote stays."""
    body.slack.people.deactivate(body.user())
    body.slack.live.tell("state")
    return {}


def uninstall(body: Body) -> Json:
    """Take the app out of the workspace: its token ends, it leaves its channels, it hears of it."""
    slack = body.slack
    if slack.people.bot["state"] == "uninstalled":
        raise DoorShut("The app is not installed.")
    if slack.installed:
        events.tokens_revoked(slack)
        events.app_uninstalled(slack)
    slack.people.end_installation("uninstalled", "account_inactive")
    slack.people.leave_channels(slack.people.bot["user_id"])
    slack.live.tell("state")
    return {}


def revoke(body: Body) -> Json:
    """Revoke the bot's token; the app stays in its channels."""
    slack = body.slack
    if not slack.installed:
        raise DoorShut("The app has no token that could be revoked.")
    events.tokens_revoked(slack)
    slack.people.end_installation("revoked", "token_revoked")
    slack.live.tell("state")
    return {}


def install(body: Body) -> Json:
    """Install the app again, after uninstall or revoke: under its old ids, with another token."""
    if body.slack.installed:
        raise DoorShut("The app is installed already.")
    body.slack.people.install()
    body.slack.live.tell("state")
    return {}
