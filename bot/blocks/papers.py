"""One paper, the same everywhere: in a list, on a card, among search results."""

import json
from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.kit import (
    VALUE_LIMIT,
    Block,
    Message,
    actions,
    button,
    clip,
    context,
    fit,
    link,
    link_button,
    rich,
    section,
    text,
)
from bot.domain.paper import Listing, Paper

TITLE_LIMIT = 250
SUMMARY_LIMIT = 280
ABSTRACT_LIMIT = 2900
OUR_NAME = "Daily Papers"

Span = tuple[int, int]


def entry(
    listing: Listing,
    *,
    number: int | None = None,
    reason: str = "",
    bold: Sequence[Span] | None = None,
    buttons: Sequence[Block] = (),
) -> list[Block]:
    """A paper in a list. `bold` are the matched places of its title; without them all is bold."""
    paper = listing.paper
    lead = [text(f"{number}. ")] if number else []
    summary = brief(paper)
    tail = [text(f"\n{summary}")] if summary else []
    facts = words.facts(listing)
    extra = "" if reason in facts else reason  # votes are among the facts already
    grey = " · ".join(part for part in (facts, _mark(paper), extra) if part)
    abstract = button("Abstract", "open_abstract", paper.id)
    return [
        rich(*lead, *_title(paper, bold), *tail),
        *([context(grey)] if grey else []),
        actions(abstract, *buttons),
    ]


def card(listing: Listing) -> list[Block]:
    """Everything about one paper."""
    paper = listing.paper
    dates = [f"published {words.full_date(paper.published)}"] if paper.published else []
    dates.append(f"on {source_name(listing.source)} {words.full_date(listing.day)}")
    return [
        rich(link(paper.url, clip(paper.title, TITLE_LIMIT), bold=True)),
        context(clip(words.authors(paper.authors, shown=12), 600) or "Authors unknown"),
        context(" · ".join(filter(None, [words.facts_without_authors(listing), *dates]))),
        *_reading(paper),
        *_links(listing),
    ]


def card_message(listing: Listing) -> Message:
    """The card as an answer of its own."""
    share = button("Share in this channel", "share_paper", listing.paper.id)
    blocks = [*card(listing), actions(share)]
    return Message(f"{listing.paper.title} {listing.paper.url}", blocks)


def shared(listing: Listing, user_id: str) -> Message:
    """A paper that somebody shows to their channel."""
    lead = section(f"<@{user_id}> shared a paper")
    return Message(f"Shared: {listing.paper.title}", [lead, *entry(listing)])


def results(
    query: str, found: Sequence[Listing], *, start: int, total: int, correction: str = ""
) -> Message:
    """One page of search hits; *More* replaces it in place."""
    head = [rich(text("Results for "), text(query, code=True))]
    if correction:
        head.append(context(correction))
    groups = [
        entry(
            each,
            number=start + place,
            buttons=[button("Share", "share_paper", each.paper.id)],
        )
        for place, each in enumerate(found, start=1)
    ]
    shown = fit(groups, [*head, _after(query, start, len(found), total)])
    end = start + shown
    lines = "\n".join(
        f"{start + place}. {each.paper.title}" for place, each in enumerate(found[:shown], start=1)
    )
    blocks = [*head, *(block for group in groups[:shown] for block in group)]
    return Message(f"Results for {query}:\n{lines}", [*blocks, _after(query, start, end, total)])


def nothing_found(query: str) -> Message:
    """No hit, and what to do about it."""
    head = rich(text("Nothing found for "), text(query, code=True), text("."))
    hint = context("Try fewer or other words, or follow the topic and I tell you when one comes.")
    follow = button("Subscribe to this", "preview_subscription", as_value(q=query), primary=True)
    return Message(f"Nothing found for {query}.", [head, hint, actions(follow)])


def brief(paper: Paper) -> str:
    """What a paper is about in a line or two: its tl;dr, else how its abstract begins."""
    return clip(paper.tldr or paper.abstract, SUMMARY_LIMIT)


def source_name(source: str) -> str:
    """A source as people call it."""
    return {"hf": "Hugging Face", "arxiv": "arXiv"}.get(source, source)


def as_value(**fields: object) -> str:
    """What a button carries back. Too much for Slack is refused here, not cut in the middle."""
    packed = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    if len(packed) > VALUE_LIMIT:
        raise ValueError("a button's value is too long")
    return packed


def _title(paper: Paper, bold: Sequence[Span] | None) -> list[Block]:
    title = clip(paper.title, TITLE_LIMIT)
    if not bold:
        return [link(paper.url, title, bold=True)]
    parts: list[Block] = []
    at = 0
    for start, end in bold:
        if start > at:
            parts.append(link(paper.url, title[at:start]))
        if title[start:end]:
            parts.append(link(paper.url, title[start:end], bold=True))
        at = max(at, end)
    if title[at:]:
        parts.append(link(paper.url, title[at:]))
    return parts


def _mark(paper: Paper) -> str:
    """Who wrote the tl;dr, since it is not the authors."""
    if not paper.tldr:
        return ""
    return "summary in our words" if paper.tldr_by == OUR_NAME else "AI summary"


def _reading(paper: Paper) -> list[Block]:
    """The tl;dr with its author, and the abstract."""
    parts: list[Block] = []
    if paper.tldr:
        parts += [rich(text(clip(paper.tldr, 600))), context(_mark(paper))]
    if paper.abstract:
        parts.append(
            rich(text("Abstract\n", bold=True), text(clip(paper.abstract, ABSTRACT_LIMIT)))
        )
    return parts or [context("I have no abstract of this paper. Its page has one.")]


def _links(listing: Listing) -> list[Block]:
    paper = listing.paper
    links = [link_button("Read the paper", "open_link_paper", paper.url)] if paper.url else []
    if listing.source == "hf":
        page = f"https://huggingface.co/papers/{paper.id}"
        links.append(link_button("Hugging Face", "open_link_hugging_face", page))
    if paper.code_url:
        links.append(link_button("Code", "open_link_code", paper.code_url))
    if paper.project_url and paper.project_url != paper.code_url:
        links.append(link_button("Project", "open_link_project", paper.project_url))
    return [actions(*links)] if links else []


def _after(query: str, start: int, end: int, total: int) -> Block:
    follow = button("Subscribe to this", "preview_subscription", as_value(q=query))
    left = total - end
    if left <= 0:
        return actions(follow)
    more = button(f"More ({left:,} left)", "search_more", as_value(q=query, start=end))
    return actions(more, follow)
