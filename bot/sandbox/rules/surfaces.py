"""Modals and Home tabs as a whole."""

import json
from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.rules.blocks import SURFACES
from bot.sandbox.rules.check import (
    Check,
    Problem,
    Problems,
    also,
    each,
    flag,
    shape,
    string,
    tagged,
)
from bot.sandbox.rules.parts import plain
from bot.sandbox.rules.together import data_tables_together
from bot.sandbox.rules.unique import unique_ids
from bot.sandbox.store import Json

MOST_BYTES = 250_000
MOST_BLOCKS = 100
TITLE = plain(24)

COMMON: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}


def _blocks(surface: str) -> Check:
    return also(each(SURFACES[surface], MOST_BLOCKS, 0), unique_ids, data_tables_together)


def _submit_for_inputs(value: Any, at: str) -> Problems:
    has_input = any(block["type"] == "input" for block in value["blocks"])
    if has_input and not value.get("submit"):
        yield Problem("missing required field: submit, as there is an input block", at)


VIEWS: dict[str, Check] = {
    "modal": also(
        shape(
            {"title": TITLE, "blocks": _blocks("modal")},
            {
                **COMMON,
                "submit": TITLE,
                "close": TITLE,
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
        ),
        _submit_for_inputs,
    ),
    "home": shape({"blocks": _blocks("home")}, COMMON),
}


def check_view(view: Any, kind: str) -> Json:
    """The view, if Slack would show it as a `modal` or `home`; else Refused."""
    problems = list(tagged({kind: VIEWS[kind]})(view, "/view"))
    if problems:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refused("view_too_large")
    checked: Json = view
    return checked
