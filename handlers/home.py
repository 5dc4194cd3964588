"""The Home tab: my topics, my digest, my saved papers, the channels' digests, the day's best."""

from contextlib import suppress
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import home as blocks
from bot.blocks import modals
from bot.blocks import own_digest as own_blocks
from bot.services import library, saved, status, subscriptions
from bot.services import own_digest as own_service
from handlers import own_digest, topics
from handlers.answers import Asked
from handlers.errors import told


def register(app: App) -> None:
    """Opening the tab, and what its buttons do."""
    app.event("app_home_opened")(show)
    app.action("open_follow_topic")(ask_for_topic)
    app.action("topic_menu_at_home")(choose)
    app.action(f"{own_blocks.TURN_ON}_at_home")(turn_digest_on)
    app.action(f"{own_blocks.TURN_OFF}_at_home")(turn_digest_off)


def show(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
    """The tab as it is now; the messages tab of the same event needs nothing."""
    if event.get("tab") == "home":
        publish(Asked.by(context, client, ""))


def publish(asked: Asked) -> None:
    """Write a person's Home tab."""
    database = asked.parts.database
    mine = subscriptions.mine(database, asked.team_id, asked.user_id, asked.parts.now())
    now = status.status(database, asked.team_id, asked.user_id, now=asked.parts.now())
    _, best = library.latest(database, asked.parts.now())
    kept = saved.page(database, asked.team_id, asked.user_id)
    view = blocks.home(
        mine.subscriptions,
        now.digests,
        best,
        mine.hours,
        kept.listings,
        kept.count,
        own=now.mine,
    )
    asked.client.views_publish(user_id=asked.user_id, view=view)


def ask_for_topic(
    ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """The form that follows a topic."""
    ack()
    with told(context, respond):
        client.views_open(trigger_id=body["trigger_id"], view=modals.follow_topic())


def choose(
    ack: Ack,
    action: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """Edit, pause or stop a topic, and show what is so now."""
    ack()
    chosen = action["selected_option"]["value"]
    asked = Asked.by(context, client, chosen, trigger_id=body["trigger_id"])
    with told(context, respond), suppress(subscriptions.UnknownSubscription):  # stopped before
        topics.choose(asked)
    with told(context, respond):
        publish(asked)


def turn_digest_on(
    ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Start a person's own digest, and show what is so now."""
    ack()
    asked = Asked.by(context, client, "", trigger_id=body["trigger_id"])
    with told(context, respond):
        own_digest.turn_on(asked)
        publish(asked)


def turn_digest_off(
    ack: Ack, body: dict[str, Any], context: BoltContext, client: WebClient, respond: Respond
) -> None:
    """Stop it, and show what is so now."""
    ack()
    asked = Asked.by(context, client, "", trigger_id=body["trigger_id"])
    with told(context, respond), suppress(own_service.YoursIsOff):  # stopped before
        own_digest.turn_off(asked)
    with told(context, respond):
        publish(asked)
