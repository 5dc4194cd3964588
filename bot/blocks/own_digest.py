"""A person's own digest: how it is set, what comes next, and the ways out; for their eyes alone."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.digest_terms import state, terms
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
    prose,
    rich,
    text,
)
from bot.blocks.papers import TITLE_LIMIT, facts
from bot.blocks.receipts import receipt, why_empty
from bot.domain.digest import DEFAULT_SIZE, Digest, Edition
from bot.domain.paper import Listing
from bot.domain.reader import Hours

WHAT = (
    "It brings what is trending once a day in a direct message, without what a channel of yours "
    "has shown you and without what you mute."
)
HOW_TO_CHANGE = (
    "Change it with `/papers digest me at 08:30`, `days mon-fri`, `top 5`, `look cards`, "
    "`topics robotics` or `off`."
)
TURN_ON, TURN_OFF = "turn_own_digest_on", "turn_own_digest_off"


def settings(digest: Digest | None, last: Edition | None, hours: Hours) -> Message:
    """How it is set, when it comes next, and the last receipt."""
    if digest is None or digest.next_due_at is None:
        return _off(digest, hours)
    line = f"Your own digest is on: {state(digest)}"
    receipts = [context("Last time: " + receipt(last, len(last.picks)))] if last else []
    ways = actions(
        button("Preview", "preview_own_digest"),
        button("Send one now", "send_own_digest"),
        button("Turn it off", TURN_OFF),
    )
    return Message(_plainly(line), [prose(line, WHAT), *receipts, hint(HOW_TO_CHANGE), ways])


def changed(digest: Digest, echo: str = "") -> Message:
    """How it is set now, when it comes next, and the way back; `echo` is how topics were read."""
    said = [f"Your own digest: {state(digest)}", *([echo] if echo else [])]
    return Message(_plainly(*said), [prose(*said), hint(HOW_TO_CHANGE), *_undo(digest)])


def turned_off(digest: Digest) -> Message:
    """It comes no more, and the way back."""
    line = "Your own digest is off; what you set stays."
    back = hint("To have it back: `/papers digest me on`")
    return Message(line, [prose(line), back, *_undo(digest)])


def not_undone(digest: Digest) -> Message:
    """A button that is too old: it was changed again since."""
    line = f"You changed it after that, so I left it as it is now: {state(digest)}"
    return Message(_plainly(line), [prose(line)])


def sending() -> Message:
    """The answer to `digest me now`."""
    line = "Your digest is on its way to your direct messages."
    return Message(line, [prose(line)])


def preview(digest: Digest | None, edition: Edition, listings: Sequence[Listing]) -> Message:
    """The next one as it would be now, and what is left out of it for which reason."""
    told = _when(digest)
    picks = {pick.paper_id: pick for pick in edition.picks}
    groups = [
        [
            rich(text(f"{place}. "), link(each.paper.url, _title(each), bold=True)),
            *facts(each, picks[each.paper.id].reason),
        ]
        for place, each in enumerate(listings, start=1)
    ]
    head = [header("Your next digest"), context(f"{told} Only you see this.")]
    why = receipt(edition, len(listings)) if listings else why_empty(edition)
    ways = [actions(button("Send it now", "send_own_digest", primary=True))] if listings else []
    shown = fit(groups, [*head, context(why), *ways])
    lines = [
        f"{place}. {words.in_brief(each)}" for place, each in enumerate(listings[:shown], start=1)
    ]
    plain = fallback(f"Your next digest. {told}", *lines, why)
    return Message(plain, [*head, *flat(groups[:shown]), context(why), *ways])


def at_home(digest: Digest | None, hours: Hours) -> list[Block]:
    """Its part of the Home tab."""
    title = header("Your own digest")
    if digest is None or digest.next_due_at is None:
        on = button("Turn it on", f"{TURN_ON}_at_home", primary=True)
        return [title, prose(_offer(digest, hours), WHAT), actions(on)]
    off = button("Turn it off", f"{TURN_OFF}_at_home")
    return [title, prose(state(digest)), hint(HOW_TO_CHANGE), actions(off)]


def _off(digest: Digest | None, hours: Hours) -> Message:
    line = "You have no digest of your own."
    on = actions(button("Turn it on", TURN_ON, primary=True))
    return Message(line, [prose(line, WHAT, _offer(digest, hours)), on])


def _offer(digest: Digest | None, hours: Hours) -> str:
    usual = f"{words.count(DEFAULT_SIZE, 'paper')} at {hours.at:%H:%M} ({hours.zone.key})"
    wanted = terms(digest) if digest else f"{usual}, Monday to Friday"
    return f"When it is on: {wanted}."


def _when(digest: Digest | None) -> str:
    """`It comes Mon 29 Jun, 09:00 (Europe/Berlin).`"""
    if digest is None or digest.next_due_at is None:
        return "Your own digest is off; this is what it would bring now."
    if digest.paused_until is not None:
        return f"It is {words.paused(digest.paused_until, digest.schedule.zone)}."
    return f"It comes {words.moment(digest.next_due_at, digest.schedule.zone)}."


def _title(listing: Listing) -> str:
    return clip(listing.paper.title, TITLE_LIMIT)


def _undo(digest: Digest) -> list[Block]:
    undo = button("Undo", "undo_own_digest", str(digest.change))
    return [actions(undo)] if digest.change else []


def _plainly(*said: str) -> str:
    return fallback(*said).replace("`", "")
