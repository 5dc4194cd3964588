"""Submitting and closing modals, and what the bot answers to it."""

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blocks import find_elements
from bot.sandbox.clicks import own_view
from bot.sandbox.errors import DoorShut, Refused
from bot.sandbox.fields import filled, missing
from bot.sandbox.interactions import report, require_app
from bot.sandbox.rules import check_view
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.transport import Answer

TROUBLE = "We had some trouble connecting. Try again?"  # what Slack shows for a wrong answer


def submit(slack: Slack, user: Json, view_id: str, values: Json) -> Json:
    """Fill in and send; the answer's `errors` are those the person sees under the fields."""
    require_app(slack)
    with slack.lock:
        view = own_view(slack, user, view_id)
        if view["type"] != "modal":
            raise DoorShut("Only a modal can be submitted.")
        fill_in(view, values)
        slack.views.keep(user["id"], view)
        if complaints := missing(view["blocks"], view["state"]["values"]):
            return {"status": 200, "ack_ms": 0.0, "body": None, "errors": complaints}
        letter = payloads.view_submission(slack, user, view)
    outcome: Json = {"errors": None}

    def follow(answer: Answer) -> None:
        with slack.lock:
            outcome.update(_outcome(slack, user, view, answer))

    return report(slack.delivery.send(letter, follow)) | outcome


def _outcome(slack: Slack, user: Json, view: Json, answer: Answer) -> Json:
    """What the person sees after the bot answered, or did not."""
    if answer.error:
        return {"error": TROUBLE}
    try:
        return {"errors": _follow(slack, user, view, answer.body)}
    except Refused as refused:
        return {"error": f"{TROUBLE} ({refused.error})"}


def fill_in(view: Json, values: Json) -> None:
    """Put what a person typed into the view's state; DoorShut where there is no such field."""
    fields = {
        (each.block_id, each.element["action_id"]): each for each in find_elements(view["blocks"])
    }
    for block_id, actions in values.items():
        if not isinstance(actions, dict):
            raise DoorShut(f"values[{block_id!r}] must map an action_id to what was filled in.")
        for action_id, said in actions.items():
            found = fields.get((block_id, action_id))
            if found is None:
                there = ", ".join(f"{block}/{action}" for block, action in fields) or "none"
                raise DoorShut(f"No field {block_id}/{action_id}; there is {there}.", 404)
            held = view["state"]["values"].setdefault(block_id, {})
            held[action_id] = filled(found.element, said)


def _follow(slack: Slack, user: Json, view: Json, body: Any) -> Json | None:
    """Do what the acknowledgement asks; returns the errors it shows."""
    now_open = slack.views.find(view["id"])
    if now_open is None:
        return None  # closed while the bot thought about it
    view = now_open[1]
    action = body.get("response_action") if isinstance(body, dict) else None
    if action == "errors":
        return _errors(view, body.get("errors"))
    if action == "clear":
        slack.views.clear(user["id"])
    elif action == "update":
        slack.views.update(user["id"], view, check_view(body.get("view"), "modal"))
    elif action == "push":
        slack.views.push(user["id"], check_view(body.get("view"), "modal"))
    elif action is None:
        slack.views.close(user["id"], view)
    else:
        raise Refused("invalid_response_action")
    return None


def _errors(view: Json, errors: Any) -> Json:
    """Errors must each name an input block that is there."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise Refused("invalid_errors")
    return errors


def close(slack: Slack, user: Json, view_id: str) -> Json:
    """Close a modal; the bot hears of it where the view asked for that."""
    with slack.lock:
        view = own_view(slack, user, view_id)
        if view["type"] != "modal":
            raise DoorShut("Only a modal can be closed.")
        closed = slack.views.close(user["id"], view)
        letters = [
            payloads.view_closed(slack, user, each, cleared=False)
            for each in closed
            if each["notify_on_close"]
        ]
    shown: Json = {"status": 200, "ack_ms": 0.0, "body": None}
    for letter in letters:
        shown = report(slack.delivery.send(letter))
    return shown
