"""Alerts: new papers on topics, for one person's eyes alone or for a channel that follows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.blocks import words
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
    paragraph,
)
from bot.blocks.matches import QUERY_LIMIT, Match, in_brief, shown
from bot.blocks.topic_menu import topic_menu

TOPICS = 8  # named in one alert: their heads and exits leave room for papers


@dataclass(frozen=True, slots=True)
class Told:
    """One topic in an alert: its papers, and how many are only counted."""

    subscription_id: int
    topic: str
    papers: Sequence[Match]
    rest: int = 0
    name: str = ""  # what its owner calls it
    of_versions: bool = False  # later versions of papers, not new ones

    @property
    def count(self) -> int:
        """The papers shown and those only counted."""
        return len(self.papers) + self.rest


def alert(told: Sequence[Told], delivery_id: str, *, in_channel: bool = False) -> Message:
    """New papers under the topics they match, each with its way out, if it is one person's.

    Papers that do not fit are counted with the rest, and one tap away.
    """
    named = told[:TOPICS]
    papers = [each for topic in named for each in topic.papers]
    groups = [shown(each, share=in_channel) for each in papers]
    total = sum(each.count for each in told)
    around = flat(_topic(each, [], each.count, in_channel=in_channel) for each in named)
    tail = [_followed_here()] if in_channel else []
    fitting = fit(groups, [*around, *tail, _show(total, delivery_id, total)])
    left = total - fitting
    more = [_show(left, delivery_id, fitting)] if left else []
    cards = iter(groups[:fitting])
    blocks: list[Block] = []
    for each in named:
        mine = list(islice(cards, len(each.papers)))
        blocks += _topic(each, mine, each.count - len(mine), in_channel=in_channel)
    lines = [in_brief(each) for each in papers[:fitting]]
    return Message(fallback(_subject(told), *lines), [*blocks, *tail, *more])


def rest(page: Sequence[Match], delivery_id: str, start: int, total: int) -> Message:
    """What an alert only counted, from its paper number `start` on, as far as it fits; then *More*.

    `page` begins with that paper; there are `total` in the alert, those shown at once included.
    """
    if not page:
        line = "There is nothing more to show."
        return Message(line, [context(line)])
    groups = [shown(each) for each in page]
    fitting = fit(groups, [_more(total, delivery_id, total)])
    after = start + fitting
    more = [_more(total - after, delivery_id, after)] if after < total else []
    lines = [in_brief(each) for each in page[:fitting]]
    return Message(fallback(*lines), [*flat(groups[:fitting]), *more])


def _subject(told: Sequence[Told]) -> str:
    """`7 new papers on diffusion policy`, `2 new papers and 1 new version on 3 topics`."""
    topics = {each.subscription_id: each.name or each.topic for each in told}
    about = next(iter(topics.values())) if len(topics) == 1 else words.count(len(topics), "topic")
    new = sum(each.count for each in told if not each.of_versions)
    later = sum(each.count for each in told if each.of_versions)
    counts = [(new, "new paper"), (later, "new version")]
    return f"{words.listed([words.count(*each) for each in counts if each[0]])} on {about}"


def _topic(
    told: Told, papers: Iterable[Sequence[Block]], left: int, *, in_channel: bool
) -> list[Block]:
    """One topic: how many papers, those shown, the rule that fired and its exits."""
    query = clip(told.topic, QUERY_LIMIT)
    rule = f"{told.name}: {query}" if told.name else query
    more = f" ({left:,} more)" if left else ""
    if in_channel:
        last = context(f"This channel follows: {rule}{more}")
    else:
        menu = topic_menu("topic_menu", told.subscription_id)
        last = paragraph(f"You follow: {rule}{more}", menu)
    return [header(_subject([told])), *flat(papers), last]


def _followed_here() -> Block:
    return hint("Followed in this channel; `/papers list #channel` shows its topics.")


def _show(left: int, delivery_id: str, start: int) -> Block:
    """The way to the rest. The button says where in the alert's papers it begins."""
    return actions(button(f"Show {left:,} more", "show_rest", f"{delivery_id}:{start}"))


def _more(left: int, delivery_id: str, start: int) -> Block:
    return actions(button(f"More ({left:,} left)", "rest_more", f"{delivery_id}:{start}"))
