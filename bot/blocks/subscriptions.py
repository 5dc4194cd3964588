"""What one person follows: tried out, listed, started, stopped; for their eyes alone."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    fallback,
    hint,
    packed,
    rich,
    rows,
    text,
)
from bot.blocks.papers import line
from bot.domain.paper import Listing
from bot.domain.subscription import DEFAULT_SIZE, Subscription, Wish

LISTED = 10  # on one page


def preview(
    wish: Wish, found: int, days: int, examples: Sequence[Listing], *, known: bool
) -> Message:
    """What a subscription would have sent, before anything is stored."""
    told = _back_test(found, days, len(examples))
    when = f"I tell you in a direct message, {_terms(wish)}. Nobody else sees it."
    already = "You follow this already. " if known else ""
    buttons = actions(
        button("Update" if known else "Subscribe", "subscribe", _carried(wish), primary=True),
        button("Cancel", "cancel_subscription"),
    )
    shown = [rows(line(each, "• ") for each in examples)] if examples else []
    blocks = [
        rich(text("I read this as "), text(wish.text, code=True), text(".")),
        rich(text(told)),
        *shown,
        context(already + when),
        buttons,
    ]
    titles = [f"• {words.in_brief(each)}" for each in examples]
    return Message(fallback(f"I read this as {wish.text}. {told}", *titles, when), blocks)


def cancelled() -> Message:
    """Nothing was stored."""
    line = "All right, I stored nothing."
    return Message(line, [context(line)])


def subscribed(new: Subscription, mine: Sequence[Subscription], zone: ZoneInfo) -> Message:
    """The state after subscribing, and the way back."""
    lead = [text("You follow "), text(new.wish.text, code=True), text(" now.")]
    return _changed(lead, mine, zone, [actions(button("Undo", "unsubscribe", str(new.id)))])


def unsubscribed(
    gone: Sequence[Subscription], mine: Sequence[Subscription], zone: ZoneInfo
) -> Message:
    """The state after unsubscribing, and the way back."""
    if len(gone) > 1:
        lead = [text(f"You no longer follow {words.count(len(gone), 'topic')}.")]
        return _changed(lead, mine, zone, [])
    stopped = gone[0].wish
    lead = [text("You no longer follow "), text(stopped.text, code=True), text(".")]
    return _changed(lead, mine, zone, [actions(button("Undo", "subscribe", _carried(stopped)))])


def subscriptions(mine: Sequence[Subscription], zone: ZoneInfo, start: int = 0) -> Message:
    """My subscriptions, numbered: the numbers work in `/papers unsubscribe 2`."""
    if not mine:
        line = "You have no subscriptions. Start one with `/papers subscribe diffusion policy`."
        return Message(line, [hint(line)])
    start = start if start < len(mine) else 0  # some may be gone since the button was made
    page = list(enumerate(mine[start : start + LISTED], start=start + 1))
    left = len(mine) - start - len(page)
    more = [actions(button(f"More ({left:,} left)", "list_more", str(start + LISTED)))]
    title = f"You have {words.count(len(mine), 'subscription')}. Times are in {zone.key}."
    stop = f"Stop one with `/papers unsubscribe {page[0][0]}`."
    listed = rows(
        [text(f"{number}. "), text(each.wish.text, code=True), text(f" {_terms(each.wish)}")]
        for number, each in page
    )
    lines = [f"{number}. {each.wish.text}: {_terms(each.wish)}" for number, each in page]
    blocks = [context(title), listed, hint(stop), *(more if left else [])]
    return Message(fallback(title, *lines), blocks)


def _changed(
    lead: Sequence[Block], mine: Sequence[Subscription], zone: ZoneInfo, undo: Sequence[Block]
) -> Message:
    """What happened, then the state and the way back."""
    state = subscriptions(mine, zone)
    said = fallback("".join(each["text"] for each in lead))
    return Message(f"{said}\n{state.text}", [rich(*lead), *state.blocks, *undo])


def _back_test(found: int, days: int, shown: int) -> str:
    """`It would have sent 14 papers in the last 30 days, about 3 a week. The latest:`"""
    if not found:
        return f"It would have sent nothing in the last {days} days."
    pace = words.pace(found, days)
    often = f", {pace}" if pace else ""
    end = ". The latest:" if found > shown else ":"
    return f"It would have sent {words.count(found, 'paper')} in the last {days} days{often}{end}"


def _terms(wish: Wish) -> str:
    """`once a day at 09:00`, and how many at once where that is not as usual."""
    size = "" if wish.size == DEFAULT_SIZE else f", {words.count(wish.size, 'paper')} at most"
    return words.cadence(wish.cadence) + size


def _carried(wish: Wish) -> str:
    return packed(q=wish.text, when=wish.cadence.value, size=wish.size)
