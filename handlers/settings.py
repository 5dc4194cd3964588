"""`/papers settings`: a person's hours, shown and changed for their eyes alone."""

import json
from datetime import time
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import modals
from bot.blocks import settings as blocks
from bot.domain.hours import UnknownSpan, UnknownZone, parse_quiet, parse_zone
from bot.domain.reader import Hours, Quiet
from bot.services import settings
from handlers import home
from handlers.answers import Answer, Asked
from handlers.errors import sentence, told

View = dict[str, Any]


def register(app: App) -> None:
    """The form that *Change* opens."""
    app.view(blocks.FORM)(save)


def answer(asked: Asked) -> Answer:
    """Show the settings, or change one."""
    if not asked.words:
        return Answer(blocks.settings(_known(asked)))
    zone = asked.parts.zone_of(asked.client, asked.user_id)
    changed = settings.change(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, zone, asked.parts.now()
    )
    return Answer(blocks.changed(changed.before, changed.after))


def open_form(asked: Asked) -> None:
    """All of them in a form."""
    asked.client.views_open(trigger_id=asked.trigger_id, view=blocks.form(_known(asked)))


def restore(asked: Asked) -> Answer:
    """As they were before a change."""
    was = json.loads(asked.words)
    hours = Hours(parse_zone(was["zone"]), time.fromisoformat(was["at"]), parse_quiet(was["quiet"]))
    changed = settings.save(
        asked.parts.database, asked.team_id, asked.user_id, hours, asked.parts.now()
    )
    return Answer(blocks.changed(changed.before, changed.after))


def save(ack: Ack, view: View, context: BoltContext, client: WebClient, respond: Respond) -> None:
    """Store the form, or say under an input what is wrong with it.

    What a form shows next stands in its acknowledgement, so that waits for the database alone.
    """
    asked = Asked.by(context, client, "")
    try:
        changed = settings.save(
            asked.parts.database, asked.team_id, asked.user_id, _hours(view), asked.parts.now()
        )
    except Exception as problem:
        _refuse(ack, problem)
        return
    state = blocks.changed(changed.before, changed.after)
    ack(response_action="update", view=modals.saved(state))
    with told(context, respond):
        home.publish(asked)


def _known(asked: Asked) -> Hours:
    zone = asked.parts.zone_of(asked.client, asked.user_id)
    return settings.settings(asked.parts.database, asked.team_id, asked.user_id, zone)


def _hours(view: View) -> Hours:
    values = {name: each[name] for name, each in view["state"]["values"].items()}
    zone = parse_zone(values[blocks.ZONE]["value"] or "")
    at = time.fromisoformat(values[blocks.HOUR]["selected_time"])
    begins = values[blocks.BEGINS].get("selected_time")
    ends = values[blocks.ENDS].get("selected_time")
    return Hours(zone, at, _quiet(begins, ends))


def _quiet(begins: str | None, ends: str | None) -> Quiet | None:
    """Both or neither; from an hour until the same one is neither."""
    if bool(begins) != bool(ends):
        raise UnknownSpan("Quiet hours need both, a beginning and an end.")
    if not begins or not ends or begins == ends:
        return None
    return Quiet(time.fromisoformat(begins), time.fromisoformat(ends))


def _refuse(ack: Ack, problem: Exception) -> None:
    places: dict[type[Exception], str] = {UnknownZone: blocks.ZONE, UnknownSpan: blocks.ENDS}
    place = places.get(type(problem), blocks.HOUR)
    ack(response_action="errors", errors={place: modals.problem(sentence(problem))})
