"""Answers to a search."""

from collections.abc import Sequence

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
from bot.blocks.papers import entry
from bot.domain.paper import Listing

QUERY_LIMIT = 200  # no query is longer; a pasted link may be


def results(query: str, found: Sequence[Listing], *, start: int, total: int) -> Message:
    """One page of search hits; *More* replaces it in place."""
    asked = clip(query, QUERY_LIMIT)
    head = rich(text("Results for "), text(asked, code=True))
    groups = [
        entry(each, number=place, buttons=[button("Share", "share_paper", each.paper.id)])
        for place, each in enumerate(found, start=start + 1)
    ]
    shown = fit(groups, [head, *_ways_on(query, start, total)])
    lines = [
        f"{place}. {words.in_brief(each)}"
        for place, each in enumerate(found[:shown], start=start + 1)
    ]
    return Message(
        fallback(f"Results for {asked}:", *lines),
        [head, *flat(groups[:shown]), *_ways_on(query, start + shown, total)],
    )


def nothing_found(query: str) -> Message:
    """No hit, and what to do about it."""
    asked = clip(query, QUERY_LIMIT)
    head = rich(text("Nothing found for "), text(asked, code=True), text("."))
    advice = "Try fewer or other words, or follow the topic: I tell you when a paper on it comes."
    return Message(
        fallback(f"Nothing found for {asked}. {advice}"),
        [head, context(advice), *_ways_on(query, 0, 0)],
    )


def _ways_on(query: str, end: int, total: int) -> list[Block]:
    """The rest of the hits, and the same words as a subscription."""
    if len(query) > QUERY_LIMIT:
        return []
    left = total - end
    more = button(f"More ({left:,} left)", "search_more", packed(q=query, start=end))
    follow = button("Subscribe to this", "preview_subscription", packed(q=query))
    return [actions(*([more] if left > 0 else []), follow)]
