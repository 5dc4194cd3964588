"""Forms that people send."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import modals
from bot.blocks import subscriptions as blocks
from bot.domain.subscription import (
    DEFAULT_SIZE,
    Cadence,
    Subscription,
    UnusableName,
    Wish,
    read_name,
    read_wish,
)
from bot.services import editing, subscriptions
from handlers import home
from handlers.answers import Asked
from handlers.errors import sentence, told

View = dict[str, Any]

ZONE_WITHIN = 1.5  # seconds, of the three in which a form has to be acknowledged


def register(app: App) -> None:
    """Every callback_id of a modal of ours."""
    app.view(modals.FOLLOW)(follow_topic)
    app.view(modals.EDIT)(edit_topic)


def follow_topic(
    ack: Ack, view: View, context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Store the topic, or say under the input what is wrong with it.

    What a form shows next stands in its acknowledgement, so that waits for the database, and for
    the person's zone only as long as there is time.
    """
    asked = Asked.by(context, client, "")
    database, now, zone = asked.parts.database, asked.parts.now(), _zone_in_time(asked)
    try:
        topic, mine = subscriptions.subscribe(
            database, asked.team_id, asked.user_id, _wish(view), zone, now
        )
    except Exception as problem:
        _refuse(ack, problem)
        return
    ack(response_action="update", view=_saved(topic, mine))
    with told(context, respond):
        home.publish(asked)


def edit_topic(
    ack: Ack, view: View, context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Store what was changed, or say under the input what is wrong with it.

    What a form shows next stands in its acknowledgement, so that waits for the database alone.
    """
    asked = Asked.by(context, client, "")
    which, now = int(view["private_metadata"]), asked.parts.now()
    try:
        topic, mine = editing.replace(
            asked.parts.database, asked.team_id, asked.user_id, which, _wish(view), now
        )
    except Exception as problem:
        _refuse(ack, problem)
        return
    ack(response_action="update", view=_saved(topic, mine))
    with told(context, respond):
        home.publish(asked)


def _zone_in_time(asked: Asked) -> ZoneInfo | None:
    """The person's zone, if Slack tells it soon enough for the acknowledgement."""
    pool = ThreadPoolExecutor(1)
    asking = pool.submit(asked.parts.zone_of, asked.client, asked.user_id)
    pool.shutdown(wait=False)
    with suppress(TimeoutError):
        return asking.result(ZONE_WITHIN)
    return None


def _saved(topic: Subscription, mine: subscriptions.Mine) -> View:
    return modals.saved(blocks.subscribed(topic, mine.subscriptions, mine.hours, mine.next_at))


def _wish(view: View) -> Wish:
    """What the form asks for; options typed behind the topic count as they do in a command."""
    typed = read_wish(_value(view, modals.TOPIC), Cadence(_chosen(view, modals.CADENCE)))
    size = int(_chosen(view, modals.SIZE)) if typed.size == DEFAULT_SIZE else typed.size
    return replace(
        typed,
        size=size,
        name=typed.name or read_name(_value(view, modals.NAME)),
        revisions=typed.revisions or _is_ticked(view, modals.VERSIONS),
    )


def _value(view: View, name: str) -> str:
    return view["state"]["values"][name][name]["value"] or ""


def _chosen(view: View, name: str) -> str:
    return str(view["state"]["values"][name][name]["selected_option"]["value"])


def _is_ticked(view: View, name: str) -> bool:
    """A form that was opened before the box was there has none."""
    found = view["state"]["values"].get(name, {}).get(name, {})
    return bool(found.get("selected_options"))


def _refuse(ack: Ack, problem: Exception) -> None:
    place = modals.NAME if isinstance(problem, _OF_NAMES) else modals.TOPIC
    ack(response_action="errors", errors={place: modals.problem(sentence(problem))})


_OF_NAMES = (UnusableName, subscriptions.NameTaken)
