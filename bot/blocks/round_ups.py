"""A week, a month or a second look as a channel sees it: what nobody here saw comes first."""

from collections.abc import Iterable, Mapping, Sequence

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    Message,
    context,
    fallback,
    fit,
    flat,
    header,
    link,
    rich,
    rows,
    ruled,
    text,
)
from bot.blocks.paper_controls import NO_VOTES, controls
from bot.blocks.papers import TITLE_LIMIT, entry
from bot.blocks.receipts import receipt, why_empty
from bot.blocks.trends import short_names
from bot.domain.digest import Edition
from bot.domain.paper import Listing
from bot.domain.round_ups import Slot
from bot.domain.spans import Basis, Share, Span
from bot.domain.votes import Tally

AGAIN = "Second look: risen after we passed on them"
BEFORE = "Shown here before"
_BASES = {
    Basis.TOPICS: "topics",
    Basis.KEYWORDS: "frequent keywords",
    Basis.CATEGORIES: "arXiv's categories",
    Basis.TITLES: "frequent words of titles",
}


def round_up(
    edition: Edition,
    span: Span,
    listings: Sequence[Listing],
    tallies: Mapping[str, Tally] = NO_VOTES,
    seen: Sequence[Listing] = (),
    links: Mapping[str, str] | None = None,
) -> Message:
    """One edition over several days; `links` leads to where those that were `seen` were shown."""
    if not listings and not seen:
        return _empty(edition, span)
    groups = _papers(edition, span, listings, tallies)
    below = [*_seen(seen, links or {}), *_shares(span)]
    lead = _lead(span, len(listings), len(seen))
    around = [
        header(_title(edition, span)),
        context(lead),
        *below,
        context(receipt(edition, len(listings))),
    ]
    count = fit(groups, around)
    told = lines(edition, span, listings[:count], seen)
    blocks = [
        header(told[0]),
        context(_lead(span, count, len(seen))),
        *flat(groups[:count]),
        *below,
        context(receipt(edition, count)),
    ]
    return Message(fallback(*told), blocks)


def lines(
    edition: Edition, span: Span, listings: Sequence[Listing], seen: Sequence[Listing] = ()
) -> list[str]:
    """The same without blocks or escapes: a title, then a paper a line."""
    papers = [f"{place}. {words.in_brief(each)}" for place, each in enumerate(listings, start=1)]
    return [_title(edition, span), *papers, *(f"{BEFORE}: {words.in_brief(each)}" for each in seen)]


def _title(edition: Edition, span: Span) -> str:
    match edition.slot:
        case Slot.MONTHLY:
            return f"The best of {span.first:%B} {span.first.year}"
        case Slot.SECOND_LOOK:
            return f"A second look, {words.day(edition.local_date)}"
    return f"The week to {words.day(span.last)}"


def _lead(span: Span, new: int, seen: int) -> str:
    again = len(span.risers)
    parts = [
        f"{words.count(new - again, 'paper')} that nobody here has seen" if new > again else "",
        f"{again} that rose after a digest passed on them" if again > 1 else "",
        "1 that rose after a digest passed on it" if again == 1 else "",
        f"{seen} shown here before, in short" if seen else "",
    ]
    told = words.listed([part for part in parts if part])
    return f"{told[0].upper()}{told[1:]}; votes as last read." if told else "Votes as last read."


def _papers(
    edition: Edition, span: Span, listings: Sequence[Listing], tallies: Mapping[str, Tally]
) -> list[list[Block]]:
    """A group of blocks for each paper; the first of the second look has its title above it."""
    picks = {pick.paper_id: pick for pick in edition.picks}
    groups: list[list[Block]] = []
    is_second = edition.slot == Slot.SECOND_LOOK  # its own title says so
    for place, each in enumerate(listings, start=1):
        pick = picks.get(each.paper.id)
        shown = ruled(
            entry(
                each,
                number=place,
                reason=pick.reason if pick else "",
                buttons=controls(each.paper.id, tallies.get(each.paper.id)),
            )
        )
        if each.paper.id in span.risers and not is_second:
            is_second = True
            shown = [rich(text(AGAIN, bold=True)), *shown]
        groups.append(shown)
    return groups


def _seen(seen: Sequence[Listing], links: Mapping[str, str]) -> list[Block]:
    """What the channel saw, a line each, with the way to the message that showed it."""
    if not seen:
        return []
    found = [_seen_row(each, links.get(each.paper.id, "")) for each in seen]
    return [rows([[text(BEFORE, bold=True)], *found])]


def _seen_row(listing: Listing, url: str) -> list[Block]:
    title = link(listing.paper.url, clip(listing.paper.title, TITLE_LIMIT))
    votes = words.votes(listing)
    parts = [text("• "), title, text(f" · {votes}" if votes else "")]
    return [*parts, text(" · "), link(url, "the message")] if url else parts


def _shares(span: Span) -> list[Block]:
    """Papers and votes by topic, drawn; and in words, where a workspace takes no charts."""
    if not span.shares:
        return []
    names = list(short_names(each.topic for each in span.shares))
    charts = [
        _chart(f"{noun} by {_BASES[span.basis]}".capitalize(), noun, names, values)
        for noun, values in (
            ("papers", [each.papers for each in span.shares]),
            ("votes", [each.votes for each in span.shares]),
        )
        if any(values)
    ]
    return [*charts, context(_in_words(span))]


def _chart(title: str, noun: str, names: Sequence[str], values: Iterable[int]) -> Block:
    """Bars of one kind (docs: data visualization block)."""
    points = [{"label": name, "value": value} for name, value in zip(names, values, strict=True)]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": "bar",
            "series": [{"name": noun, "data": points}],
            "axis_config": {"categories": list(names), "y_label": noun},
        },
    }


def _in_words(span: Span) -> str:
    told = "; ".join(_share(each) for each in span.shares)
    papers = words.count(span.counted, "paper")
    return f"By {_BASES[span.basis]}, of {papers}; one may count for several. {told}."


def _share(share: Share) -> str:
    papers, votes = words.count(share.papers, "paper"), words.count(share.votes, "vote")
    return f"{clip(share.topic, TITLE_LIMIT)}: {papers}, {votes}"


def _empty(edition: Edition, span: Span) -> Message:
    """Days without papers say why."""
    title, why = f"{_title(edition, span)}: no new papers.", why_empty(edition)
    return Message(fallback(title, why), [rich(text(title, bold=True)), context(why)])
