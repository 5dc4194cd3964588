"""`/papers pick`, `skip` and `digest preview`: people decide about their channel's next digest."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.blocks import curators as blocks
from bot.blocks import digest as digest_blocks
from bot.domain.verdicts import Decision, Verdict
from bot.errors import BotError
from bot.services import curators, editions
from handlers.answers import Answer, Asked

Decide = Callable[..., curators.Decided]


class OnlyWhereADigestIs(BotError):
    """A digest belongs to a channel. Type this in the channel that gets it."""


def preview(asked: Asked, decided: curators.Decided | None = None) -> Answer:
    """The next digest as it would be now, for the asker alone."""
    channel_id = _channel(asked)
    found = curators.preview(asked.parts.database, asked.team_id, channel_id, asked.parts.now())
    lead = blocks.decided(decided.listing, decided.verdict, decided.before) if decided else None
    shown = (found.digest, found.listings, found.edition.picks, found.skipped, found.moved)
    return Answer(blocks.preview(*shown, lead))


def pick(asked: Asked) -> Answer:
    """Into the next digest."""
    return _decided(asked, curators.pick, "pick_again")


def skip(asked: Asked) -> Answer:
    """Out of the next digest."""
    return _decided(asked, curators.skip, "skip_again")


def move_up(asked: Asked) -> Answer:
    """One place up."""
    done = curators.move_up(
        asked.parts.database,
        asked.team_id,
        _channel(asked),
        asked.words,
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return preview(asked, done)


def put_back(asked: Asked) -> Answer:
    """Undo: as the button says it was."""
    value = json.loads(asked.words)
    done = curators.put_back(
        asked.parts.database,
        asked.team_id,
        _channel(asked),
        value["id"],
        _verdict(value["id"], value["was"]),
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return preview(asked, done)


def post_now(asked: Asked) -> Answer:
    """What the preview shows, at once."""
    if not _can_tell(asked):
        return Answer(digest_blocks.invite_me("post_previewed"))
    editions.post_now(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        asked.parts.now(),
        as_previewed=True,
    )
    return Answer(digest_blocks.posting())


def _decided(asked: Asked, decide: Decide, again: str) -> Answer:
    """The preview after a decision; where the bot is no member, what to do before it is `again`."""
    if not _can_tell(asked):
        return Answer(digest_blocks.invite_me(again, asked.words))
    done = decide(
        asked.parts.database,
        asked.team_id,
        asked.channel_id,
        asked.words,
        by=asked.user_id,
        now=asked.parts.now(),
    )
    return preview(asked, done)


def _channel(asked: Asked) -> str:
    if not asked.channel_id.startswith(("C", "G")):
        raise OnlyWhereADigestIs
    return asked.channel_id


def _can_tell(asked: Asked) -> bool:
    """Whoever decides is named in the channel: the bot must be in it."""
    return asked.parts.is_member(asked.client, _channel(asked))


def _verdict(paper_id: str, was: dict[str, Any] | None) -> Verdict | None:
    if was is None:
        return None
    at = datetime.fromisoformat(was["at"])
    return Verdict(paper_id, Decision(was["decision"]), was["by"], at, was["place"])
