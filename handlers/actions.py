"""Buttons and menus in messages. Each one does what its label says."""

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.blocks import alerts as alert_blocks
from bot.blocks import modals
from bot.blocks import subscriptions as subscription_blocks
from bot.domain.subscription import Cadence, Wish
from bot.services import subscriptions
from bot.services.told import page as page_of_alert
from handlers import (
    browsing,
    channel_topics,
    commands,
    curators,
    digest,
    exchange,
    own_digest,
    pauses,
    round_ups,
    settings,
    topics,
)
from handlers.answers import Answer, Asked, reply
from handlers.errors import told

Payload: TypeAlias = dict[str, Any]
# Gets the words that the button carries as `asked.words`.
Action: TypeAlias = Callable[[Asked], Answer | None]


def register(app: App) -> None:
    """Every action_id that a message of ours carries."""
    for name in (*BESIDE, *IN_PLACE):
        app.action(name)(press)
    app.action(re.compile("^open_link_"))(open_link)


def press(
    ack: Ack,
    action: Payload,
    body: Payload,
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """Acknowledge, then answer beside the message or in its place."""
    ack()
    name = action["action_id"]
    carried = action.get("value") or action.get("selected_option", {}).get("value", "")
    with told(context, respond):
        asked = Asked.by(context, client, carried, trigger_id=body["trigger_id"])
        reply(respond, (BESIDE | IN_PLACE)[name](asked), replace=name in IN_PLACE)


def open_link(ack: Ack) -> None:
    """The page opens by itself; Slack only wants to be answered."""
    ack()


def search_more(asked: Asked) -> Answer:
    """A page of hits: the next one, or the first of another search."""
    value = json.loads(asked.words)
    return commands.found(asked, value["q"], value["start"], literally="literally" in value)


def preview_subscription(asked: Asked) -> Answer:
    """A search becomes the preview of a subscription."""
    return commands.previewed(asked, json.loads(asked.words)["q"])


def subscribe(asked: Asked) -> Answer:
    """Store what the preview showed. Twice is the same as once."""
    zone = asked.parts.zone_of(asked.client, asked.user_id)
    stored, mine = subscriptions.subscribe(
        asked.parts.database, asked.team_id, asked.user_id, _wish(asked), zone, asked.parts.now()
    )
    return Answer(
        subscription_blocks.subscribed(stored, mine.subscriptions, mine.hours, mine.next_at)
    )


def try_other(asked: Asked) -> Answer:
    """The preview of what was offered beside a topic, in its place."""
    return commands.tried(asked, _wish(asked))


def edit_preview(asked: Asked) -> None:
    """The form, filled in with what the preview showed."""
    view = modals.follow_topic(_wish(asked))
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def _wish(asked: Asked) -> Wish:
    value = json.loads(asked.words)
    return Wish(
        value["q"],
        Cadence(value["when"]),
        value["size"],
        value.get("name", ""),
        revisions="revisions" in value,
    )


def cancel_subscription(asked: Asked) -> Answer:
    """Leave things as they were."""
    return Answer(subscription_blocks.cancelled())


def stop_subscription(asked: Asked) -> Answer:
    """Stop the one that the button names."""
    gone, left = subscriptions.stop(
        asked.parts.database, asked.team_id, asked.user_id, int(asked.words), asked.parts.now()
    )
    return Answer(subscription_blocks.unsubscribed(gone, left.subscriptions, left.hours))


def show_rest(asked: Asked) -> Answer:
    """The papers that an alert only counted, from the one on that the button names."""
    delivery_id, _, start = asked.words.partition(":")
    readers = (asked.user_id, asked.channel_id)
    page = page_of_alert(asked.parts.database, asked.team_id, readers, delivery_id, int(start or 0))
    return Answer(alert_blocks.rest(page.papers, delivery_id, page.start, page.total))


def copy_topic(asked: Asked) -> Answer:
    """A topic that somebody shared becomes the preview of a subscription."""
    return commands.previewed(asked, asked.words)


def list_more(asked: Asked) -> Answer:
    """The next ten subscriptions."""
    mine = subscriptions.mine(asked.parts.database, asked.team_id, asked.user_id, asked.parts.now())
    return Answer(
        subscription_blocks.subscriptions(mine.subscriptions, mine.hours, int(asked.words))
    )


BESIDE: dict[str, Action] = {
    "preview_subscription": preview_subscription,
    "copy_topic": copy_topic,
    "export_more": exchange.export_more,
    "preview_in_channel": channel_topics.preview_again,
    "topic_menu": topics.choose,
    "edit_preview": edit_preview,
    "open_settings": settings.open_form,
    "show_rest": show_rest,
    "show_help": commands.show_help,
    "show_today": browsing.show_today,
    "show_subscriptions": commands.list_subscriptions,
    "turn_digest_on": digest.turn_on,
    "post_digest_now": digest.post_now,
    "pick_again": curators.pick,
    "skip_again": curators.skip,
    "move_digest": lambda asked: digest.move(asked, asked.words),
    "set_digest": digest.answer,
    "undo_digest": round_ups.undo,
    "own_digest_menu": own_digest.choose,
    "turn_own_digest_on": own_digest.turn_on,
    "turn_own_digest_off": own_digest.turn_off,
    "preview_own_digest": own_digest.preview,
    "send_own_digest": own_digest.send_now,
}
IN_PLACE: dict[str, Action] = {
    "search_more": search_more,
    "search_instead": search_more,
    "search_corrected": search_more,
    "search_broader": search_more,
    "show_previous_day": browsing.leaf,
    "show_next_day": browsing.leaf,
    "subscribe": subscribe,
    "try_did_you_mean": try_other,
    "try_narrower": try_other,
    "try_broader": try_other,
    "cancel_subscription": cancel_subscription,
    "unsubscribe": stop_subscription,
    "list_more": list_more,
    "put_back_pauses": pauses.put_back,
    "restore_settings": settings.restore,
    "undo_own_digest": own_digest.undo,
    "follow_in_channel": channel_topics.follow,
    "try_did_you_mean_in_channel": channel_topics.try_other,
    "try_narrower_in_channel": channel_topics.try_other,
    "try_broader_in_channel": channel_topics.try_other,
    "leave_in_channel": channel_topics.stop_one,
    "list_channel_more": channel_topics.show_more,
    "rest_more": show_rest,
    "move_up": curators.move_up,
    "skip_in_preview": curators.skip,
    "put_back_verdict": curators.put_back,
    "post_previewed": curators.post_now,
    "run_command": commands.run_meant,
    "run_search": commands.answer,  # an action_id stands once in a row of buttons
}
