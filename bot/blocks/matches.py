"""A paper in an alert: what of it matched, or where its reader has seen it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.blocks import words
from bot.blocks.graphemes import around, clip
from bot.blocks.kit import Block, channel, link, rich, ruled, text
from bot.blocks.paper_controls import controls
from bot.blocks.papers import SUMMARY_LIMIT, TITLE_LIMIT, entry
from bot.domain.matched import Matched
from bot.domain.paper import Listing, Paper
from bot.domain.sentences import Excerpt
from bot.domain.votes import Tally

QUERY_LIMIT = 200  # no query is longer, written out
NAMES = 3  # of authors asked for
NAME_LIMIT = 80
BOLD_WORDS = 12  # in one sentence


@dataclass(frozen=True, slots=True)
class Posting:
    """A message that showed a paper."""

    channel_id: str  # empty: it was the reader's own digest
    url: str


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that matched a topic, and what to say of it."""

    listing: Listing
    matched: Matched = field(default_factory=Matched)
    topic: str = ""  # where no head above it names the topic
    also: Sequence[str] = ()  # other topics of the same reader
    posted: Posting | None = None  # in a channel of the reader's
    tally: Tally | None = None  # the workspace's votes
    version: int = 0  # where it is told because of that


def shown(match: Match, *, share: bool = False) -> list[Block]:
    """A card with the matched words in bold; one line where the reader was shown it.

    Only in a channel is there anybody to `share` it with.
    """
    if match.posted:
        return [_already(match.posted, match.listing.paper)]
    return ruled(
        entry(
            match.listing,
            lead=f"v{match.version} of " if match.version else "",
            reason=_reason(match),
            bold=match.matched.title,
            said=list(said(match.listing.paper, match.matched)),
            buttons=controls(match.listing.paper.id, match.tally, share=share),
        )
    )


def in_brief(match: Match) -> str:
    """The paper in one line without links."""
    brief = words.in_brief(match.listing)
    if match.version:
        return f"v{match.version} of {brief}"
    return f"Already in {_where(match.posted)}: {brief}" if match.posted else brief


def _already(posting: Posting, paper: Paper) -> Block:
    where = channel(posting.channel_id) if posting.channel_id else text(_where(posting))
    title = link(posting.url, clip(paper.title, TITLE_LIMIT))
    taken_back = [text(f" ({words.withdrawn(paper)})")] if paper.withdrawn else []
    return rich(text("Already in "), where, text(": "), title, *taken_back)


def _where(posting: Posting) -> str:
    return "a channel" if posting.channel_id else "your digest"


def _reason(match: Match) -> str:
    """`matches agents · also matches: rag, robots`."""
    here = f"matches {clip(match.topic, QUERY_LIMIT)}" if match.topic else ""
    others = f"also matches: {', '.join(match.also)}" if match.also else ""
    return " · ".join(filter(None, [here, others]))


def said(paper: Paper, matched: Matched) -> Iterator[Block]:
    """The authors asked for, and the sentence that matched; nothing where neither did."""
    if not matched.authors and not matched.excerpt:
        return
    if matched.authors:
        yield from _by(matched.authors, len(paper.authors))
    summary = clip(paper.tldr or paper.abstract, SUMMARY_LIMIT)
    if matched.excerpt:
        yield from _sentence(matched.excerpt)
    elif summary:
        yield text(summary)


def _by(asked_for: Sequence[str], authors: int) -> Iterator[Block]:
    """`by Yann LeCun and 3 others`, the names asked for in bold."""
    named = [clip(each, NAME_LIMIT) for each in asked_for[:NAMES]]
    others = authors - len(named)
    yield text("by ")
    yield text(", ".join(named), bold=True)
    yield text(f" and {words.count(others, 'other')}\n" if others else "\n")


def _sentence(excerpt: Excerpt) -> Iterator[Block]:
    """A sentence, cut around its first match; what matched is bold."""
    start, end = around(excerpt.text, excerpt.spans[0], SUMMARY_LIMIT)
    at = start
    if start:
        yield text("… ")
    for first, last in excerpt.spans[:BOLD_WORDS]:
        if at < first < end:
            yield text(excerpt.text[at:first])
        if first < end:
            yield text(excerpt.text[first : min(last, end)], bold=True)
            at = min(last, end)
    if at < end:
        yield text(excerpt.text[at:end])
    if end < len(excerpt.text):
        yield text("…")
