"""`/papers subscribe #channel …`, `list #channel`, `unsubscribe #channel 2`: a channel's topics."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from bot.blocks import channel_topics as blocks
from bot.blocks import previews as preview_blocks
from bot.domain.exchange import written
from bot.domain.subscription import Cadence, Wish, read_wish
from bot.errors import BotError
from bot.services import channel_topics, previews
from handlers.answers import Answer, Asked

Command: TypeAlias = Callable[[Asked], Answer | None]
# The same about a channel, named by its id.
OfChannel: TypeAlias = Callable[[Asked, str], Answer]

_MENTION = re.compile(r"<#([CG][A-Z0-9]{1,30})(?:\|[^<>]*)?>")


class PickChannel(BotError):
    """I don't know which channel that is. Type `#` and pick it from the list that Slack shows."""


class OnlyMembers(BotError):
    """Only people who are in that channel can see and change what it follows."""


def either(of_channel: OfChannel, mine: Command) -> Command:
    """A command that is about a channel where its first word names one, and about me elsewhere."""

    def answer(asked: Asked) -> Answer | None:
        if not asked.words.startswith("#"):
            return mine(asked)
        named = _MENTION.match(asked.behind)
        if named is None:
            raise PickChannel
        words = asked.words.partition(" ")[2].strip()
        return of_channel(replace(asked, words=words), named[1])

    return answer


def preview(asked: Asked, channel_id: str) -> Answer:
    """What a topic would have sent there; stored only when they press *Subscribe*."""
    if not asked.words:
        return show(asked, channel_id)
    wish = read_wish(asked.words)
    if not asked.parts.is_member(asked.client, channel_id):
        return Answer(blocks.invite_me(channel_id, written(wish)))
    return _tried(asked, channel_id, wish)


def show(asked: Asked, channel_id: str) -> Answer:
    """What a channel follows, privately."""
    return _page(asked, channel_id, 0)


def stop(asked: Asked, channel_id: str) -> Answer:
    """Stop topics of a channel by number, words, or all; the channel reads who did."""
    if not asked.words:
        return show(asked, channel_id)
    _only_for_members(asked, channel_id)
    left = channel_topics.leave(
        asked.parts.database,
        asked.team_id,
        channel_id,
        asked.words,
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return Answer(blocks.left(channel_id, left.gone, left.topics))


def preview_again(asked: Asked) -> Answer:
    """The preview, after somebody invited the bot."""
    value = json.loads(asked.words)
    return preview(replace(asked, words=value["q"]), value["channel"])


def follow(asked: Asked) -> Answer:
    """Store what the preview showed; the channel reads who did. Twice is the same as once."""
    value = json.loads(asked.words)
    wish = _carried(value)
    _only_for_members(asked, value["channel"])
    done = channel_topics.follow(
        asked.parts.database,
        asked.team_id,
        value["channel"],
        wish,
        by=asked.user_id,
        zone=asked.parts.zone_of(asked.client, asked.user_id),
        now=asked.parts.now(),
    )
    return Answer(blocks.followed(done.topic, done.before, done.topics))


def stop_one(asked: Asked) -> Answer:
    """Stop the one that the button names."""
    value = json.loads(asked.words)
    _only_for_members(asked, value["channel"])
    left = channel_topics.leave_one(
        asked.parts.database,
        asked.team_id,
        value["channel"],
        value["id"],
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return Answer(blocks.left(value["channel"], left.gone, left.topics))


def show_more(asked: Asked) -> Answer:
    """The next ten topics of a channel."""
    value = json.loads(asked.words)
    return _page(asked, value["channel"], value["start"])


def try_other(asked: Asked) -> Answer:
    """The preview of what was offered beside a topic, in its place."""
    value = json.loads(asked.words)
    return _tried(asked, value["channel"], _carried(value))


def _tried(asked: Asked, channel_id: str, wish: Wish) -> Answer:
    _only_for_members(asked, channel_id)
    parts = asked.parts
    found = previews.preview(
        parts.database, parts.index, asked.team_id, channel_id, wish, parts.now()
    )
    return Answer(preview_blocks.for_channel(channel_id, found))


def _carried(value: dict[str, Any]) -> Wish:
    return Wish(
        value["q"],
        Cadence(value["when"]),
        value["size"],
        value["name"],
        revisions="revisions" in value,
    )


def _page(asked: Asked, channel_id: str, start: int) -> Answer:
    _only_for_members(asked, channel_id)
    follows = channel_topics.of_channel(asked.parts.database, asked.team_id, channel_id)
    return Answer(blocks.topics(channel_id, follows, start))


def _only_for_members(asked: Asked, channel_id: str) -> None:
    """Who types or clicks in a channel is in it; of others Slack is asked."""
    if asked.channel_id == channel_id:
        return
    if not asked.parts.in_channel(asked.client, channel_id, asked.user_id):
        raise OnlyMembers
