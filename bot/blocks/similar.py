"""Papers like one."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import Message, button, context, fallback, fit, flat, link, rich, text
from bot.blocks.papers import TITLE_LIMIT, entry
from bot.domain.paper import Listing

NOTHING = "I know no other paper that shares its words. Those to come may."


def similar(listing: Listing, others: Sequence[Listing]) -> Message:
    """The papers most like one, for the asker alone."""
    paper = listing.paper
    title = clip(paper.title, TITLE_LIMIT)
    head = rich(text("Similar to "), link(paper.url, title))
    if not others:
        return Message(fallback(f"Similar to {title}: {NOTHING}"), [head, context(NOTHING)])
    groups = [
        entry(each, number=place, buttons=[button("Share", "share_paper", each.paper.id)])
        for place, each in enumerate(others, start=1)
    ]
    shown = fit(groups, [head])
    lines = [
        f"{place}. {words.in_brief(each)}" for place, each in enumerate(others[:shown], start=1)
    ]
    return Message(fallback(f"Similar to {title}:", *lines), [head, *flat(groups[:shown])])
