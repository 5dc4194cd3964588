"""Subscriptions and the alerts they lead to, for one person's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    fit,
    overflow,
    rich,
    text,
)
from bot.blocks.papers import Span, as_value, entry
from bot.domain.paper import Listing
from bot.domain.subscription import Cadence, Subscription, Wish

LISTED = 10  # subscriptions on one page
_WHEN = {
    Cadence.NOW: "as soon as they appear",
    Cadence.DAILY: "once a day, at 09:00",
    Cadence.WEEKLY: "once a week, Monday at 09:00",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One topic in an alert: its papers with the matched places of their titles."""

    subscription_id: int
    topic: str
    papers: Sequence[tuple[Listing, Sequence[Span]]]
    rest: int = 0


def preview(
    wish: Wish, found: int, days: int, examples: Sequence[Listing], *, known: bool
) -> Message:
    """What a subscription would have sent, before anything is stored."""
    lead = rich(text("I read this as "), text(wish.text, code=True), text("."))
    papers = words.count(found, "paper")
    line = f"It would have sent {papers} in the last {days} days{_pace(found, days)}."
    if examples:
        line += " Here are the latest:" if found > len(examples) else " Here they are:"
    shown = [entry(each) for each in examples]
    value = as_value(q=wish.text, when=wish.cadence.value, size=wish.size)
    label = "Update" if known else "Subscribe"
    buttons = actions(
        button(label, "subscribe", value, primary=True), button("Cancel", "cancel_subscription")
    )
    told = context(f"I tell you in a direct message, {_WHEN[wish.cadence]}. Nobody else sees it.")
    blocks = [lead, context(line), *(block for group in shown for block in group), told, buttons]
    return Message(f"I read this as {wish.text}. {line}", blocks)


def cancelled() -> Message:
    """Nothing was stored."""
    line = "Nothing stored."
    return Message(line, [context(line)])


def subscribed(new: Subscription, mine: Sequence[Subscription], zone: ZoneInfo) -> Message:
    """The state after subscribing, and the way back."""
    lead = rich(text("You follow "), text(new.wish.text, code=True), text(" now."))
    undo = actions(button("Undo", "unsubscribe", str(new.id)))
    body = subscriptions(mine, zone)
    blocks = [lead, *body.blocks, undo]
    return Message(f"You follow {new.wish.text} now.\n{body.text}", blocks)


def unsubscribed(
    gone: Sequence[Subscription], mine: Sequence[Subscription], zone: ZoneInfo
) -> Message:
    """The state after unsubscribing, and the way back."""
    if len(gone) == 1:
        lead = rich(text("You no longer follow "), text(gone[0].wish.text, code=True), text("."))
        undo = [actions(button("Undo", "subscribe", _again(gone[0])))]
    else:
        lead = rich(text(f"You no longer follow {words.count(len(gone), 'topic')}."))
        undo = []
    body = subscriptions(mine, zone)
    return Message(f"Unsubscribed.\n{body.text}", [lead, *body.blocks, *undo])


def subscriptions(mine: Sequence[Subscription], zone: ZoneInfo, start: int = 0) -> Message:
    """My subscriptions, numbered: the numbers work in `/papers unsubscribe 2`."""
    if not mine:
        line = "You have no subscriptions. Start one with /papers subscribe diffusion policy"
        return Message(line, [context(line)])
    page = mine[start : start + LISTED]
    rows = [
        rich(text(f"{number}. "), text(each.wish.text, code=True), text(f" {_how(each)}"))
        for number, each in enumerate(page, start=start + 1)
    ]
    count = words.count(len(mine), "subscription")
    lead = context(f"You have {count}. Times are in {zone.key}.")
    blocks: list[Block] = [lead, *rows, context("Stop one with /papers unsubscribe 1")]
    if start + LISTED < len(mine):
        left = len(mine) - start - LISTED
        more = button(f"More ({left} left)", "list_more", str(start + LISTED))
        blocks.append(actions(more))
    lines = [f"{number}. {each.wish.text}" for number, each in enumerate(page, start=start + 1)]
    return Message("\n".join(lines), blocks)


def alert(told: Sequence[Told], delivery_id: str) -> Message:
    """The direct message: new papers under the topics they match, each with its way out."""
    total = sum(len(each.papers) + each.rest for each in told)
    groups = [_topic(each) for each in told]
    more = (
        [actions(button(f"Show {rest} more", "show_rest", delivery_id))]
        if (rest := sum(each.rest for each in told))
        else []
    )
    title = f"{words.count(total, 'new paper')} on your {'topic' if len(told) == 1 else 'topics'}"
    shown = fit(groups, more)
    blocks = [block for group in groups[:shown] for block in group]
    lines = [paper.paper.title for each in told for paper, _ in each.papers]
    return Message("\n".join([title, *lines]), [*blocks, *more])


def rest(papers: Sequence[Listing]) -> Message:
    """The papers that an alert only counted."""
    groups = [entry(each) for each in papers]
    shown = fit(groups, [context("")])
    left = len(papers) - shown
    tail = [context(f"{left} more are not shown: /papers search finds them.")] if left else []
    blocks = [*(block for group in groups[:shown] for block in group), *tail]
    return Message("\n".join(each.paper.title for each in papers[:shown]), blocks)


def _topic(told: Told) -> list[Block]:
    """One topic: the rule that fired, its papers, and its exit."""
    lead = rich(text("New on "), text(told.topic, code=True))
    papers = [block for paper, bold in told.papers for block in entry(paper, bold=bold)]
    way_out = overflow("leave_topic", [("Unsubscribe", str(told.subscription_id))])
    return [lead, *papers, actions(way_out), divider()]


def _how(subscription: Subscription) -> str:
    return _WHEN[subscription.wish.cadence] + f", {subscription.wish.size} at most"


def _again(subscription: Subscription) -> str:
    wish = subscription.wish
    return as_value(q=wish.text, when=wish.cadence.value, size=wish.size)


def _pace(found: int, days: int) -> str:
    """How often that is, in the unit people feel."""
    a_week = found * 7 / days
    if a_week >= 7:
        return f" (about {a_week / 7:.0f} a day)"
    return f" (about {a_week:.0f} a week)" if a_week >= 1 else ""
