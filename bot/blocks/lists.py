"""Papers of a day or of several, for one person."""

from collections.abc import Sequence
from datetime import date

from bot.blocks import words
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
    rows,
    ruled,
)
from bot.blocks.papers import entry, line
from bot.domain.paper import Listing

PICKS = 5
NO_PAPERS = "No papers yet. They come in during the day."


def day_list(
    first: date,
    last: date,
    listings: Sequence[Listing],
    *,
    size: int,
    previous: date | None = None,
    later: date | None = None,
) -> Message:
    """The best papers of a day or of several, with the days beside it in place."""
    title = words.day(last) if first == last else _span(first, last)
    pager = _pager(previous, later)
    best = enumerate(listings[:size], start=1)
    groups = [ruled(entry(each, number=place)) for place, each in best]
    shown = fit(groups, [header(title), context(""), *pager])
    total = words.count(len(listings), "paper")
    tail = f"{shown} of {total}, most votes first." if listings else "No papers on this day."
    lines = [
        f"{place}. {words.in_brief(each)}" for place, each in enumerate(listings[:shown], start=1)
    ]
    blocks = [header(title), *flat(groups[:shown]), context(tail), *pager]
    return Message(fallback(f"{title}: {tail}", *lines), blocks)


def picks(day: date, listings: Sequence[Listing]) -> Message:
    """The answer to bare `/papers`: the day's best in short, and three ways on."""
    title = f"Picks of {words.day(day)}"
    best = listings[:PICKS]
    lines = [words.in_brief(each) for each in best]
    body = rows(line(each, f"{place}. ") for place, each in enumerate(best, start=1))
    ways = actions(
        button("The whole list", "show_today", primary=True),
        button("My subscriptions", "show_subscriptions"),
        button("Help", "show_help"),
    )
    more = hint("`/papers search diffusion policy` searches. `/papers show` opens an arXiv link.")
    return Message(
        fallback(title, *(lines or [NO_PAPERS])),
        [header(title), body if best else context(NO_PAPERS), ways, more],
    )


def _span(first: date, last: date) -> str:
    return f"{words.short_day(first)} to {words.short_day(last)}"


def _pager(previous: date | None, later: date | None) -> list[Block]:
    """Buttons to the days beside, where there are any."""
    buttons = []
    if previous:
        label = f"‹ {words.short_day(previous)}"
        buttons.append(button(label, "show_previous_day", previous.isoformat()))
    if later:
        label = f"{words.short_day(later)} ›"
        buttons.append(button(label, "show_next_day", later.isoformat()))
    return [actions(*buttons)] if buttons else []
