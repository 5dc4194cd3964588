"""A search that found nothing here goes on at Hugging Face, for whoever presses for it."""

import json
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import elsewhere as blocks
from bot.errors import BotError
from bot.services import votes
from bot.services.elsewhere import search_elsewhere
from handlers.answers import Answer, Asked, reply
from handlers.errors import told


def register(app: App) -> None:
    """The button below a search without a hit."""
    app.action("look_elsewhere")(look)


def look(
    ack: Ack, action: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Say that it may take a moment, then put what was found in that place."""
    ack()
    with told(context, respond):
        asked = Asked.by(context, client, json.loads(action["value"])["q"])
        reply(respond, Answer(blocks.looking(asked.words)), replace=True)
        reply(respond, _answer(asked), replace=True)


def _answer(asked: Asked) -> Answer:
    parts = asked.parts
    try:
        found = search_elsewhere(parts.database, parts.search_elsewhere, asked.words)
    except BotError as problem:
        return Answer(blocks.no_answer(asked.words, str(problem)))
    ids = [hit.listing.paper.id for hit in found.hits if hit.is_stored]
    tallies = votes.tallies(parts.database, asked.team_id, ids)
    return Answer(blocks.found(found, tallies))
