"""Topics leave and come as text, and one is shown to a channel for others to copy."""

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import exchange as blocks
from bot.domain.exchange import Imported, Unread, read
from bot.domain.query import clean_input
from bot.errors import BotError
from bot.services import exchange, settings
from handlers.answers import Answer, Asked
from handlers.errors import sentence, told

TYPED_LIMIT = 4000  # characters; the form takes 3,000


class UnreadableLines(BotError):
    """Write at least one topic: a line each, as you would behind `/papers subscribe`."""


class TooLong(BotError):
    """That is too much to type at once. `/papers import` alone opens a form."""


class WhichTopic(BotError):
    """Say which one of your topics: `/papers share 2`. `/papers list` shows their numbers."""


def register(app: App) -> None:
    """The form that brings topics in."""
    app.view(blocks.IMPORT)(take_form)


def export(asked: Asked) -> Answer:
    """My topics, written out."""
    return _exported(asked, 0)


def export_more(asked: Asked) -> Answer:
    """The next page of them."""
    return _exported(asked, int(asked.words))


def import_topics(asked: Asked) -> Answer | None:
    """Open the form, or take what was typed behind the command."""
    if not asked.words:
        asked.client.views_open(trigger_id=asked.trigger_id, view=blocks.import_form())
        return None
    came = _brought_in(asked, _typed(asked))
    _settle(asked)
    return Answer(blocks.imported(came))


def take_form(
    ack: Ack, view: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Store the topics, or say under the input which lines are wrong.

    What a form shows next stands in its acknowledgement, so that waits for the database alone.
    """
    values = view["state"]["values"]
    asked = Asked.by(context, client, values[blocks.IMPORT][blocks.IMPORT]["value"] or "")
    try:
        came = _brought_in(asked, asked.words)
    except Exception as problem:
        ack(response_action="errors", errors={blocks.IMPORT: sentence(problem)})
        return
    ack(response_action="update", view=blocks.imported_view(came))
    with told(context, respond):
        _settle(asked)


def share(asked: Asked) -> Answer:
    """Show one of my topics to the channel."""
    if not asked.words:
        raise WhichTopic
    wish = exchange.one(asked.parts.database, asked.team_id, asked.user_id, asked.words)
    return Answer(blocks.shared(wish, asked.user_id), public=True)


def _exported(asked: Asked, start: int) -> Answer:
    lines = exchange.export(asked.parts.database, asked.team_id, asked.user_id)
    return Answer(blocks.export(lines, start))


def _brought_in(asked: Asked, text: str) -> Imported:
    found = read(text)
    if found.unread:
        raise UnreadableLines(blocks.unread(found.unread))
    if not found.lines:
        raise UnreadableLines
    try:
        return exchange.bring_in(
            asked.parts.database, asked.team_id, asked.user_id, found, asked.parts.now()
        )
    except exchange.NameOfAnother as taken:
        raise UnreadableLines(blocks.unread([Unread(taken.number, str(taken))])) from None


def _typed(asked: Asked) -> str:
    """The lines behind the command; its words alone have lost their line breaks."""
    if len(asked.behind) > TYPED_LIMIT:
        raise TooLong
    return "\n".join(map(clean_input, asked.behind.splitlines()))


def _settle(asked: Asked) -> None:
    """Hours need a zone; asking Slack for it may take a while."""
    zone = asked.parts.zone_of(asked.client, asked.user_id)
    if zone is not None:
        settings.learn_zone(asked.parts.database, asked.team_id, asked.user_id, zone)
