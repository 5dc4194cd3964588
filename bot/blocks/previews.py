"""A topic tried out before anything is stored: what it would have sent, and what lies beside it."""

from collections.abc import Callable, Iterator, Sequence

from bot.blocks import words
from bot.blocks.channel_topics import carried as carried_in_channel
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    channel,
    context,
    fallback,
    prose,
    rich,
    rows,
    text,
)
from bot.blocks.papers import line
from bot.blocks.subscriptions import carried
from bot.domain.backtest import MANY, Offer, Preview, Volume
from bot.domain.subscription import Wish

MEANT = "Did you mean"
WEEKLY_FROM = 8  # papers; of fewer, weeks say nothing


def personal(tried: Preview) -> Message:
    """For one person, who alone sees it."""
    named = f" You call it {tried.wish.name}." if tried.wish.name else ""
    when = f"I tell you in a direct message, {words.terms(tried.wish)}.{named} Nobody else sees it."
    already = "You follow this already. " if tried.known else ""
    label = "Update" if tried.known else "Subscribe"
    buttons = [
        button(label, "subscribe", carried(tried.wish), primary=True),
        *_ways(tried, "", carried),
        button("Edit", "edit_preview", carried(tried.wish)),
        button("Cancel", "cancel_subscription"),
    ]
    return _message([text("I read this as ")], tried, already + when, buttons)


def for_channel(channel_id: str, tried: Preview) -> Message:
    """For a channel; the person who tries it alone sees it."""
    when = f"I post there, {words.terms(tried.wish)}, and say that it was you who wanted it."
    already = "It follows this already. " if tried.known else ""
    label = "Update" if tried.known else "Subscribe"

    def carry(wish: Wish) -> str:
        return carried_in_channel(channel_id, wish)

    buttons = [
        button(label, "follow_in_channel", carry(tried.wish), primary=True),
        *_ways(tried, "_in_channel", carry),
        button("Cancel", "cancel_subscription"),
    ]
    lead = [text("For "), channel(channel_id), text(" I read this as ")]
    return _message(lead, tried, already + when, buttons)


def told(volume: Volume) -> str:
    """`It would have sent 14 papers in the last 30 days, about 3 a week.`"""
    if not volume.papers:
        return f"It would have sent nothing in the last {words.count(volume.days, 'day')}."
    about = "" if volume.is_exact else "about "
    pace = words.pace(volume.papers, volume.days)
    by_week = ", ".join(f"{each:,}" for each in reversed(volume.weeks))
    weeks = f" (week by week: {by_week})" if volume.papers >= WEEKLY_FROM and by_week else ""
    sent = f"{about}{words.count(volume.papers, 'paper')}"
    said = f"{sent} in the last {words.count(volume.days, 'day')}"
    return f"It would have sent {', '.join(filter(None, [said, pace]))}{weeks}."


def _message(lead: Sequence[Block], tried: Preview, when: str, buttons: Sequence[Block]) -> Message:
    said = [*_slips(tried), told(tried.volume), *_muted(tried), *_warning(tried.volume)]
    shown = [rows(line(each, "• ") for each in tried.examples)] if tried.examples else []
    offers = [_offered(name, offer) for name, offer in _offers(tried)]
    blocks = [
        rich(*lead, text(tried.wish.text, code=True), text(".")),
        prose(*said),
        *([context("The latest:")] if tried.volume.papers > len(tried.examples) > 0 else []),
        *shown,
        *([rows(offers)] if offers else []),
        context(when),
        actions(*buttons),
    ]
    titles = [f"• {words.in_brief(each)}" for each in tried.examples]
    plain = [sentence.replace("`", "") for sentence in said]
    beside = ["".join(part["text"] for part in offer) for offer in offers]
    lines = [f"I read this as {tried.wish.text}. {plain[0]}", *plain[1:], *titles, *beside, when]
    return Message(fallback(*lines), blocks)


def _slips(tried: Preview) -> list[str]:
    """Which words are known to no paper."""
    if not tried.unknown:
        return []
    named = words.listed([f"`{word}`" for word in tried.unknown])
    return [f"No paper here has {named}."]


def _muted(tried: Preview) -> list[str]:
    """How many are not counted, since whoever tries it mutes them."""
    if not tried.muted:
        return []
    about, match = "" if tried.volume.is_exact else "About ", "es" if tried.muted == 1 else ""
    return [f"{about}{tried.muted:,} more match{match} it that you mute."]


def _warning(volume: Volume) -> list[str]:
    if not volume.is_too_much:
        return []
    return [f"That is more than {MANY} papers a day. Narrow it, or have it gathered with `daily`."]


def _offers(tried: Preview) -> Iterator[tuple[str, Offer]]:
    """What else may be meant, each under the word that is on its button."""
    for name, offer in (
        (MEANT, tried.corrected),
        ("Narrower", tried.narrower),
        ("Broader", tried.broader),
    ):
        if offer is not None:
            yield name, offer


def _offered(name: str, offer: Offer) -> list[Block]:
    about = "" if offer.volume.is_exact else "about "
    volume = f", {about}{words.count(offer.volume.papers, 'paper')}"
    return [text(f"{name}: "), text(offer.wish.text, code=True), text(volume)]


def _ways(tried: Preview, where: str, carry: Callable[[Wish], str]) -> list[Block]:
    """A button for each offer: it is tried in its turn."""
    return [
        button(
            f"Use {offer.wish.text}" if name == MEANT else name,
            f"try_{name.lower().replace(' ', '_')}{where}",
            carry(offer.wish),
        )
        for name, offer in _offers(tried)
    ]
