"""The digest as a channel sees it, and what people see when they set it."""

from collections.abc import Sequence
from datetime import date

from bot.blocks import words
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    clip,
    context,
    fit,
    header,
    link,
    rich,
    section,
    text,
)
from bot.blocks.papers import TITLE_LIMIT, entry, source_name
from bot.domain.digest import ChannelDigest, Edition, SourceRead
from bot.domain.paper import Listing

PICKS = 5


def digest(edition: Edition, listings: Sequence[Listing]) -> Message:
    """One edition: its papers with their reasons, and the receipt."""
    title = f"Daily Papers · {words.day(edition.local_date)}"
    if not edition.picks:
        return _empty(edition, title)
    reasons = {pick.paper_id: pick.reason for pick in edition.picks}
    groups = [
        entry(listing, number=place, reason=reasons.get(listing.paper.id, ""))
        for place, listing in enumerate(listings, start=1)
    ]
    around = [header(title), context(receipt(edition, len(groups)))]
    shown = fit(groups, around)
    lines = [
        f"{place}. {each.paper.title} ({reasons.get(each.paper.id, '')})"
        for place, each in enumerate(listings[:shown], start=1)
    ]
    blocks = [
        header(title),
        *(block for group in groups[:shown] for block in group),
        context(receipt(edition, shown)),
    ]
    return Message("\n".join([title, *lines]), blocks)


def receipt(edition: Edition, shown: int) -> str:
    """The grey line under a digest: where its papers came from and what was left out."""
    parts = [_heard(read, edition.receipt.candidates) for read in edition.receipt.reads]
    below = edition.receipt.candidates - shown
    counts = f"{shown} shown, {below:,} below the bar." if below > 0 else f"{shown} shown."
    return " ".join([*parts, counts])


def settings(digest: ChannelDigest | None, last: Edition | None) -> Message:
    """A channel's settings, its next time, and the last receipt; for one person's eyes."""
    if digest is None or digest.next_due_at is None:
        off = "The daily digest is off in this channel."
        on = button("Turn it on", "turn_digest_on", primary=True)
        hint = context("It comes at 09:00 in your zone, Monday to Friday, with five papers.")
        return Message(off, [section(off), hint, actions(on)])
    lines = _state(digest)
    blocks: list[Block] = [section(lines)]
    if last is not None:
        blocks.append(context("Last: " + receipt(last, len(last.picks))))
    blocks.append(context("Change it: /papers digest at 08:30 · /papers digest off"))
    blocks.append(actions(button("Post one now", "post_digest_now")))
    return Message(lines, blocks)


def turned_on(digest: ChannelDigest) -> Message:
    """What the whole channel reads when somebody sets its digest."""
    lead = f"<@{digest.set_by}> set the daily digest here. "
    return Message(lead + _state(digest), [section(lead + _state(digest)), _how_to_change()])


def turned_off(digest: ChannelDigest) -> Message:
    """What the whole channel reads when somebody stops its digest."""
    line = f"<@{digest.set_by}> turned the daily digest off here."
    again = context("To have it back: /papers digest on")
    return Message(line, [section(line), again])


def posting() -> Message:
    """The private answer to `digest now`."""
    line = "Posting a digest of what this channel has not seen yet."
    return Message(line, [section(line)])


def invite_me(action: str, value: str = "") -> Message:
    """A digest cannot reach a channel that the bot is not in."""
    line = "I'm not in this channel. Invite me with `/invite @Daily Papers`, then try again."
    again = button("Try again", action, value, primary=True)
    return Message(line, [section(line), actions(again)])


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
    title = (
        words.day(last) if first == last else f"{words.short_day(first)} to {words.short_day(last)}"
    )
    groups = [entry(each, number=place) for place, each in enumerate(listings[:size], start=1)]
    around = [header(title), _pager(previous, later), context("")]
    shown = fit(groups, around)
    lines = "\n".join(
        f"{n}. {each.paper.title}" for n, each in enumerate(listings[:shown], start=1)
    )
    total = words.count(len(listings), "paper")
    tail = f"{shown} of {total} shown, most votes first." if listings else "No papers on this day."
    blocks = [
        header(title),
        *(block for group in groups[:shown] for block in group),
        context(tail),
        *([_pager(previous, later)] if previous or later else []),
    ]
    return Message(f"{title}: {tail}\n{lines}", blocks)


def picks(day: date, listings: Sequence[Listing]) -> Message:
    """The answer to bare `/papers`: the day's best in short, and three ways on."""
    title = f"Today's picks · {words.day(day)}"
    rows = [
        rich(
            text(f"{place}. "),
            link(each.paper.url, clip(each.paper.title, TITLE_LIMIT)),
            text(f"  {words.count(each.upvotes, 'vote')}"),
        )
        for place, each in enumerate(listings[:PICKS], start=1)
    ]
    ways = actions(
        button("The whole list", "show_today", primary=True),
        button("My subscriptions", "show_subscriptions"),
        button("Help", "show_help"),
    )
    hint = context("Type /papers search and a few words, or paste an arXiv link after /papers show")
    body = rows or [context("No papers yet. They come in during the day.")]
    lines = "\n".join(each.paper.title for each in listings[:PICKS])
    return Message(f"{title}\n{lines}", [header(title), *body, ways, hint])


def _empty(edition: Edition, title: str) -> Message:
    why = " ".join(_silence(read) for read in edition.receipt.reads)
    line = "No new papers this time."
    return Message(
        f"{title}: {line} {why}", [header(title), rich(text(line, bold=True)), context(why)]
    )


def _silence(read: SourceRead) -> str:
    name = source_name(read.source)
    if read.error:
        return f"{name} did not answer: {read.error} I keep trying."
    if read.read_at is None:
        return f"I have not reached {name} yet. I keep trying."
    day = words.short_day(read.day)
    return f"{name} has listed nothing new since the last digest; its latest list is of {day}."


def _heard(read: SourceRead, candidates: int) -> str:
    name = source_name(read.source)
    told = f"{candidates:,} new from {name}, list of {words.short_day(read.day)};"
    return f"{name} did not answer the last time; {told}" if read.error else told


def _state(digest: ChannelDigest) -> str:
    if digest.next_due_at is None:
        return "It is off."
    when = words.moment(digest.next_due_at, digest.schedule.zone)
    size = words.count(digest.size, "paper")
    return f"{size} at {words.schedule(digest.schedule)}. Next: {when}."


def _how_to_change() -> Block:
    return context(
        "To change it: /papers digest at 08:30 · /papers digest off · /papers digest now"
    )


def _pager(previous: date | None, later: date | None) -> Block:
    buttons = []
    if previous:
        label = f"‹ {words.short_day(previous)}"
        buttons.append(button(label, "show_previous_day", previous.isoformat()))
    if later:
        label = f"{words.short_day(later)} ›"
        buttons.append(button(label, "show_next_day", later.isoformat()))
    return actions(*buttons)
