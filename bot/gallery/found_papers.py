"""Samples of answers to a search, and of papers counted by week."""

from dataclasses import replace

from bot.blocks import elsewhere, search, similar, trends
from bot.blocks.kit import Message
from bot.domain.matched import matched
from bot.domain.paper import Listing
from bot.domain.query import Or, Phrase
from bot.domain.results import BY_MEANING, Hit, Results
from bot.domain.trends import WEEKS, Trend, Trends
from bot.gallery.stage import Stage
from bot.services.elsewhere import NoAnswer

ASKED = "diffusion policy"


# A topic that grows and one that came and went.
GROWING = tuple(week * week // 60 for week in range(WEEKS))
GONE = tuple(max(30 - abs(week - 18) * 2, 0) for week in range(WEEKS))


def private(stage: Stage) -> dict[str, Message]:
    """Answers that one person sees."""
    hits = tuple(_hit(each) for each in stage.listings)
    first = Results(ASKED, hits[:3], 0, 14)
    close = replace(hits[0], why=BY_MEANING)
    nothing = Results("quantum basket weaving", (), 0, 0)
    return {
        "Results and more": search.results(first),
        "The last page": search.results(Results(ASKED, hits[3:5], 12, 14)),
        "Corrected": search.results(replace(first, query="difusion polcy", corrected=ASKED)),
        "Close in meaning": search.results(Results("robot hands that learn", (close,), 0, 1)),
        "Nothing found": search.nothing_found(replace(nothing, broader="basket weaving")),
        "Nothing found as it was typed": search.nothing_found(nothing, literally=True),
        "Nothing found here": search.nothing_found(nothing, elsewhere=True),
        "While Hugging Face is asked": elsewhere.looking(ASKED),
        "Found on Hugging Face": elsewhere.found(
            Results(ASKED, (replace(hits[0], is_stored=False), hits[1]), 0, 2)
        ),
        "Nothing there either": elsewhere.found(nothing),
        "Hugging Face does not answer": elsewhere.no_answer(ASKED, str(NoAnswer())),
        "Similar papers": similar.similar(stage.listings[0], stage.listings[1:4]),
        "Nothing similar": similar.similar(stage.listings[0], ()),
        "Papers a week": trends.trends(_counted(stage)),
    }


def _counted(stage: Stage) -> Trends:
    """An estimate, two exact numbers, and none at all."""
    topics = (
        Trend("diffusion", GROWING, is_exact=False),
        Trend("flow matching", GONE),
        Trend("basket weaving", (0,) * WEEKS),
    )
    return Trends(stage.listings[0].day, topics)


def _hit(listing: Listing) -> Hit:
    """As if two words of the title were asked for."""
    first, *others = listing.paper.title.split()
    asked = Or((Phrase((first,)), Phrase((others[-1] if others else first,))))
    return Hit(listing, 1.0, matched(asked, listing.paper))
