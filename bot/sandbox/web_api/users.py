"""users.*: who is there, in which zone, and in which conversations."""

from bot.sandbox.people import profile
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.conversations import of_kinds, shown
from bot.sandbox.web_api.paging import page
from bot.sandbox.web_api.places import person

OMITTED = frozenset({"is_member", "num_members"})  # conversations.info tells them


def info(call: Call) -> Json:
    return {"user": _shown(call, person(call))}


def list_(call: Call) -> Json:
    everyone = [_shown(call, user) for user in call.slack.people.users.values()]
    part, cursor = page(everyone, "id", call.limit(), call.text("cursor"))
    return {"members": part, "response_metadata": {"next_cursor": cursor}}


def conversations(call: Call) -> Json:
    """What the bot shares with a person; without one, all that the bot is in."""
    user = person(call)["id"] if call.text("user") else call.bot_id
    found = [
        _without_counts(shown(call, each))
        for each in of_kinds(call)
        if {user, call.bot_id} <= set(each["members"])
    ]
    part, cursor = page(found, "id", call.limit(most=999), call.text("cursor"))
    return {"channels": part, "response_metadata": {"next_cursor": cursor}}


def _without_counts(channel: Json) -> Json:
    return {name: each for name, each in channel.items() if name not in OMITTED}


def _shown(call: Call, user: Json) -> Json:
    team = {"team_id": call.slack.people.team["id"]}
    return profile(user, call.slack.clock) | team
