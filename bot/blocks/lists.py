"""Papers of a day or of several, for one person."""

from collections.abc import Callable, Sequence
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
    packed,
    rows,
    ruled,
)
from bot.blocks.papers import entry, line
from bot.domain.list_options import Wanted
from bot.domain.paper import Listing
from bot.domain.trending import Gain

PICKS = 5
NO_PAPERS = "No papers yet. They come in during the day."


def day_list(
    wanted: Wanted,
    first: date,
    last: date,
    listings: Sequence[Listing],
    *,
    previous: date | None = None,
    later: date | None = None,
) -> Message:
    """The best papers of a day or of several, with the pages beside it in place."""
    title = words.day(last) if first == last else _span(first, last)
    total = words.count(len(listings), "paper")

    def tail(shown: int) -> str:
        days = "this day" if first == last else "these days"
        return f"{shown} of {total}, most votes first." if listings else f"No papers on {days}."

    return _page(wanted, title, [(each, "") for each in listings], tail, previous, later)


def trending(
    wanted: Wanted,
    last: date,
    since: date,
    gains: Sequence[Gain],
    *,
    previous: date | None = None,
    later: date | None = None,
) -> Message:
    """What gained most votes since a day, as far as they were read."""
    total, day = words.count(len(gains), "paper"), words.short_day(since)

    def tail(shown: int) -> str:
        if not gains:
            return f"No paper gained votes between my reads since {day}."
        return f"{shown} of {total} that gained votes between my reads since {day}, most first."

    papers = [(each.listing, _gained(each)) for each in gains]
    return _page(wanted, _trending(last), papers, tail, previous, later)


def read_once(
    wanted: Wanted,
    last: date,
    listings: Sequence[Listing],
    *,
    previous: date | None = None,
    later: date | None = None,
    is_the_sites: bool = False,
) -> Message:
    """Where each list was read once, nothing is known to rise, and that is said.

    Then come those that Hugging Face says are trending, or of the latest list.
    """
    which = (
        "that Hugging Face calls trending"
        if is_the_sites
        else "of the latest list, most votes first"
    )

    def tail(shown: int) -> str:
        what = f"Here are {shown} {which}." if shown else NO_PAPERS
        return f"I have read these lists only once, so I can't say yet what gains votes. {what}"

    papers = [(each, "") for each in listings]
    return _page(wanted, _trending(last), papers, tail, previous, later)


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


def _trending(last: date) -> str:
    return f"Trending on {words.day(last)}"


def _gained(gain: Gain) -> str:
    """`+36 votes since Tue 23 Jun`."""
    return f"+{words.count(gain.votes, 'vote')} since {words.short_day(gain.since)}"


def _page(
    wanted: Wanted,
    title: str,
    papers: Sequence[tuple[Listing, str]],
    tail: Callable[[int], str],
    previous: date | None,
    later: date | None,
) -> Message:
    """As many papers as are wanted and fit, each with a reason; what is left out, and the ends."""
    pager = _pager(wanted, previous, later)
    groups = [
        ruled(entry(each, number=place, reason=reason))
        for place, (each, reason) in enumerate(papers[: wanted.size], start=1)
    ]
    shown = fit(groups, [header(title), context("", ""), *pager])
    said = tail(shown)
    ends = _ends(previous, later)
    lines = [
        f"{place}. {words.in_brief(each)}" for place, (each, _) in enumerate(papers[:shown], 1)
    ]
    grey = context(*filter(None, [said, ends]))
    blocks = [header(title), *flat(groups[:shown]), grey, *pager]
    return Message(fallback(f"{title}: {said}", *lines), blocks)


def _ends(previous: date | None, later: date | None) -> str:
    """What is said where there is nothing more to leaf to."""
    if previous is None and later is None:
        return "I have no other list yet."
    if previous is None:
        return "I have no earlier list."
    return "" if later else "There is no later list yet."


def _pager(wanted: Wanted, previous: date | None, later: date | None) -> list[Block]:
    """Buttons to the pages beside, where there are any."""
    buttons = []
    if previous:
        label = f"‹ {words.short_day(previous)}"
        buttons.append(button(label, "show_previous_day", _carried(wanted, previous)))
    if later:
        label = f"{words.short_day(later)} ›"
        buttons.append(button(label, "show_next_day", _carried(wanted, later)))
    return [actions(*buttons)] if buttons else []


def _carried(wanted: Wanted, day: date) -> str:
    return packed(kind=wanted.kind.value, date=day.isoformat(), top=wanted.size)
