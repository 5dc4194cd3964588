"""The digest as a channel sees it, and its settings."""

from collections.abc import Mapping, Sequence

from bot.blocks import words
from bot.blocks.digest_exits import exits
from bot.blocks.digest_terms import refused, state, terms
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
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
from bot.blocks.receipts import receipt, why_empty
from bot.blocks.round_up_settings import sentences
from bot.domain.digest import DEFAULT_SIZE, Digest, Edition
from bot.domain.paper import Listing
from bot.domain.round_ups import RoundUp, Slot
from bot.domain.votes import Tally

TOPICS_LIMIT = 200  # characters, where they are named in passing
HOW_TO_CHANGE = (
    "Change it with `/papers digest at 08:30`, `days mon-fri`, `top 5`, `look cards`, "
    "`topics robotics`, `weekly fri` or `off`."
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
                buttons=controls(
                    each.paper.id, tallies.get(each.paper.id), share=not edition.is_personal
                ),
            )
        )
        for place, each in enumerate(listings, start=1)
        for pick in [picks.get(each.paper.id)]
    ]
    shown = fit(groups, [header(""), *below(edition, len(listings))])
    title, *_ = told = lines(edition, listings[:shown])
    blocks = [header(title), *flat(groups[:shown]), *below(edition, shown)]
    return Message(fallback(*told), blocks)


def below(edition: Edition, shown: int) -> list[Block]:
    """The receipt, and the ways out of a person's own digest."""
    return [context(receipt(edition, shown)), *exits(edition)]


def lines(edition: Edition, listings: Sequence[Listing]) -> list[str]:
    """The same without blocks or escapes: a title, then a paper a line."""
    papers = words.count(len(listings), "paper") if listings else "No new papers"
    return [
        f"{papers} for {words.day(edition.local_date)}",
        *(f"{place}. {words.in_brief(each)}" for place, each in enumerate(listings, start=1)),
    ]


def settings(
    digest: Digest | None, last: Edition | None, round_ups: Sequence[RoundUp] = ()
) -> Message:
    """A channel's settings, its next time, and the last receipt; for one person's eyes."""
    if digest is None or digest.next_due_at is None:
        return _switched_off(digest, round_ups)
    line = f"The daily digest is on here: {state(digest)}"
    more = sentences(round_ups, digest.schedule)
    receipts = [context("Last time: " + receipt(last, len(last.picks)))] if last else []
    now = actions(button("Post one now", "post_digest_now"))
    told = escape("\n".join([line, *more]))
    return Message(told, [prose(line, *more), *receipts, hint(HOW_TO_CHANGE), now])


def turned_on(digest: Digest, round_ups: Sequence[RoundUp] = (), echo: str = "") -> Message:
    """What the whole channel reads when somebody sets its digest; `echo` is how it was read."""
    return _set(digest, f" set the daily digest here: {state(digest)}", round_ups, echo=echo)


def turned_off(digest: Digest, round_ups: Sequence[RoundUp] = ()) -> Message:
    """What the whole channel reads when somebody stops its digest, and its round-ups with it."""
    also = " and its round-ups" if round_ups else ""
    line = f" turned the daily digest{also} off here."
    back = hint("To have it back: `/papers digest on`")
    lead = rich(user(digest.set_by), text(line))
    return Message(f"<@{digest.set_by}>{line}", [lead, back, *_undo(digest)])


def round_ups_set(digest: Digest, round_ups: Sequence[RoundUp], slot: Slot) -> Message:
    """What the whole channel reads when somebody wants a round-up, or wants it no longer."""
    mine = [each for each in round_ups if each.slot is slot]
    others = [each for each in round_ups if each.slot is not slot]
    said = " ".join(sentences(mine, digest.schedule))
    line = f" set {_NAMES[slot]} here: {said}" if mine else f" turned {_NAMES[slot]} off here."
    return _set(digest, line, others, daily=True)


def undone(digest: Digest, round_ups: Sequence[RoundUp]) -> Message:
    """What the whole channel reads when somebody takes the last change back."""
    return _set(digest, " took the last change of the digest here back.", round_ups, daily=True)


def not_undone(digest: Digest, round_ups: Sequence[RoundUp]) -> Message:
    """For whoever would take back what somebody changed again since."""
    lead = "Somebody changed the digest after that, so I left it as it is now."
    said = [lead, _daily(digest), *sentences(round_ups, digest.schedule)]
    return Message(fallback(*said).replace("`", ""), [prose(*said)])


def _set(
    digest: Digest,
    line: str,
    round_ups: Sequence[RoundUp],
    *,
    daily: bool = False,
    echo: str = "",
) -> Message:
    """Who did what, how things are now, and the way back."""
    now = [*([_daily(digest)] if daily else []), *sentences(round_ups, digest.schedule)]
    more = [*([echo] if echo else []), *now]
    lead = rich(user(digest.set_by), *runs(line))
    beside = [prose(*more)] if more else []
    told = escape("\n".join([line, *more]))
    blocks = [lead, *beside, hint(HOW_TO_CHANGE), *_undo(digest)]
    return Message(f"<@{digest.set_by}>{told}", blocks)


def _undo(digest: Digest) -> list[Block]:
    """The way back from the change that was just made."""
    return [actions(button("Undo", "undo_digest", str(digest.change)))] if digest.change else []


def _daily(digest: Digest) -> str:
    if digest.next_due_at is None:
        return f"The daily digest is off here. When it is on: {terms(digest)}."
    return f"The daily digest is on here: {state(digest)}"


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
    nothing = f"Nothing on {clip(edition.only, TOPICS_LIMIT)} today. " if edition.only else ""
    why = f"{nothing}{why_empty(edition)}"
    blocks = [rich(text(f"{title}.", bold=True)), context(why), *exits(edition)]
    return Message(fallback(f"{title}. {why}"), blocks)


def _switched_off(digest: Digest | None, round_ups: Sequence[RoundUp] = ()) -> Message:
    line = "The daily digest is off here."
    usual = f"{words.count(DEFAULT_SIZE, 'paper')} at 09:00 in your zone, Monday to Friday"
    wanted = terms(digest) if digest else usual
    more = sentences(round_ups, digest.schedule) if digest else []
    on = actions(button("Turn it on", "turn_digest_on", primary=True))
    looks = refused(digest) if digest else ""
    said = [line, f"When it is on: {wanted}.", *([looks] if looks else []), *more]
    return Message("\n".join([line, *more]), [prose(*said), on])


_NAMES = {
    Slot.WEEKLY: "the weekly",
    Slot.MONTHLY: "the monthly",
    Slot.SECOND_LOOK: "follow-ups",
}
