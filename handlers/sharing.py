"""A paper goes from a direct message to a channel: which one, a modal asks."""

import json
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import sharing as blocks
from bot.domain.paper import Listing
from bot.services import library, sharing
from handlers.answers import Asked
from handlers.errors import sorry, told

Payload = dict[str, Any]


def register(app: App) -> None:
    """The channel that is chosen, and the button that shares."""
    app.action("share_where")(choose)
    app.action("share_there")(share)


def ask(asked: Asked) -> None:
    """Open the modal."""
    listing = library.by_id(asked.parts.database, asked.words)
    asked.client.views_open(trigger_id=asked.trigger_id, view=blocks.where(listing))


def choose(
    ack: Ack,
    action: Payload,
    body: Payload,
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """Say whether the paper can go to the channel that was chosen."""
    ack()
    chosen = action["selected_conversation"]
    with told(context, respond):
        asked = Asked.by(context, client, body["view"]["private_metadata"])
        _draw(asked, body["view"], lambda: _asked_about(asked, chosen))


def share(
    ack: Ack,
    action: Payload,
    body: Payload,
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """Owe it to the channel; pressed twice, it comes once."""
    ack()
    value, view = json.loads(action["value"]), body["view"]
    with told(context, respond):
        asked = Asked.by(context, client, value["id"])
        _draw(asked, view, lambda: _shared(asked, value["channel"], view["id"]))


def _draw(asked: Asked, view: Payload, what: Callable[[], Payload]) -> None:
    """In a modal there is nothing to answer beside: what went wrong stands in its place."""
    try:
        drawn = what()
    except Exception as problem:
        drawn = sorry(problem)
    asked.client.views_update(view_id=view["id"], view=drawn)


def _asked_about(asked: Asked, channel_id: str) -> Payload:
    listing = library.by_id(asked.parts.database, asked.words)
    try:
        _check(asked, channel_id)
    except sharing.NotThere as problem:
        return blocks.refused(listing, str(problem))
    return blocks.ready(listing, channel_id)


def _shared(asked: Asked, channel_id: str, form_id: str) -> Payload:
    parts = asked.parts
    _check(asked, channel_id)
    listing: Listing = sharing.share_in(
        parts.database,
        asked.team_id,
        channel_id,
        asked.words,
        by=asked.user_id,
        form_id=form_id,
        now=parts.now(),
    )
    return blocks.done(listing, channel_id)


def _check(asked: Asked, channel_id: str) -> None:
    if not asked.parts.is_member(asked.client, channel_id):
        raise sharing.NotThere
    if not asked.parts.in_channel(asked.client, channel_id, asked.user_id):
        raise sharing.NotYours
