"""Answers of Hugging Face's own search, for whoever pressed for it."""

from collections.abc import Mapping

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    fallback,
    fit,
    flat,
    packed,
    rich,
    text,
)
from bot.blocks.paper_controls import NO_VOTES
from bot.blocks.search import QUERY_LIMIT, follow, numbered
from bot.domain.results import Results
from bot.domain.votes import Tally

KEPT_NOT = "I keep none of these. One that comes up on a list I read is news here all the same."
NOTHING = "Hugging Face finds nothing either."


def looking(query: str) -> Message:
    """While Hugging Face is asked."""
    said = f"Looking on Hugging Face for {clip(query, QUERY_LIMIT)}…"
    return Message(fallback(said), [context(said)])


def no_answer(query: str, sentence: str) -> Message:
    """Why Hugging Face was not asked or did not answer, and another try."""
    again = actions(button("Look again", "look_elsewhere", packed(q=query)), *follow(query))
    return Message(fallback(sentence), [context(sentence), again])


def found(results: Results, tallies: Mapping[str, Tally] = NO_VOTES) -> Message:
    """What Hugging Face finds; what of it is not stored here says so."""
    asked = clip(results.query, QUERY_LIMIT)
    follows = [actions(*ways)] if (ways := follow(results.query)) else []
    if not results.hits:
        return _nothing(asked, follows)
    head = rich(text("On Hugging Face, for "), text(asked, code=True))
    tail = [context(KEPT_NOT), *follows]
    groups = [
        numbered(hit, place, tallies.get(hit.listing.paper.id))
        for place, hit in enumerate(results.hits, start=1)
    ]
    shown = fit(groups, [head, *tail])
    lines = [
        f"{place}. {words.in_brief(hit.listing)}"
        for place, hit in enumerate(results.hits[:shown], start=1)
    ]
    said = fallback(f"On Hugging Face, for {asked}:", *lines)
    return Message(said, [head, *flat(groups[:shown]), *tail])


def _nothing(asked: str, follows: list[Block]) -> Message:
    head = rich(text("Nothing found for "), text(asked, code=True), text(f". {NOTHING}"))
    return Message(fallback(f"Nothing found for {asked}. {NOTHING}"), [head, *follows])
