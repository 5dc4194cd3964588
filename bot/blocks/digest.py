"""The digest as a channel sees it, and its settings."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.blocks import words
from bot.blocks.kit import (
    Message,
    actions,
    button,
    context,
    escape,
    fallback,
    fit,
    flat,
    header,
    hint,
    prose,
    rich,
    ruled,
    runs,
    text,
    user,
)
from bot.blocks.paper_controls import NO_VOTES, controls
from bot.blocks.papers import entry
from bot.domain.announcements import ARXIV, WEEKEND, why_none
from bot.domain.digest import DEFAULT_SIZE, ChannelDigest, Edition, Look, SourceRead
from bot.domain.mistakes import shown
from bot.domain.paper import Listing
from bot.domain.query import MAX_LENGTH
from bot.domain.votes import Tally

HOW_TO_CHANGE = (
    "Change it with `/papers digest at 08:30`, `days mon-fri`, `top 5`, `look cards`, "
    "`topics robotics` or `off`."
)


def digest(
    edition: Edition, listings: Sequence[Listing], tallies: Mapping[str, Tally] = NO_VOTES
) -> Message:
    """One edition: its papers with their reasons and this workspace's votes, and the receipt."""
    if not listings:
        return _empty(edition)
    picks = {pick.paper_id: pick for pick in edition.picks}
    groups = [
        ruled(
            entry(
                each,
                number=place,
                reason=pick.reason if pick else "",
                picked_by=pick.picked_by if pick else "",
                buttons=controls(each.paper.id, tallies.get(each.paper.id)),
            )
        )
        for place, each in enumerate(listings, start=1)
        for pick in [picks.get(each.paper.id)]
    ]
    shown = fit(groups, [header(""), context(receipt(edition, len(listings)))])
    title, *_ = told = lines(edition, listings[:shown])
    blocks = [header(title), *flat(groups[:shown]), context(receipt(edition, shown))]
    return Message(fallback(*told), blocks)


def lines(edition: Edition, listings: Sequence[Listing]) -> list[str]:
    """The same without blocks or escapes: a title, then a paper a line."""
    papers = words.count(len(listings), "paper") if listings else "No new papers"
    return [
        f"{papers} for {words.day(edition.local_date)}",
        *(f"{place}. {words.in_brief(each)}" for place, each in enumerate(listings, start=1)),
    ]


def receipt(edition: Edition, shown: int) -> str:
    """The grey line under a digest: where its papers came from and what was left out."""
    reads = edition.receipt.reads
    lists = [f"{_name(each)} (list of {words.short_day(each.day)})" for each in reads]
    silent = words.listed([_name(each) for each in reads if each.error])
    trouble = f" {silent} did not answer the last time." if silent else ""
    late = _late(reads)
    origin = f" from {words.listed(lists)}" if lists else ""
    below = edition.receipt.candidates - shown
    left_out = f", {below:,} below the bar" if below > 0 else ""
    found = f"{edition.receipt.candidates:,} new{origin}; {shown} shown{left_out}.{trouble}{late}"
    return " ".join(filter(None, [_made_up_for(edition), found]))


def settings(digest: ChannelDigest | None, last: Edition | None) -> Message:
    """A channel's settings, its next time, and the last receipt; for one person's eyes."""
    if digest is None or digest.next_due_at is None:
        return _switched_off(digest)
    line = f"The daily digest is on here: {_state(digest)}"
    receipts = [context("Last time: " + receipt(last, len(last.picks)))] if last else []
    now = actions(button("Post one now", "post_digest_now"))
    return Message(escape(line), [prose(line), *receipts, hint(HOW_TO_CHANGE), now])


def turned_on(digest: ChannelDigest) -> Message:
    """What the whole channel reads when somebody sets its digest."""
    line = f" set the daily digest here: {_state(digest)}"
    blocks = [rich(user(digest.set_by), *runs(line)), hint(HOW_TO_CHANGE)]
    return Message(f"<@{digest.set_by}>{escape(line)}", blocks)


