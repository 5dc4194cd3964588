"""What one person follows: tried out, listed, started, paused, stopped; for their eyes alone."""

from collections.abc import Sequence
from datetime import datetime

from bot.blocks import words
from bot.blocks.kit import (
    VALUE_LIMIT,
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
from bot.domain.digest import Digest
from bot.domain.reader import Hours
from bot.domain.subscription import Subscription, Wish

LISTED = 10  # on one page


def cancelled() -> Message:
    """Nothing was stored."""
    line = "All right, I stored nothing."
    return Message(line, [context(line)])


def subscribed(
    new: Subscription,
    mine: Sequence[Subscription],
    hours: Hours,
    next_at: datetime | None = None,
) -> Message:
    """The state after subscribing, when the next message may come, and the way back."""
    lead = [text("You follow "), text(new.wish.text, code=True), text(" now.")]
    undo = [actions(button("Undo", "unsubscribe", str(new.id)))]
    return _changed(lead, mine, hours, undo, next_at)


def unsubscribed(
    gone: Sequence[Subscription], mine: Sequence[Subscription], hours: Hours
) -> Message:
    """The state after unsubscribing, and the way back."""
    lead = [text("You no longer follow "), *_which(gone), text(".")]
    if len(gone) > 1:
        return _changed(lead, mine, hours, [])
    undo = [actions(button("Undo", "subscribe", carried(gone[0].wish)))]
    return _changed(lead, mine, hours, undo)


def paused(
    before: Sequence[Subscription],
    mine: Sequence[Subscription],
    hours: Hours,
    digest: Digest | None = None,
    until: datetime | None = None,
) -> Message:
    """The state after holding topics back, and the way back. `before` is how they were.

    `digest` is the reader's own as it was, where it is held back too, until `until`.
    """
    ids = {each.id for each in before}
    until = next((each.paused_until for each in mine if each.id in ids), until)
    how = words.paused(until, hours.zone) if until else "not paused"
    lead = [*_which(before, digest), text(f": {how}. What I find meanwhile comes afterwards.")]
    return _changed(lead, mine, hours, _undo_pauses(before, digest))


def resumed(
    before: Sequence[Subscription],
    mine: Sequence[Subscription],
    hours: Hours,
    next_at: datetime | None = None,
    digest: Digest | None = None,
) -> Message:
    """The state after topics come again, and the way back. `before` is how they were.

    `digest` is the reader's own as it was, where it comes again too.
    """
    if not before and not digest:
        return _changed([text("Nothing of that was paused.")], mine, hours, [])
    comes, tells = "Your digest comes again", "I tell you again of "
    lead = [text(comes if digest and not before else f"{comes}, and {tells}" if digest else tells)]
    lead += [*(_which(before) if before else []), text(".")]
    return _changed(lead, mine, hours, _undo_pauses(before, digest), next_at)


def put_back(
    mine: Sequence[Subscription], hours: Hours, next_at: datetime | None = None
) -> Message:
    """The state after pausing or resuming was undone."""
    return _changed([text("All right, it is as it was before.")], mine, hours, [], next_at)


def subscriptions(mine: Sequence[Subscription], hours: Hours, start: int = 0) -> Message:
    """My subscriptions, numbered: the numbers work in `/papers unsubscribe 2`."""
    if not mine:
        line = "You have no subscriptions. Start one with `/papers subscribe diffusion policy`."
        return Message(line, [hint(line)])
    start = start if start < len(mine) else 0  # some may be gone since the button was made
    page = list(enumerate(mine[start : start + LISTED], start=start + 1))
    left = len(mine) - start - len(page)
    more = [actions(button(f"More ({left:,} left)", "list_more", str(start + LISTED)))]
    title = f"You have {words.count(len(mine), 'subscription')}. Times are in {hours.zone.key}."
    first = page[0][0]
    ways = f"`/papers unsubscribe {first}` stops one, `/papers pause {first}` holds it back."
    listed = rows([text(f"{number}. "), *_row(each, hours)] for number, each in page)
    lines = [f"{number}. {_said(each, hours)}" for number, each in page]
    blocks = [context(title), listed, hint(ways), *(more if left else [])]
    return Message(fallback(title, *lines), blocks)


def _changed(
    lead: Sequence[Block],
    mine: Sequence[Subscription],
    hours: Hours,
    undo: Sequence[Block],
    next_at: datetime | None = None,
) -> Message:
    """What happened, then the state, what comes next and the way back."""
    state = subscriptions(mine, hours)
    said = [fallback("".join(each["text"] for each in lead))]
    coming = []
    if next_at is not None:
        line = f"The next message comes {words.moment(next_at, hours.zone)} at the earliest."
        said, coming = [*said, line], [context(line)]
    blocks = [rich(*lead), *state.blocks, *coming, *undo]
    return Message("\n".join([*said, state.text]), blocks)


def _which(changed: Sequence[Subscription], digest: Digest | None = None) -> list[Block]:
    """One topic by its query, several by their number; before them the reader's digest."""
    if digest is not None:
        behind = [text(" and "), *_which(changed)] if changed else []
        return [text("Your digest"), *behind]
    if len(changed) == 1:
        return [text(changed[0].wish.text, code=True)]
    return [text(words.count(len(changed), "topic"))]


def _row(each: Subscription, hours: Hours) -> list[Block]:
    called = [text(each.wish.name, bold=True), text(": ")] if each.wish.name else []
    return [*called, text(each.wish.text, code=True), text(f" {_how(each, hours)}")]


def _said(each: Subscription, hours: Hours) -> str:
    called = f"{each.wish.name}: " if each.wish.name else ""
    return f"{called}{each.wish.text}: {_how(each, hours)}"


def _how(each: Subscription, hours: Hours) -> str:
    """When one topic is told: `once a day at 08:30, paused until Tue 1 Dec`."""
    terms = words.terms(each.wish, hours.at)
    if each.paused_until is None:
        return terms
    return f"{terms}, {words.paused(each.paused_until, hours.zone)}"


def _undo_pauses(before: Sequence[Subscription], digest: Digest | None = None) -> list[Block]:
    """A button that carries how topics were, by pause; none where they are too many for one."""
    was: dict[str, list[int]] = {}
    for each in before:
        was.setdefault(_until(each.paused_until), []).append(each.id)
    carried = packed(was=was, **({"digest": _until(digest.paused_until)} if digest else {}))
    if len(carried) > VALUE_LIMIT:
        return []
    return [actions(button("Undo", "put_back_pauses", carried))]


def _until(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _terms(wish: Wish) -> str:
    return words.terms(wish)


def carried(wish: Wish) -> str:
    """A topic as the value of a button."""
    name = {"name": wish.name} if wish.name else {}
    revisions = {"revisions": 1} if wish.revisions else {}
    return packed(q=wish.text, when=wish.cadence.value, size=wish.size, **name, **revisions)
