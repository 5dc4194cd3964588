"""What people do without the app: talk, react, open Home, invite."""

from bot.sandbox import events
from bot.sandbox.doors.body import Body
from bot.sandbox.errors import DoorShut
from bot.sandbox.store import Json
from bot.sandbox.text import BROADCASTS, typed_message

MOST_TEXT = 40_000


def message(body: Body) -> Json:
    """Say something; links and mentions become what Slack makes of them."""
    slack, user = body.slack, body.user()
    channel = body.channel_of(user)
    if channel["is_archived"]:
        raise DoorShut(f"#{channel['name']} is archived.")
    typed = body.text("text")
    if len(typed) > MOST_TEXT:
        raise DoorShut(f"A message has at most {MOST_TEXT} characters.")
    said = {"user": user["id"], "text": typed_message(typed, lambda *at: _mention(body, *at))}
    said["team"] = slack.people.team["id"]
    if thread_ts := body.maybe("thread_ts"):
        parent = slack.messages.find(channel["id"], thread_ts)
        if parent is None:
            raise DoorShut(f"There is no message {thread_ts} to reply to.", 404)
        said["thread_ts"] = parent.get("thread_ts", thread_ts)
    posted = slack.messages.post(channel["id"], said)
    events.message_posted(slack, channel, posted)
    events.links_shared(slack, channel, posted, typed)
    return {"ts": posted["ts"], "message": posted}


def compose(body: Body) -> Json:
    """Type a message without sending it: its links are shared already."""
    user = body.user()
    body.channel_of(user)
    events.links_composed(body.slack, user["id"], body.text("text"))
    return {}


def _mention(body: Body, sign: str, name: str) -> str | None:
    people = body.slack.people
    if sign == "@":
        if name in BROADCASTS:
            return f"<!{name}>"
        users = people.users.values()
        return next((f"<@{each['id']}>" for each in users if each["name"] == name), None)
    channels = people.channels.values()
    return next((f"<#{each['id']}|{name}>" for each in channels if each["name"] == name), None)


def react(body: Body) -> Json:
    slack, user = body.slack, body.user()
    channel = body.channel_of(user)
    target, name = body.message(channel), body.text("reaction").strip(":")
    if not slack.messages.react(channel["id"], target, user["id"], name):
        raise DoorShut(f"{user['name']} has reacted with {name} already.")
    if slack.people.bot_is_in(channel):
        events.reacted(slack, "reaction_added", user["id"], channel["id"], target, name)
    return {}


def open_home(body: Body) -> Json:
    events.home_opened(body.slack, body.user()["id"])
    return {}


def invite(body: Body) -> Json:
    """Add a member, the app included."""
    slack, channel = body.slack, body.channel()
    user = slack.people.user(body.fields.get("user"))
    if channel["is_im"] or channel["is_archived"]:
        raise DoorShut("Nobody can be invited there.")
    if user["deleted"]:
        raise DoorShut(f"{user['name']} is deactivated and comes into no channel.")
    if user["id"] in channel["members"]:
        raise DoorShut(f"{user['name']} is in #{channel['name']} already.")
    inviter = next(
        (each for each in channel["members"] if each != slack.people.bot["user_id"]), None
    )
    channel["members"].append(user["id"])
    slack.people.keep_channel(channel)
    slack.live.tell("state")
    events.member_joined(slack, channel, user["id"], inviter)
    return {}
