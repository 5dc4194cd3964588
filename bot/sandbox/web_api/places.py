"""Which conversations the bot finds, may read and may write to."""

from bot.sandbox.errors import Refused
from bot.sandbox.people import kind_of
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call

FAMILIES = {"channel": "channels", "group": "groups", "im": "im"}


def visible(call: Call, name: str = "channel") -> Json:
    """The conversation that an argument names, if the bot may know of it."""
    channel = call.slack.people.channels.get(call.required(name))
    if channel is None or (channel["is_private"] and not call.slack.people.bot_is_in(channel)):
        raise Refused("channel_not_found")
    return channel


def need_scope(slack: Slack, *scopes: str) -> None:
    """Refused, unless every scope was granted."""
    for scope in scopes:
        if not slack.has_scope(scope):
            provided = ",".join(slack.app.scopes)
            raise Refused("missing_scope", needed=scope, provided=provided)


def need_family_scope(call: Call, channel: Json, what: str) -> None:
    """Refused without e.g. `groups:history` for a private channel."""
    need_scope(call.slack, f"{FAMILIES[kind_of(channel)]}:{what}")


def readable(call: Call) -> Json:
    """A conversation whose messages the bot may read."""
    channel = visible(call)
    need_family_scope(call, channel, "history")
    if not call.slack.people.bot_is_in(channel):
        raise Refused("not_in_channel")
    return channel


def writable(call: Call) -> Json:
    """A conversation the bot may post to; a person's id means the DM with them."""
    channel = _addressed(call)
    if channel["is_archived"]:
        raise Refused("is_archived")
    if not call.slack.people.bot_is_in(channel) and not call.slack.has_scope("chat:write.public"):
        raise Refused("not_in_channel")
    return channel


def _addressed(call: Call) -> Json:
    said, people = call.required("channel"), call.slack.people
    user = people.users.get(said)
    if user:
        if user["is_bot"]:
            raise Refused("cannot_dm_bot")
        return people.open_im(user["id"])
    for channel in people.channels.values():
        public = not channel["is_private"]
        if public and channel["name"] == said.removeprefix("#"):
            return channel
    return visible(call)


def person(call: Call, name: str = "user") -> Json:
    """The user that an argument names."""
    user = call.slack.people.users.get(call.required(name))
    if user is None:
        raise Refused("user_not_found")
    return user
