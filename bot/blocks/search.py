"""Answers to a search."""

from collections.abc import Iterator, Mapping

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
    packed,
    rich,
    text,
)
from bot.blocks.matches import said
from bot.blocks.paper_controls import NO_VOTES, controls
from bot.blocks.papers import entry
from bot.domain.results import Hit, Results
from bot.domain.votes import Tally

QUERY_LIMIT = 200  # no query is longer; a pasted link may be


def results(
    found: Results, tallies: Mapping[str, Tally] = NO_VOTES, *, literally: bool = False
) -> Message:
    """One page of search hits with a workspace's votes; *More* replaces it in place.

    `literally` says that nothing was corrected because somebody asked for that.
    """
    head = _head(found)
    groups = [
        numbered(hit, place, tallies.get(hit.listing.paper.id))
        for place, hit in enumerate(found.hits, start=found.start + 1)
    ]
    shown = fit(groups, [*head, *_ways_on(found, found.start, literally=literally)])
    lines = [
        f"{place}. {words.in_brief(hit.listing)}"
        for place, hit in enumerate(found.hits[:shown], start=found.start + 1)
    ]
    tail = _ways_on(found, found.start + shown, literally=literally)
    return Message(fallback(_subject(found), *lines), [*head, *flat(groups[:shown]), *tail])


def nothing_found(found: Results, *, literally: bool = False, elsewhere: bool = False) -> Message:
    """No hit, and what to do about it; to look `elsewhere` is one way, where that is possible."""
    asked, other = clip(found.query, QUERY_LIMIT), clip(found.corrected, QUERY_LIMIT)
    also = [text(", nor for "), text(other, code=True)] if other else []
    head = rich(text("Nothing found for "), text(asked, code=True), *also, text("."))
    advice = "Try fewer or other words, or follow the topic: I tell you when a paper on it comes."
    said = f"Nothing found for {asked}" + (f", nor for {other}" if other else "")
    return Message(
        fallback(f"{said}. {advice}"),
        [head, context(advice), *_ways_out(found, literally=literally, elsewhere=elsewhere)],
    )


def _head(found: Results) -> list[Block]:
    """What was searched for; where that is not what was typed, the way back to it."""
    asked = text(clip(found.query, QUERY_LIMIT), code=True)
    if not found.corrected:
        return [rich(text("Results for "), asked)]
    searched = text(clip(found.corrected, QUERY_LIMIT), code=True)
    said = rich(
        text("Showing results for "), searched, text(". Search instead for "), asked, text(".")
    )
    if len(found.query) > QUERY_LIMIT:
        return [said]
    value = packed(q=found.query, start=0, literally=1)
    return [said, actions(button("Search instead", "search_instead", value))]


def _subject(found: Results) -> str:
    asked = clip(found.query, QUERY_LIMIT)
    if not found.corrected:
        return f"Results for {asked}:"
    return f"Showing results for {clip(found.corrected, QUERY_LIMIT)}, not for {asked}:"


def numbered(hit: Hit, place: int, tally: Tally | None) -> list[Block]:
    """A paper with the words asked for in bold, when it came out, and what else brought it."""
    paper = hit.listing.paper
    published = words.full_date(paper.published) if paper.published else ""
    where = words.source(hit.listing.source)
    foreign = "" if hit.is_stored else f"on {where}, not stored here"
    return entry(
        hit.listing,
        number=place,
        reason=" · ".join(filter(None, [published, hit.why, foreign])),
        bold=hit.matched.title,
        said=list(said(paper, hit.matched)),
        buttons=controls(paper.id, tally) if hit.is_stored else (),
        is_stored=hit.is_stored,
    )


def _ways_on(found: Results, end: int, *, literally: bool) -> list[Block]:
    """The rest of the hits, and the same words as a subscription."""
    if len(found.query) > QUERY_LIMIT:
        return []
    left = found.total - end
    as_typed = {"literally": 1} if literally else {}
    value = packed(q=found.query, start=end, **as_typed)
    more = button(f"More ({left:,}{'+' if found.is_capped else ''} left)", "search_more", value)
    return [actions(*([more] if left > 0 else []), *follow(found.corrected or found.query))]


def _ways_out(found: Results, *, literally: bool, elsewhere: bool) -> list[Block]:
    """What finds something instead, and the same words as a subscription."""
    look = _look(found.query) if elsewhere else []
    ways = [*_other_searches(found, literally=literally), *look, *follow(found.query)]
    return [actions(*ways)] if ways else []


def _look(query: str) -> list[Block]:
    if len(query) > QUERY_LIMIT:
        return []
    return [button("Look on Hugging Face", "look_elsewhere", packed(q=query))]


def _other_searches(found: Results, *, literally: bool) -> Iterator[Block]:
    if literally and len(found.query) <= QUERY_LIMIT:
        value = packed(q=found.query, start=0)
        yield button("Correct the spelling", "search_corrected", value, primary=True)
    if found.broader and len(found.broader) <= QUERY_LIMIT:
        value = packed(q=found.broader, start=0)
        yield button(f"Search for {found.broader}", "search_broader", value)


def follow(query: str) -> list[Block]:
    """The button that makes a subscription of a query, where it is not too long for one."""
    if len(query) > QUERY_LIMIT:
        return []
    return [button("Subscribe to this", "preview_subscription", packed(q=query))]
