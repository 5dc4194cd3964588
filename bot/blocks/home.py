"""The Home tab: the next digests, my topics, and where to begin."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks import words
from bot.blocks.alerts import LISTED
from bot.blocks.kit import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    overflow,
    rich,
    section,
    text,
)
from bot.blocks.papers import entry
from bot.domain.digest import ChannelDigest
from bot.domain.paper import Listing
from bot.domain.subscription import Subscription

BEST = 3


def home(
    subscriptions: Sequence[Subscription],
    digests: Sequence[ChannelDigest],
    best: Sequence[Listing],
    zone: ZoneInfo,
) -> Block:
    """What one person sees on their Home tab; long lists end with a line that says so."""
    return {
        "type": "home",
        "blocks": [
            header("Daily Papers"),
            *_topics(subscriptions),
            divider(),
            *_digests(digests, zone),
            divider(),
            *_best(best),
        ],
    }


def _topics(subscriptions: Sequence[Subscription]) -> list[Block]:
    follow = actions(button("Follow a topic", "open_follow_topic", primary=True))
    if not subscriptions:
        lead = "You follow no topic yet. Name one, and I tell you when a paper on it appears."
        return [section("*Your topics*"), context(lead), follow]
    rows = [block for each in subscriptions[:LISTED] for block in _topic(each)]
    left = len(subscriptions) - LISTED
    tail = [context(f"{left} more: /papers list shows them all.")] if left > 0 else []
    return [section("*Your topics*"), *rows, *tail, follow]


def _topic(subscription: Subscription) -> list[Block]:
    row = rich(text(subscription.wish.text, code=True), text(f"  {subscription.wish.cadence}"))
    menu = overflow("leave_topic_at_home", [("Unsubscribe", str(subscription.id))])
    return [row, actions(menu)]


def _digests(digests: Sequence[ChannelDigest], zone: ZoneInfo) -> list[Block]:
    lines = [
        f"<#{each.channel_id}> next: {words.moment(each.next_due_at, zone)}"
        for each in digests[:LISTED]
        if each.next_due_at
    ]
    nothing = "No channel has a digest yet. In a channel, type `/papers digest on`."
    return [section("*Channel digests*"), section("\n".join(lines) or nothing)]


def _best(best: Sequence[Listing]) -> list[Block]:
    if not best:
        return [context("No papers yet. They come in during the day.")]
    day = words.day(best[0].day)
    papers = [block for each in best[:BEST] for block in entry(each)]
    return [section(f"*Most voted, {day}*"), *papers]
