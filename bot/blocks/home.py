"""The Home tab: my topics, my digest, my saved papers, the channels' digests, the day's best."""

from collections.abc import Sequence

from bot.blocks import own_digest, words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    actions,
    button,
    context,
    divider,
    flat,
    header,
    hint,
    paragraph,
    ruled,
)
from bot.blocks.lists import NO_PAPERS
from bot.blocks.papers import entry
from bot.blocks.saved import at_home
from bot.blocks.status import upcoming
from bot.blocks.topic_menu import topic_menu
from bot.domain.digest import Digest
from bot.domain.paper import Listing
from bot.domain.reader import Hours
from bot.domain.subscription import Subscription

LISTED = 10  # topics; with all else below the hundred blocks of a tab
BEST = 3
QUERY_LIMIT = 200


def home(
    subscriptions: Sequence[Subscription],
    digests: Sequence[Digest],
    best: Sequence[Listing],
    hours: Hours,
    saved: Sequence[Listing] = (),
    saved_count: int = 0,
    own: Digest | None = None,
) -> Block:
    """What one person sees on their Home tab; long lists end with a line that says so."""
    blocks = [
        *_topics(subscriptions, hours),
        divider(),
        *own_digest.at_home(own, hours),
        divider(),
        *at_home(saved, saved_count),
        divider(),
        header("Channel digests"),
        upcoming(digests, hours.zone),
        divider(),
        *_best(best),
    ]
    return {"type": "home", "blocks": blocks}


def _topics(subscriptions: Sequence[Subscription], hours: Hours) -> list[Block]:
    title = header("Your topics")
    follow = actions(button("Follow a topic", "open_follow_topic", primary=True))
    if not subscriptions:
        lead = "You follow no topic yet. Name one, and I tell you when a paper on it appears."
        return [title, context(lead), follow]
    left = len(subscriptions) - LISTED
    more = [hint(f"{left:,} more: `/papers list` shows them all.")] if left > 0 else []
    return [title, *(_topic(each, hours) for each in subscriptions[:LISTED]), *more, follow]


def _topic(subscription: Subscription, hours: Hours) -> Block:
    menu = topic_menu("topic_menu_at_home", subscription.id)
    wish = subscription.wish
    called = f"{wish.name}: " if wish.name else ""
    said = words.terms(wish, hours.at)
    if subscription.paused_until:
        said = f"{said}, {words.paused(subscription.paused_until, hours.zone)}"
    return paragraph(f"{called}{clip(wish.text, QUERY_LIMIT)}\n{said}", menu)


def _best(best: Sequence[Listing]) -> list[Block]:
    if not best:
        return [header("Most voted"), context(NO_PAPERS)]
    title = header(f"Most voted, {words.day(best[0].day)}")
    return [title, *flat(ruled(entry(each)) for each in best[:BEST])][:-1]
