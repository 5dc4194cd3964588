"""Samples of digests: in each look, of one paper and of many, chosen from few and from many."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.blocks import digest, looks
from bot.blocks.kit import Message, classic
from bot.domain.curation import Candidate, choose
from bot.domain.digest import DEFAULT_SIZE, LARGEST_SIZE, Edition, Look
from bot.domain.paper import Listing
from bot.domain.votes import Tally
from bot.gallery.stage import Stage

CROWD = 120


def posted(stage: Stage) -> Mapping[str, Message]:
    """Digests as a channel gets them."""
    best = stage.listings[:DEFAULT_SIZE]
    edition = replace(stage.edition(best), receipt=stage.edition(stage.listings).receipt)
    votes = {best[0].paper.id: Tally(3, 1)}
    as_cards = looks.cards(edition, best, votes)
    nine, crowd = stage.listings[:9], _crowd(stage.listings)
    chosen = _chosen(stage, crowd, LARGEST_SIZE)
    return {
        "Five papers": digest.digest(edition, best, votes),
        "One paper": digest.digest(stage.edition(best[:1]), best[:1]),
        "Nine papers": digest.digest(_whole(stage.edition(nine), nine), nine),
        "Ten of a hundred and twenty": digest.digest(*chosen),
        "As cards": as_cards,
        "As cards, one paper": looks.cards(stage.edition(best[:1]), best[:1]),
        "As cards, ten of a hundred and twenty": looks.cards(*chosen),
        "Cards where a workspace refuses them": classic(as_cards) or as_cards,
        "A list with threads": looks.shown(Look.THREADS, edition, best, votes),
        "A list with threads, ten of a hundred and twenty": looks.outline(*chosen),
        "A reply below the list": looks.reply(
            _picked(edition, stage.reader), best[0], "", votes[best[0].paper.id]
        ),
        "No new papers": digest.digest(stage.edition([]), []),
        "A source failed": digest.digest(stage.edition([], "the connection timed out"), []),
    }


def _chosen(
    stage: Stage, listings: Sequence[Listing], size: int
) -> tuple[Edition, Sequence[Listing]]:
    """So many of these, chosen as every digest is."""
    picks = tuple(choose(map(Candidate, listings), size))
    by_id = {each.paper.id: each for each in listings}
    edition = replace(stage.edition(listings), picks=picks)
    return edition, [by_id[pick.paper_id] for pick in picks]


def _whole(edition: Edition, listings: Sequence[Listing]) -> Edition:
    """An edition of all of these."""
    return replace(edition, picks=tuple(choose(map(Candidate, listings), len(listings))))


def _picked(edition: Edition, by: str) -> Edition:
    """The same, with a first paper that somebody picked."""
    first, *others = edition.picks
    return replace(edition, picks=(replace(first, picked_by=by), *others))


def _crowd(listings: Sequence[Listing]) -> list[Listing]:
    """As many papers as a busy day has: these, and others like them with fewer votes."""
    made = []
    for number in range(CROWD):
        like = listings[number % len(listings)]
        again = number // len(listings)
        paper = replace(like.paper, id=f"{like.paper.id}{again or ''}")
        made.append(replace(like, paper=paper, upvotes=like.upvotes // (again + 1)))
    return made
