"""What people do with a paper: save it, vote on it, look for its like, mute what it brought.

The same buttons stand in messages and in the modal of one paper; there is no message to answer
beside in a modal, so that it is drawn anew instead.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import abstract as abstract_blocks
from bot.blocks import modals
from bot.blocks.paper_controls import AUTHOR, SHARE, SHARE_IN, WHY, WORD
from bot.blocks.papers import shared
from bot.services import abstracts, library, paper_pages
from handlers import home, mutes, saved, sharing, similar, votes, why
from handlers.answers import Answer, Asked, reply
from handlers.errors import sorry, told

Payload: TypeAlias = dict[str, Any]
Action: TypeAlias = Callable[[Asked], Answer | None]


def register(app: App) -> None:
    """Every button and menu that stands beside a paper."""
    for name in ACTIONS:
        app.action(_also_numbered(name))(press)
    app.action(_also_numbered("open_abstract"))(open_abstract)
    app.action("turn_to_paper")(turn_to_paper)


def _also_numbered(name: str) -> re.Pattern[str]:
    """An action by its name; where several papers share a block, a number follows it."""
    return re.compile(rf"^{name}(#\d+)?$")


def press(
    ack: Ack,
    action: Payload,
    body: Payload,
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """Acknowledge, do it, and answer beside the message, in its place or in the modal."""
    ack()
    name, view = action["action_id"].partition("#")[0], body.get("view")
    carried = action.get("value") or action.get("selected_option", {}).get("value", "")
    with told(context, respond):
        asked = Asked.by(context, client, carried, trigger_id=body["trigger_id"])
        if view is None:
            reply(respond, ACTIONS[name](asked), replace=name in IN_PLACE)
        else:
            _in_modal(asked, view, ACTIONS[name])
            if name in SHOWN_AT_HOME:
                home.publish(asked)


def open_abstract(
    ack: Ack,
    action: Payload,
    body: Payload,
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """All there is to say of a paper, in a modal."""
    ack()
    with told(context, respond):
        asked = Asked.by(context, client, action["value"])
        draw = _abstract_or_sorry if body.get("view") else _abstract
        opened = client.views_open(trigger_id=body["trigger_id"], view=draw(asked, asked.words))
        _add_page(asked, opened["view"])


def turn_to_paper(
    ack: Ack,
    action: Payload,
    body: Payload,
    context: BoltContext,
    client: WebClient,
    respond: Respond,
) -> None:
    """From one paper's modal to another's, in the same modal."""
    ack()
    with told(context, respond):
        asked = Asked.by(context, client, action["value"])
        drawn = _abstract_or_sorry(asked, asked.words)
        turned = client.views_update(view_id=body["view"]["id"], view=drawn)
        _add_page(asked, turned["view"])


def share(asked: Asked) -> Answer:
    """Show a paper to the whole channel, with the name of whoever shares it."""
    listing = library.by_id(asked.parts.database, asked.words)
    return Answer(shared(listing, asked.user_id), public=True)


def choose(asked: Asked) -> Answer | None:
    """What was chosen in a paper's menu: the value says what, and with which paper."""
    way, _, paper_id = asked.words.partition(":")
    return WAYS[way](replace(asked, words=paper_id))


def _in_modal(asked: Asked, view: Payload, do: Action) -> None:
    """Do it, then show the paper as it stands now; in another modal, what was said."""
    drawn: Payload | None
    try:
        answer = do(asked)
    except Exception as problem:
        drawn = sorry(problem)
    else:
        if view["callback_id"] == abstract_blocks.NAME:
            drawn = _abstract_or_sorry(asked, view["private_metadata"])
        else:
            drawn = modals.told(answer.message) if answer else None
    if drawn:
        asked.client.views_update(view_id=view["id"], view=drawn)


def _abstract_or_sorry(asked: Asked, paper_id: str) -> Payload:
    """All of a paper, or why it cannot be shown."""
    try:
        return _abstract(asked, paper_id)
    except Exception as problem:
        return sorry(problem)


def _abstract(asked: Asked, paper_id: str) -> Payload:
    parts = asked.parts
    found = abstracts.abstract(
        parts.database,
        parts.index,
        asked.team_id,
        asked.user_id,
        paper_id,
        meaning=parts.meaning,
    )
    page, _ = paper_pages.known(parts.database, paper_id, parts.now())
    return abstract_blocks.abstract(found.listing, found.standing, found.others, page)


def _add_page(asked: Asked, view: Payload) -> None:
    """What cites a paper joins its modal when Hugging Face has said so: a form waits for nobody."""
    parts, paper_id = asked.parts, asked.words
    before, is_due = paper_pages.known(parts.database, paper_id, parts.now())
    if parts.fetch_page is None or not is_due or view["callback_id"] != abstract_blocks.NAME:
        return
    if paper_pages.look(parts.database, paper_id, parts.fetch_page, parts.now()) == before:
        return
    with suppress(SlackApiError):  # it was closed, or shows something else by now
        drawn = _abstract(asked, paper_id)
        asked.client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)


WAYS: dict[str, Action] = {
    SHARE: share,
    SHARE_IN: sharing.ask,
    AUTHOR: mutes.ask_for_author,
    WORD: mutes.ask_for_word,
    WHY: why.answer,
}
ACTIONS: dict[str, Action] = {
    "save_paper": saved.save,
    "unsave_paper": saved.unsave,
    "restore_saved": saved.restore,
    "remove_saved": saved.remove_from_list,
    "show_saved": saved.show,
    "saved_more": saved.show,
    "saved_first": saved.show,
    "similar_papers": similar.answer,
    "share_paper": share,
    "vote_up": votes.vote_up,
    "vote_down": votes.vote_down,
    "take_back_vote": votes.take_back,
    "take_back_vote_up": votes.take_back,
    "take_back_vote_down": votes.take_back,
    "paper_menu": choose,
    "mute_author_of": mutes.ask_for_author,
    "mute_word_of": mutes.ask_for_word,
    "mute_again": mutes.mute_again,
    "unmute": mutes.take_back,
    "mutes_more": mutes.show_more,
}
SHOWN_AT_HOME = frozenset({"save_paper", "unsave_paper"})
IN_PLACE = frozenset(
    {
        "unsave_paper",
        "restore_saved",
        "remove_saved",
        "saved_more",
        "saved_first",
        "take_back_vote",
        "mute_again",
        "unmute",
        "mutes_more",
    }
)