def turned_off(digest: ChannelDigest) -> Message:
    """What the whole channel reads when somebody stops its digest."""
    line = " turned the daily digest off here."
    back = hint("To have it back: `/papers digest on`")
    return Message(f"<@{digest.set_by}>{line}", [rich(user(digest.set_by), text(line)), back])


def posting() -> Message:
    """The private answer to `digest now`."""
    line = "A digest of what this channel has not seen yet is on its way."
    return Message(line, [prose(line)])


def invite_me(action: str, value: str = "") -> Message:
    """A digest cannot reach a channel that the bot is not in."""
    line = "I'm not in this channel. Invite me with `/invite @Daily Papers`, then try again."
    again = button("Try again", action, value, primary=True)
    return Message(line, [prose(line), actions(again)])


def _empty(edition: Edition) -> Message:
    """A day without papers says why."""
    title, *_ = lines(edition, [])
    reads = edition.receipt.reads
    silences = (_silence(each, edition.local_date) for each in reads)
    silent = f"{' '.join(silences)}{_late(reads)}" or "No source is set up."
    why = " ".join(filter(None, [_made_up_for(edition), silent]))
    return Message(fallback(f"{title}. {why}"), [rich(text(f"{title}.", bold=True)), context(why)])


def _made_up_for(edition: Edition) -> str:
    """Which days an edition covers that comes after days away; empty for the usual one."""
    if edition.covers_from is None:
        return ""
    return f"Covers {words.days(edition.covers_from, edition.local_date)}, while I was away."


def _late(reads: Sequence[SourceRead]) -> str:
    names = [name for each in reads for name in each.late]
    are = "are" if len(names) > 1 else "is"
    return f" {words.listed(names)} {are} late and will be topped up." if names else ""


def _name(read: SourceRead) -> str:
    return words.source(read.source, read.title)


def _silence(read: SourceRead, on: date) -> str:
    name = _name(read)
    if read.error:
        return f"{name} did not answer: {words.sentence(read.error)} I keep trying."
    if read.read_at is None:
        return f"I have not reached {name} yet. I keep trying."
    day, why = words.short_day(read.day), why_none(on)
    if read.source == ARXIV and why:
        when = "at weekends" if why == WEEKEND else f"after a holiday ({why})"
        return f"{name} announces nothing {when}; its latest list is of {day}."
    return f"{name} has listed nothing new since the last digest; its latest list is of {day}."


def _switched_off(digest: ChannelDigest | None) -> Message:
    line = "The daily digest is off here."
    size, when = words.count(DEFAULT_SIZE, "paper"), "09:00 in your zone, Monday to Friday"
    if digest is not None:
        size, when = _size(digest), words.schedule(digest.schedule) + _likings(digest)
    on = actions(button("Turn it on", "turn_digest_on", primary=True))
    return Message(line, [prose(line, f"When it is on: {size} at {when}."), on])


def _state(digest: ChannelDigest) -> str:
    """`5 papers at 09:00 (Europe/Berlin), Monday to Friday. The next one comes on Mon 29 Jun.`"""
    wanted = f"{_size(digest)} at {words.schedule(digest.schedule)}{_likings(digest)}."
    if digest.next_due_at is None:
        return f"{wanted} It is off; `/papers digest on` turns it on."
    due = words.short_day(digest.next_due_at.astimezone(digest.schedule.zone).date())
    return f"{wanted} The next one comes on {due}."


def _size(digest: ChannelDigest) -> str:
    return words.count(digest.size, "paper")


def _likings(digest: ChannelDigest) -> str:
    """What is not as usual: `, as cards, those on robotics first`."""
    look = f", {_LOOKS[digest.look]}" if digest.look in _LOOKS else ""
    return look + (f", those on {shown(digest.topics, MAX_LENGTH)} first" if digest.topics else "")


_LOOKS = {Look.CARDS: "as cards", Look.THREADS: "each in a thread"}
