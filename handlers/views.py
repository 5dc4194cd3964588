"""Forms that people send."""

from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import modals
from bot.domain.subscription import Cadence, read_wish
from bot.errors import QueryProblem
from bot.services import subscriptions
from handlers import home
from handlers.answers import Asked
from handlers.errors import told


def register(app: App) -> None:
    """Every callback_id of a modal of ours."""
    app.view(modals.FOLLOW)(follow_topic)


def follow_topic(
    ack: Ack, view: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Store the topic, or say under the input what is wrong with it."""
    values = view["state"]["values"]
    asked = Asked.by(context, client, values[modals.TOPIC][modals.TOPIC]["value"] or "")
    cadence = Cadence(values[modals.CADENCE][modals.CADENCE]["selected_option"]["value"])
    try:
        wish = read_wish(asked.words, cadence)
    except QueryProblem as problem:
        ack(response_action="errors", errors={modals.TOPIC: modals.problem(str(problem))})
        return
    ack()
    with told(context, respond):
        zone = asked.parts.zone_of(client, asked.user_id)
        subscriptions.subscribe(
            asked.parts.database, asked.team_id, asked.user_id, wish, zone, asked.parts.now()
        )
        home.publish(asked)
