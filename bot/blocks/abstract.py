"""One paper in full, in a modal: all that is known of it, what people here did, papers like it."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import Block, actions, button, header, paragraph, plain, rich, text, user
from bot.blocks.paper_controls import own_controls
from bot.blocks.papers import TITLE_LIMIT, UNREAD, card
from bot.domain.paper import Listing
from bot.domain.paper_page import PaperPage
from bot.domain.votes import Standing

NAME = "abstract"
MODAL_TITLE_LIMIT = 24
NAMED = 5  # of those who saved it
SIMILAR = 3
NOBODY = Standing()


def abstract(
    listing: Listing,
    standing: Standing = NOBODY,
    others: Sequence[Listing] = (),
    page: PaperPage | None = None,
) -> Block:
    """The modal. It carries the paper's id, so that it can be drawn anew."""
    return {
        "type": "modal",
        "callback_id": NAME,
        "private_metadata": listing.paper.id,
        "title": plain("Abstract", MODAL_TITLE_LIMIT),
        "close": plain("Close", MODAL_TITLE_LIMIT),
        "blocks": [
            *card(listing, page or UNREAD),
            *_people(standing),
            actions(*own_controls(listing.paper.id, standing)),
            *_similar(others),
        ],
    }


def _people(standing: Standing) -> list[Block]:
    """`Saved here by Ana, Ben and 2 others`."""
    if not standing.savers:
        return []
    named = standing.savers[:NAMED]
    left = len(standing.savers) - len(named)
    parts: list[Block] = []
    for place, each in enumerate(named):
        last = place == len(named) - 1 and not left
        parts += [text(" and " if last else ", ")] if place else []
        parts.append(user(each))
    more = [text(f" and {words.count(left, 'other')}")] if left else []
    return [rich(text("Saved here by "), *parts, *more, text("."))]


def _similar(others: Sequence[Listing]) -> list[Block]:
    if not others:
        return []
    return [header("Similar papers"), *map(_line, others[:SIMILAR])]


def _line(listing: Listing) -> Block:
    """A title, its votes, and the way to its abstract in the same modal."""
    paper = listing.paper
    votes = words.beside_title(listing)
    said = f"{clip(paper.title, TITLE_LIMIT)} {votes}".rstrip()
    return paragraph(said, button("Abstract", "turn_to_paper", paper.id))
