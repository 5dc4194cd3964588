"""views.*: modals and Home tabs."""

from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_view
from bot.sandbox.store import Json
from bot.sandbox.tickets import Trigger
from bot.sandbox.web_api.call import Call, invalid_arguments


def open_(call: Call) -> Json:
    trigger = _trigger(call)
    view = _view(call, "modal")
    opened = call.slack.views.open(trigger.user, view)
    trigger.used = True
    return {"view": opened}


def push(call: Call) -> Json:
    """A modal on the one in which the person acted."""
    trigger = _trigger(call)
    if trigger.view_id is None or call.slack.views.find(trigger.view_id) is None:
        raise Refused("invalid_trigger_id")
    pushed = call.slack.views.push(trigger.user, _view(call, "modal"))
    trigger.used = True
    return {"view": pushed}


def update(call: Call) -> Json:
    found = (
        call.slack.views.find(call.text("view_id"))
        if call.text("view_id")
        else call.slack.views.find_external(call.required("external_id"))
    )
    if found is None or found[1]["type"] != "modal":
        raise Refused("not_found")
    user, old = found
    _same_hash(call, old)
    return {"view": call.slack.views.update(user, old, _view(call, "modal"))}


def publish(call: Call) -> Json:
    user = call.slack.people.users.get(call.required("user_id"))
    if user is None or user["is_bot"] or user["deleted"]:
        raise invalid_arguments("invalid `user_id`")
    old = call.slack.views.home(user["id"])
    if old:
        _same_hash(call, old)
    return {"view": call.slack.views.publish(user["id"], _view(call, "home"))}


def _trigger(call: Call) -> Trigger:
    return call.slack.triggers.check(call.required("trigger_id"))


def _view(call: Call, kind: str) -> Json:
    view = call.json("view", "invalid_arguments")
    if view is None:
        raise invalid_arguments("missing required field: view")
    return check_view(view, kind)


def _same_hash(call: Call, old: Json) -> None:
    """A hash, if given, must be that of the view which is to be replaced."""
    if call.text("hash") and call.text("hash") != old["hash"]:
        raise Refused("hash_conflict")
