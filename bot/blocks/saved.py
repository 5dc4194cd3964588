"""Papers that one person keeps, for their eyes alone; a modal says who here keeps a paper."""

from collections.abc import Sequence
from datetime import datetime

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
    header,
    hint,
    link,
    packed,
    paragraph,
    rich,
    ruled,
    text,
)
from bot.blocks.papers import TITLE_LIMIT, entry
from bot.domain.paper import Listing

NONE_YET = "You have saved no paper yet. Press Save below one to keep it."
AT_HOME = 5
TOLD = "People here see on a paper that you saved it."


def saved(listing: Listing, count: int, *, new: bool) -> Message:
    """A paper was saved, what is kept now, and the way back."""
    lead = "Saved: " if new else "You have saved that already: "
    undo = [button("Undo", "unsave_paper", listing.paper.id)] if new else []
    kept = f"You keep {words.count(count, 'paper')}. {TOLD}"
    show = button("Show my saved papers", "show_saved")
    return _said(lead, listing, kept, [*undo, show])


def unsaved(listing: Listing, since: datetime, count: int) -> Message:
    """A paper is kept no longer, and the way back to where it stood."""
    undo = button("Undo", "restore_saved", packed(id=listing.paper.id, at=since.isoformat()))
    kept = f"You keep {words.count(count, 'paper')}."
    return _said(
        "No longer saved: ", listing, kept, [undo, button("Show my saved papers", "show_saved")]
    )


def shelf(
    listings: Sequence[Listing],
    start: int,
    count: int,
    gone: tuple[Listing, datetime] | None = None,
) -> Message:
    """A page of what somebody keeps; the numbers work in `/papers unsave 2`.

    `gone` is what was just taken away and since when it was kept: it can come back.
    """
    lead = [] if gone is None else _gone(*gone)
    if not listings:
        return Message(fallback(NONE_YET), [*lead, context(NONE_YET)])
    groups = [ruled(_entry(each, place, start)) for place, each in _numbered(listings, start)]
    title = f"You keep {words.count(count, 'paper')}, the latest first."
    way = hint(f"`/papers unsave {start + 1}` takes one away. {TOLD}")
    around = [*lead, header(""), context(title), way, *_pager(start, 0, count)]
    shown = fit(groups, around)
    lines = [
        f"{place}. {words.in_brief(each)}" for place, each in _numbered(listings[:shown], start)
    ]
    return Message(
        fallback(title, *lines),
        [
            *lead,
            header("Saved papers"),
            context(title),
            *flat(groups[:shown]),
            way,
            *_pager(start, shown, count),
        ],
    )


def at_home(listings: Sequence[Listing], count: int) -> list[Block]:
    """The latest on the Home tab; each paper's modal takes it away as well."""
    title = header("Saved papers")
    if not listings:
        return [title, context(NONE_YET)]
    left = count - AT_HOME
    more = [hint(f"{left:,} more: `/papers saved` shows them all.")] if left > 0 else []
    return [title, *map(_at_home, listings[:AT_HOME]), *more]


def _at_home(listing: Listing) -> Block:
    paper = listing.paper
    said = f"{clip(paper.title, TITLE_LIMIT)} {words.beside_title(listing)}"
    return paragraph(said.rstrip(), button("Abstract", "open_abstract", paper.id))


def _entry(listing: Listing, place: int, start: int) -> list[Block]:
    remove = button("Remove", "remove_saved", packed(id=listing.paper.id, start=start))
    share = button("Share in this channel", "share_paper", listing.paper.id)
    return entry(listing, number=place, buttons=[share, remove])


def _gone(listing: Listing, since: datetime) -> list[Block]:
    undo = button("Undo", "restore_saved", packed(id=listing.paper.id, at=since.isoformat()))
    return [rich(text("No longer saved: "), _title(listing)), actions(undo)]


def _said(lead: str, listing: Listing, kept: str, buttons: Sequence[Block]) -> Message:
    blocks = [rich(text(lead), _title(listing)), context(kept), actions(*buttons)]
    return Message(fallback(f"{lead}{clip(listing.paper.title, TITLE_LIMIT)}. {kept}"), blocks)


def _title(listing: Listing) -> Block:
    return link(listing.paper.url, clip(listing.paper.title, TITLE_LIMIT))


def _numbered(listings: Sequence[Listing], start: int) -> list[tuple[int, Listing]]:
    return list(enumerate(listings, start=start + 1))


def _pager(start: int, shown: int, count: int) -> list[Block]:
    left = count - start - shown
    later = [button(f"More ({left:,} left)", "saved_more", str(start + shown))] if left > 0 else []
    first = [button("‹ Latest", "saved_first", "0")] if start else []
    return [actions(*first, *later)] if first or later else []
