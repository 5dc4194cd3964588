"""Alerts: new papers on the topics that one person follows, for their eyes alone."""

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
    overflow,
    paragraph,
    ruled,
)
from bot.blocks.papers import Span, entry
from bot.domain.paper import Listing

QUERY_LIMIT = 200  # no query is longer, written out
TOPICS = 8  # named in one alert: their heads and exits leave room for papers


@dataclass(frozen=True, slots=True)
class Told:
    """One topic in an alert: its papers with the matched places of their titles."""

    subscription_id: int
    topic: str
    papers: Sequence[tuple[Listing, Sequence[Span]]]
    rest: int = 0

    @property
    def count(self) -> int:
        """The papers shown and those only counted."""
        return len(self.papers) + self.rest


def alert(told: Sequence[Told], delivery_id: str) -> Message:
    """The direct message: new papers under the topics they match, each with its way out.

    Papers that do not fit are counted; the topics they match still carry their exits.
    """
    named = told[:TOPICS]
    papers = [each for topic in named for each in topic.papers]
    groups = [ruled(entry(paper, bold=bold)) for paper, bold in papers]
    rest = sum(each.rest for each in told)
    more = [actions(button(f"Show {rest:,} more", "show_rest", delivery_id))] if rest else []
    around = flat(_topic(each, []) for each in named)
    shown = fit(groups, [*around, _left_out(len(told)), *more])
    left = sum(len(each.papers) for each in told) - shown
    fitting = iter(groups[:shown])
    blocks = flat(_topic(each, islice(fitting, len(each.papers))) for each in named)
    titles = [words.in_brief(paper) for paper, _ in papers[:shown]]
    tail = [_left_out(left)] if left else []
    return Message(fallback(_subject(told), *titles), [*blocks, *tail, *more])


def rest(papers: Sequence[Listing]) -> Message:
    """The papers that an alert only counted."""
    if not papers:
        line = "There is nothing more to show."
        return Message(line, [context(line)])
    groups = [ruled(entry(each)) for each in papers]
    shown = fit(groups, [_left_out(len(groups))])
    tail = [_left_out(len(groups) - shown)] if shown < len(groups) else []
    lines = [words.in_brief(each) for each in papers[:shown]]
    return Message(fallback(*lines), [*flat(groups[:shown]), *tail])


def _subject(told: Sequence[Told]) -> str:
    """`7 new papers on diffusion policy`, or on so many topics."""
    topic = told[0].topic if len(told) == 1 else words.count(len(told), "topic")
    return f"{words.count(sum(each.count for each in told), 'new paper')} on {topic}"


def _topic(told: Told, papers: Iterable[Sequence[Block]]) -> list[Block]:
    """One topic: how many papers, those shown, the rule that fired and its exit."""
    more = f" ({told.rest:,} more)" if told.rest else ""
    menu = overflow("leave_topic", [("Unsubscribe", str(told.subscription_id))])
    return [
        header(_subject([told])),
        *flat(papers),
        paragraph(f"You follow: {clip(told.topic, QUERY_LIMIT)}{more}", menu),
    ]


def _left_out(count: int) -> Block:
    return hint(f"{count:,} more did not fit in here; `/papers search` finds them.")
