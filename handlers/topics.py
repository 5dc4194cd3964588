"""The menu beside a topic, under an alert and on the Home tab: edit, pause, mute, stop."""

from collections.abc import Callable
from datetime import timedelta

from bot.blocks import modals, mutes
from bot.blocks import subscriptions as blocks
from bot.blocks.topic_menu import EDIT, LEAVE, MUTE, PAUSE
from bot.services import editing, pauses, subscriptions
from handlers.answers import Answer, Asked

WEEK = timedelta(weeks=1)


def choose(asked: Asked) -> Answer | None:
    """Do what was chosen: the value says what, and with which subscription."""
    way, _, number = asked.words.partition(":")
    return WAYS[way](asked, int(number))


def _edit(asked: Asked, subscription_id: int) -> None:
    """Open the topic's form, filled in."""
    topic = editing.find(asked.parts.database, asked.team_id, asked.user_id, subscription_id)
    asked.client.views_open(trigger_id=asked.trigger_id, view=modals.edit_topic(topic))


def _pause(asked: Asked, subscription_id: int) -> Answer:
    now = asked.parts.now()
    done = pauses.pause_one(
        asked.parts.database, asked.team_id, asked.user_id, subscription_id, now + WEEK, now
    )
    return Answer(blocks.paused(done.changed, done.mine.subscriptions, done.mine.hours))


def _mute(asked: Asked, subscription_id: int) -> None:
    """Ask which word of what the topic brings is not wanted."""
    topic = editing.find(asked.parts.database, asked.team_id, asked.user_id, subscription_id)
    view = mutes.word_form(about=f"You follow: {topic.wish.text}")
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def _stop(asked: Asked, subscription_id: int) -> Answer:
    gone, left = subscriptions.stop(
        asked.parts.database, asked.team_id, asked.user_id, subscription_id, asked.parts.now()
    )
    return Answer(blocks.unsubscribed(gone, left.subscriptions, left.hours))


WAYS: dict[str, Callable[[Asked, int], Answer | None]] = {
    EDIT: _edit,
    PAUSE: _pause,
    MUTE: _mute,
    LEAVE: _stop,
}
