"""What a person fills in: the state of inputs, menus and pickers in Slack's shape."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.sandbox.blocks import find_elements
from bot.sandbox.errors import DoorShut
from bot.sandbox.store import Json

TEXT_INPUTS = frozenset(
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
)
# Menus of things: where the choice is kept, and where the author's preselection stands.
PICKERS = {
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "date_time",
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "multi_users_select": "users",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}
ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
MANY_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})


def state_key(kind: str) -> str | None:
    """Where an element of this type keeps its value; None for those that hold none."""
    if kind in TEXT_INPUTS:
        return "rich_text_value" if kind == "rich_text_input" else "value"
    if kind in PICKERS:
        return f"selected_{PICKERS[kind]}"
    if kind in ONE_OPTION:
        return "selected_option"
    if kind in MANY_OPTIONS:
        return "selected_options"
    return "files" if kind == "file_input" else None


def initial_state(blocks: list[Json]) -> Json:
    """`state.values` before anybody typed: the authors' preselections, or nothing."""
    values: Json = {}
    for found in find_elements(blocks):
        element, key = found.element, state_key(found.element["type"])
        if key and element["type"] != "overflow":
            empty: Any = [] if key.endswith("s") else None
            held = {"type": element["type"], key: element.get(_initial(key), empty)}
            values.setdefault(found.block_id, {})[element["action_id"]] = held
    return values


def carry_over(old: Json, new: Json) -> None:
    """Take into new values what was filled in, where the same field is still there."""
    for block_id, actions in new.items():
        for action_id, value in actions.items():
            before = old.get(block_id, {}).get(action_id)
            if before and before["type"] == value["type"]:
                actions[action_id] = before


def _initial(key: str) -> str:
    return f"initial_{key.removeprefix('selected_').removeprefix('rich_text_')}"


def filled(element: Json, said: Any) -> Json:
    """The value of an element once a person chose or typed `said`; DoorShut if they could not."""
    kind = element["type"]
    key = state_key(kind)
    if key is None:
        raise DoorShut(f"A {kind} holds no value.")
    return {"type": kind, key: _reader(kind)(element, said)}


def _reader(kind: str) -> Callable[[Json, Any], Any]:
    if kind in ONE_OPTION:
        return _option
    if kind in MANY_OPTIONS:
        return _options
    return _things if kind.startswith("multi_") or kind == "file_input" else _thing


def _thing(element: Json, said: Any) -> Any:
    if said is None or said == "":
        return None
    if element["type"] == "datetimepicker":
        if not str(said).isdecimal():
            raise DoorShut("A date and time is chosen as seconds since 1970.")
        return int(said)
    if element["type"] == "rich_text_input" and isinstance(said, dict):
        return said
    if not isinstance(said, str | int | float) or isinstance(said, bool):
        raise DoorShut(f"A {element['type']} takes a text, not {said!r}.")
    return str(said)


def _things(element: Json, said: Any) -> list[str]:
    return [str(each) for each in _listed(said)]


def _option(element: Json, said: Any) -> Json | None:
    if said is None or said == "":
        return None
    wanted = said.get("value") if isinstance(said, dict) else said
    for option in options_of(element):
        if option.get("value") == wanted:
            return option
    raise DoorShut(f"{element['action_id']} has no option {wanted!r}.", 404)


def _options(element: Json, said: Any) -> list[Json | None]:
    return [_option(element, each) for each in _listed(said)]


def _listed(said: Any) -> list[Any]:
    if said is None:
        return []
    return said if isinstance(said, list) else [said]


def options_of(element: Json) -> list[Json]:
    """All options of a menu, whatever groups they are in."""
    groups = element.get("option_groups") or []
    grouped = [option for group in groups for option in group["options"]]
    return list(element.get("options") or []) + grouped


def missing(blocks: list[Json], values: Json) -> Json:
    """What the person must still correct, by block_id: Slack's client asks before it submits."""
    complaints: Json = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            held = values.get(block["block_id"], {}).get(element["action_id"], {})
            value = held.get(state_key(element["type"]) or "")
            if complaint := _complaint(block, element, value):
                complaints[block["block_id"]] = complaint
    return complaints


def _complaint(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if isinstance(value, str):
        shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
        if not shortest <= len(value) <= longest:
            return f"Please write {shortest} to {longest} characters."
    return None


def actions_in(blocks: Iterable[Json]) -> list[str]:
    """All action ids, for messages about the one that is missing."""
    return [found.element["action_id"] for found in find_elements(list(blocks))]
