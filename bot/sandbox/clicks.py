"""Clicks and choices in messages, modals and the Home tab."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blocks import Found, find_elements
from bot.sandbox.errors import DoorShut
from bot.sandbox.fields import actions_in, filled, options_of, state_key
from bot.sandbox.interactions import report, require_app
from bot.sandbox.slack import Slack
from bot.sandbox.store import Json
from bot.sandbox.transport import Letter

FEEDBACK = ("positive_button", "negative_button")
BUTTONS = frozenset({"button", "icon_button", "workflow_button"})


@dataclass(frozen=True, slots=True)
class Click:
    """What a person did; `value` and `block_id` tell apart elements of one action_id."""

    action_id: str
    block_id: str | None = None
    value: Any = None
    selected: Any = None

    @property
    def choice(self) -> Any:
        """What was chosen in a menu, or typed: either name will do."""
        return self.value if self.selected is None else self.selected


def click_in_message(slack: Slack, user: Json, channel: Json, ts: str, click: Click) -> Json:
    require_app(slack)
    with slack.lock:
        letter = _message_letter(slack, user, channel, ts, click)
    return report(slack.delivery.send(letter))


def _message_letter(slack: Slack, user: Json, channel: Json, ts: str, click: Click) -> Letter:
    note = slack.messages.note(channel["id"], user["id"], ts)
    message = note or slack.messages.find(channel["id"], ts)
    if message is None:
        raise DoorShut(f"{user['name']} sees no message {ts} there.", 404)
    shown = _from_the_app(slack, message)
    if not shown:
        raise DoorShut("Only what the app itself shows has something to click.")
    blocks = [block for each in shown for block in each.get("blocks", [])]
    found = find_one(blocks, click)
    action = acted(slack, found, click)
    values = slack.choices.of(user["id"], channel["id"], ts, blocks)
    remember(values, found, action)
    if note:
        return payloads.note_action(slack, user, channel, message, action, values)
    letter = payloads.message_action(slack, user, channel, message, action, values)
    preview = next((each for each in shown if _holds(each, found)), message)
    return letter if preview is message else payloads.in_preview(letter, preview)


def _from_the_app(slack: Slack, message: Json) -> list[Json]:
    """What in this message is the app's: the message itself, or previews of links in it."""
    bot_id = slack.people.bot["bot_id"]
    parts = [message, *message.get("attachments", [])]
    return [each for each in parts if each.get("bot_id") == bot_id]


def _holds(part: Json, found: Found) -> bool:
    return any(each.element is found.element for each in find_elements(part.get("blocks", [])))


def click_in_view(slack: Slack, user: Json, view_id: str, click: Click) -> Json:
    require_app(slack)
    with slack.lock:
        view = own_view(slack, user, view_id)
        found = find_one(view["blocks"], click)
        action = acted(slack, found, click)
        remember(view["state"]["values"], found, action)
        slack.views.keep(user["id"], view)
        letter = payloads.view_action(slack, user, view, action)
    return report(slack.delivery.send(letter))


def own_view(slack: Slack, user: Json, view_id: str) -> Json:
    """The view, if this person has it open."""
    found = slack.views.find(view_id)
    if found is None or found[0] != user["id"]:
        raise DoorShut(f"{user['name']} has no view {view_id} open.", 404)
    return found[1]


def find_one(blocks: list[Json], click: Click) -> Found:
    """The element that is meant; DoorShut if there is none, or more than one."""
    hits = [each for each in find_elements(blocks) if each.element["action_id"] == click.action_id]
    if click.block_id is not None:
        hits = [each for each in hits if each.block_id == click.block_id]
    if len(hits) > 1 and click.choice is not None:
        hits = [each for each in hits if _offers(each.element, click.choice)]
    if not hits:
        there = ", ".join(actions_in(blocks)) or "nothing"
        raise DoorShut(f"There is no {click.action_id!r} to click; there is {there}.", 404)
    if len(hits) > 1:
        places = ", ".join(each.block_id for each in hits)
        raise DoorShut(
            f"{click.action_id!r} is there {len(hits)} times, in {places}: say block_id or value."
        )
    return hits[0]


def _offers(element: Json, choice: Any) -> bool:
    if element["type"] in BUTTONS:
        return bool(element.get("value") == choice)
    if element["type"] == "feedback_buttons":
        return choice in [element[each]["value"] for each in FEEDBACK]
    return choice in [option.get("value") for option in options_of(element)]


def acted(slack: Slack, found: Found, click: Click) -> Json:
    """The entry in `actions`: the element's names, and what was chosen."""
    element = found.element
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": found.block_id,
        "action_ts": f"{slack.clock.epoch():.6f}",
    }
    if element["type"] in BUTTONS:
        if click.choice is not None and not _offers(element, click.choice):
            raise DoorShut(f"That button's value is {element.get('value')!r}.", 404)
        shown = {name: element[name] for name in ("text", "value", "style") if name in element}
        return action | shown
    if element["type"] == "feedback_buttons":
        if not _offers(element, click.choice):
            raise DoorShut(f"There is no feedback {click.choice!r}.", 404)
        return action | {"value": click.choice}
    return action | filled(element, click.choice)


def remember(values: Json, found: Found, action: Json) -> None:
    """Keep what was chosen in the state of its view."""
    key = state_key(action["type"])
    if key and action["type"] != "overflow":
        held = {"type": action["type"], key: action[key]}
        values.setdefault(found.block_id, {})[action["action_id"]] = held
