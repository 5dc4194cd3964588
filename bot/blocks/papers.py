"""One paper, the same everywhere: in a list, on a card, shared with a channel."""

from collections.abc import Sequence

from bot.blocks import words
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    fallback,
    is_address,
    link,
    link_button,
    paragraph,
    plain,
    rich,
    text,
    user,
)
from bot.blocks.paper_controls import controls
from bot.blocks.remarks import mention, page_links, remarks
from bot.domain.paper import BESIDE, HUGGING_FACE, Listing, Paper
from bot.domain.paper_page import PaperPage
from bot.domain.summaries import summary as summary_of
from bot.domain.votes import Tally

TITLE_LIMIT = 250
SUMMARY_LIMIT = 240
FACTS_LIMIT = 240
AUTHORS_LIMIT = 600
TLDR_LIMIT = 600
ABSTRACT_LIMIT = 2900
CARD_AUTHORS = 12
HUGGING_FACE_SITE = "https://huggingface.co"
UNREAD = PaperPage()
NOT_STORED = "Not stored here: it can be read, but not saved or voted on."
BOLD_PLACES = 6  # a title that is one match after the other would cost a whole message

Span = tuple[int, int]


def entry(
    listing: Listing,
    *,
    number: int | None = None,
    lead: str = "",
    reason: str = "",
    bold: Sequence[Span] | None = None,
    said: Sequence[Block] = (),
    buttons: Sequence[Block] = (),
    picked_by: str = "",
    is_stored: bool = True,
) -> list[Block]:
    """A paper in a list. `bold` are the matched places of its title; without them all is bold.

    `lead` stands before the title.
    `said` stands where the summary would. *Abstract* stands beside the summary; it is in a row of
    its own below `said`, or with more buttons. One that is not stored here has no *Abstract*.
    """
    before = f"{number}. {lead}" if number else lead
    title = [*([text(before)] if before else []), *_title(listing.paper, bold)]
    told = summary_of(listing.paper)
    summary = clip(told.text, SUMMARY_LIMIT)
    grey = facts(listing, reason, told.by if not said else "", picked_by)
    if not is_stored:
        return [rich(*title, text("\n"), *(said or [text(summary)])), *grey]
    abstract = button("Abstract", "open_abstract", listing.paper.id)
    if said or buttons:
        below = [text("\n"), *(said or [text(summary)])] if said or summary else []
        return [rich(*title, *below), *grey, actions(abstract, *buttons)]
    return [rich(*title), paragraph(summary or "No summary yet.", abstract), *grey]


def facts(
    listing: Listing, reason: str = "", summary_by: str = "", picked_by: str = ""
) -> list[Block]:
    """The grey line under a paper, with links to its code and project; none where nothing is known.

    `picked_by` is the id of whoever wanted it in.
    """
    known = clip(words.facts(listing, reason, summary_by), FACTS_LIMIT)
    parts = [
        *([plain(known)] if known else []),
        *page_links(words.pages(listing)),
        *mention("picked by", picked_by),
    ]
    return [remarks(*parts)] if parts else []


def line(listing: Listing, lead: str) -> list[Block]:
    """A paper in one line of a paragraph: its title as a link, and its votes."""
    votes = words.beside_title(listing)
    return [text(lead), _whole_title(listing.paper), text(f" {votes}")]


def card(listing: Listing, page: PaperPage = UNREAD) -> list[Block]:
    """Everything about one paper, and what leads to its pages."""
    paper = listing.paper
    who = clip(words.authors(paper.authors, shown=CARD_AUTHORS), AUTHORS_LIMIT)
    return [
        rich(_whole_title(paper, bold=True)),
        context(who or "The authors are not listed."),
        context(clip(words.card_facts(listing), FACTS_LIMIT)),
        *_citing(paper.id, page),
        *_reading(paper),
        *([actions(*pages)] if (pages := _pages(listing)) else []),
    ]


def card_message(
    listing: Listing,
    tally: Tally | None = None,
    *,
    page: PaperPage | None = None,
    is_stored: bool = True,
) -> Message:
    """The card as an answer of its own. With what is not stored here nothing can be done."""
    below = actions(*controls(listing.paper.id, tally)) if is_stored else context(NOT_STORED)
    blocks = [*card(listing, page or UNREAD), below]
    return Message(fallback(listing.paper.title, listing.paper.url), blocks)


def shared(listing: Listing, user_id: str) -> Message:
    """A paper that somebody shows to their channel."""
    title = escape(clip(listing.paper.title, TITLE_LIMIT))
    lead = rich(user(user_id), text(" shared a paper:"))
    row = controls(listing.paper.id, share=False)
    return Message(f"<@{user_id}> shared a paper: {title}", [lead, *entry(listing, buttons=row)])


def _title(paper: Paper, bold: Sequence[Span] | None) -> list[Block]:
    """The title as a link, bold where it matched."""
    if bold is None:
        return [_whole_title(paper, bold=True)]
    title = clip(paper.title, TITLE_LIMIT)
    parts: list[Block] = []
    at = 0
    for start, end in bold[:BOLD_PLACES]:
        parts += _piece(paper, title[at:start])
        parts += _piece(paper, title[start:end], bold=True)
        at = end
    return parts + _piece(paper, title[at:])


def _piece(paper: Paper, words: str, **style: bool) -> list[Block]:
    return [link(paper.url, words, **style)] if words else []


def _whole_title(paper: Paper, **style: bool) -> Block:
    return link(paper.url, clip(paper.title, TITLE_LIMIT), **style)


def _reading(paper: Paper) -> list[Block]:
    """The tl;dr and the abstract."""
    parts: list[Block] = []
    if paper.tldr:
        parts.append(rich(text(clip(paper.tldr, TLDR_LIMIT))))
    if not paper.abstract:
        return [*parts, context("I have no abstract of this paper; its page has one.")]
    body = clip(paper.abstract, ABSTRACT_LIMIT)
    return [*parts, rich(text("Abstract\n", bold=True), text(body))]


def _citing(paper_id: str, page: PaperPage) -> list[Block]:
    """How many models, datasets and Spaces cite a paper, each a link to them; nothing for none."""
    found = (("models", page.models, "model"), ("datasets", page.datasets, "dataset"))
    kinds = (*found, ("spaces", page.spaces, "Space"))
    links = page_links(
        (f"{HUGGING_FACE_SITE}/{kind}?other=arxiv:{paper_id}", words.count(number, noun))
        for kind, number, noun in kinds
        if number
    )
    return [remarks(plain("On Hugging Face:"), *links)] if links else []


def _pages(listing: Listing) -> list[Block]:
    """Buttons that lead out: the paper, its discussion, its code."""
    paper = listing.paper
    is_there = listing.source in {HUGGING_FACE, *BESIDE}
    discussion = f"{HUGGING_FACE_SITE}/papers/{paper.id}" if is_there else ""
    project = paper.project_url if paper.project_url != paper.code_url else ""
    pages = [
        ("Read the paper", "open_link_paper", paper.url),
        ("Hugging Face", "open_link_hugging_face", discussion),
        ("Code", "open_link_code", paper.code_url),
        ("Project", "open_link_project", project),
    ]
    return [link_button(label, action, url) for label, action, url in pages if is_address(url)]
