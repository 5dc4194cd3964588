"""`/papers mute` and `unmute`, and the forms that a paper's or a topic's menu opens."""

import json
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.blocks import modals
from bot.blocks import mutes as blocks
from bot.domain.muting import author, read_mutes
from bot.services import library, mutes
from handlers.answers import Answer, Asked
from handlers.errors import sentence

View = dict[str, Any]


def register(app: App) -> None:
    """The two forms."""
    app.view(blocks.AUTHOR)(take_author)
    app.view(blocks.WORD)(take_word)


def mute(asked: Asked) -> Answer:
    """Mute what was named; nothing named, what is muted."""
    if not asked.words:
        return show_more(asked)
    return _mute(asked, read_mutes(asked.words))


def unmute(asked: Asked) -> Answer:
    """Let go what was named; nothing named, what is muted."""
    if not asked.words:
        return show_more(asked)
    done = mutes.unmute_said(
        asked.parts.database, asked.team_id, asked.user_id, asked.words, asked.parts.now()
    )
    return Answer(blocks.unmuted(done.changed, done.mine))


def show_more(asked: Asked) -> Answer:
    """A page of what I mute."""
    mine = mutes.mine(asked.parts.database, asked.team_id, asked.user_id)
    return Answer(blocks.mutes(mine, int(asked.words) if asked.words.isdecimal() else 0))


def take_back(asked: Asked) -> Answer:
    """Undo a mute: the button carries what was muted."""
    done = mutes.unmute(
        asked.parts.database, asked.team_id, asked.user_id, _texts(asked), asked.parts.now()
    )
    return Answer(blocks.unmuted(done.changed, done.mine))


def mute_again(asked: Asked) -> Answer:
    """Undo letting go."""
    return _mute(asked, _texts(asked))


def ask_for_author(asked: Asked) -> Answer | None:
    """Which of a paper's authors; where it has one, there is nothing to ask."""
    listing = library.by_id(asked.parts.database, asked.words)
    names = listing.paper.authors
    if not names:
        raise mutes.NoAuthors
    if len(names) == 1:
        return _mute_author(asked, names[0])
    asked.client.views_open(trigger_id=asked.trigger_id, view=blocks.author_form(listing))
    return None


def ask_for_word(asked: Asked) -> None:
    """Which word, with the paper's title above it."""
    listing = library.by_id(asked.parts.database, asked.words)
    view = blocks.word_form(about=listing.paper.title)
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def take_author(ack: Ack, view: View, context: BoltContext, client: WebClient) -> None:
    """Mute the author who was chosen. The state stands in the acknowledgement."""
    asked = Asked.by(context, client, "")
    chosen = view["state"]["values"][blocks.AUTHOR][blocks.AUTHOR]["selected_option"]
    try:
        listing = library.by_id(asked.parts.database, view["private_metadata"])
        answer = _mute_author(asked, listing.paper.authors[int(chosen["value"])])
    except Exception as problem:
        _refuse(ack, blocks.AUTHOR, problem)
        return
    ack(response_action="update", view=modals.told(answer.message))


def take_word(ack: Ack, view: View, context: BoltContext, client: WebClient) -> None:
    """Mute the word that was typed, or say under the input what is wrong with it."""
    asked = Asked.by(context, client, "")
    try:
        typed = view["state"]["values"][blocks.WORD][blocks.WORD]["value"] or ""
        answer = _mute(asked, read_mutes(typed))
    except Exception as problem:
        _refuse(ack, blocks.WORD, problem)
        return
    ack(response_action="update", view=modals.told(answer.message))


def _mute(asked: Asked, texts: Sequence[str]) -> Answer:
    done = mutes.mute(asked.parts.database, asked.team_id, asked.user_id, texts, asked.parts.now())
    return Answer(blocks.muted(done.changed, done.mine, done.silenced))


def _mute_author(asked: Asked, name: str) -> Answer:
    return _mute(asked, [author(name)])


def _texts(asked: Asked) -> list[str]:
    carried: list[str] = json.loads(asked.words)["texts"]
    return carried


def _refuse(ack: Ack, place: str, problem: Exception) -> None:
    ack(response_action="errors", errors={place: modals.problem(sentence(problem))})
