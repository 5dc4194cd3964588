"""How a digest looks: compact, as cards with pictures, or as a list with a reply for each paper."""

from collections.abc import Mapping, Sequence

from bot.blocks import words
from bot.blocks.digest import below, digest, lines
from bot.blocks.graphemes import clip
from bot.blocks.kit import (
    Block,
    Message,
    button,
    context,
    fallback,
    fit,
    flat,
    header,
    hint,
    is_address,
    link,
    plain,
    rich,
    text,
)
from bot.blocks.paper_controls import NO_VOTES, controls
from bot.blocks.papers import FACTS_LIMIT, TITLE_LIMIT, entry
from bot.blocks.remarks import page_links, remarks
from bot.domain.digest import LARGEST_SIZE, Edition, Look, Pick
from bot.domain.paper import Listing
from bot.domain.summaries import summary
from bot.domain.votes import Tally

CARD_LIMIT = 150  # characters of a card's title, and of the line below it
CARD_BODY = 200
CARD_BUTTONS = ("vote_up", "save_paper")  # a card has room for three, and one is the abstract
TO_TALK = "Each paper has a reply of its own: vote, save and talk about it there."


def shown(
    look: Look,
    edition: Edition,
    listings: Sequence[Listing],
    tallies: Mapping[str, Tally] = NO_VOTES,
) -> Message:
    """One edition in its look. A day without papers looks the same in each."""
    if not listings or look is Look.COMPACT:
        return digest(edition, listings, tallies)
    return _DRAWN[look](edition, listings, tallies)


def cards(
    edition: Edition, listings: Sequence[Listing], tallies: Mapping[str, Tally] = NO_VOTES
) -> Message:
    """Papers side by side with their pictures; compact where a workspace refuses that."""
    picks = {pick.paper_id: pick for pick in edition.picks}
    tiles = [
        _card(each, place, picks.get(each.paper.id), tallies.get(each.paper.id))
        for place, each in enumerate(listings[:LARGEST_SIZE], start=1)
    ]
    tail = [*_pages(listings[: len(tiles)]), *below(edition, len(listings))]
    count = fit([[each] for each in tiles], [header(""), _carousel([]), *tail])
    title, *_ = told = lines(edition, listings[:count])
    tail = [*_pages(listings[:count]), *below(edition, count)]
    blocks = [header(title), _carousel(tiles[:count]), *tail]
    return Message(fallback(*told), blocks, plainer=digest(edition, listings, tallies).blocks)


def outline(
    edition: Edition, listings: Sequence[Listing], _votes: Mapping[str, Tally] = NO_VOTES
) -> Message:
    """The list above the replies: titles, votes, and why each is there."""
    picks = {pick.paper_id: pick for pick in edition.picks}
    groups = [
        _lines(each, place, picks.get(each.paper.id))
        for place, each in enumerate(listings, start=1)
    ]
    talk = [] if edition.is_personal else [hint(TO_TALK)]  # alone, there is nobody to talk to
    around = [header(""), *talk, *below(edition, len(listings))]
    count = fit(groups, around)
    title, *_ = told = lines(edition, listings[:count])
    tail = [*talk, *below(edition, count)]
    return Message(fallback(*told), [header(title), *flat(groups[:count]), *tail])


def reply(
    edition: Edition, listing: Listing, thread_ts: str, tally: Tally | None = None
) -> Message:
    """One paper of an edition, below its list."""
    picks = {pick.paper_id: (place, pick) for place, pick in enumerate(edition.picks, start=1)}
    place, pick = picks[listing.paper.id]
    blocks = entry(
        listing,
        number=place,
        reason=pick.reason,
        picked_by=pick.picked_by,
        buttons=controls(listing.paper.id, tally, share=not edition.is_personal),
    )
    told = fallback(f"{place}. {words.in_brief(listing)}", summary(listing.paper).text)
    return Message(told, blocks, thread_ts=thread_ts)


def _lines(listing: Listing, place: int, pick: Pick | None) -> list[Block]:
    """A title and, in grey, why it is there."""
    paper = listing.paper
    title = link(paper.url, clip(paper.title, TITLE_LIMIT), bold=True)
    why = clip(words.brief_facts(listing, pick.reason if pick else ""), FACTS_LIMIT)
    return [rich(text(f"{place}. "), title), *([context(why)] if why else [])]


def _card(listing: Listing, place: int, pick: Pick | None, tally: Tally | None) -> Block:
    """Title, facts, a sentence and a picture.

    Its buttons are numbered: in the one block that all cards are, Slack wants each action once.
    """
    paper = listing.paper
    known = {each["action_id"]: each for each in controls(paper.id, tally)}
    buttons = [button("Abstract", "open_abstract", paper.id), *map(known.__getitem__, CARD_BUTTONS)]
    told = summary(paper)
    facts = words.brief_facts(listing, pick.reason if pick else "", told.by)
    card: Block = {
        "type": "card",
        "title": plain(f"{place}. {paper.title}", CARD_LIMIT),
        "body": plain(told.text or "No summary yet.", CARD_BODY),
        "actions": [{**each, "action_id": f"{each['action_id']}#{place}"} for each in buttons],
    }
    if facts:
        card["subtitle"] = plain(facts, CARD_LIMIT)
    if is_address(paper.thumbnail_url):
        card["hero_image"] = {
            "type": "image",
            "image_url": paper.thumbnail_url,
            "alt_text": "Picture of the paper",
        }
    return card


def _pages(listings: Sequence[Listing]) -> list[Block]:
    """Where the papers are, by their numbers, since nothing on a card is a link but its buttons."""
    numbered = list(enumerate(listings, start=1))
    papers = page_links((each.paper.url, str(place)) for place, each in numbered)
    works = page_links(
        (url, f"{place} {name}") for place, each in numbered for url, name in words.pages(each)
    )
    return [
        remarks(plain(lead), *links)
        for lead, links in (("Papers", papers), ("Code and projects", works))
        if links
    ]


def _carousel(tiles: Sequence[Block]) -> Block:
    return {"type": "carousel", "elements": list(tiles)}


_DRAWN = {Look.CARDS: cards, Look.THREADS: outline}
