"""users.*: who is there, and in which zone."""

from bot.sandbox.people import profile
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.paging import page
from bot.sandbox.web_api.places import person


def info(call: Call) -> Json:
    return {"user": _shown(call, person(call))}


def list_(call: Call) -> Json:
    everyone = [_shown(call, user) for user in call.slack.people.users.values()]
    part, cursor = page(everyone, "id", call.limit(), call.text("cursor"))
    return {"members": part, "response_metadata": {"next_cursor": cursor}}


def _shown(call: Call, user: Json) -> Json:
    team = {"team_id": call.slack.people.team["id"]}
    return profile(user, call.slack.clock) | team
