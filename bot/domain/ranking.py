"""Which hit comes first, once the index has scored them by their words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import exp2, log1p

from rapidfuzz.fuzz import partial_ratio, ratio

from bot.domain.lexer import straighten
from bot.domain.paper import Listing
from bot.domain.query import Sort

POOL = 200  # hits that are ranked anew; those behind them keep the order of the index
TITLES = 50  # hits whose titles are compared with the query
# Half a title with two slips, MRR@10 on SciFact with mended words: 0.99; nDCG@10 rises by 0.002.
TITLE_WEIGHT = 0.5
BEGINNING_WEIGHT = 0.2  # for a title that begins so: half of it was typed
# Beside meaning a title counts only where it nearly is what was typed. On one half of the questions
# of SciFact and Cranfield, nDCG@10 is 0.749 and 0.585 so, 0.747 and 0.586 with the weights above;
# of SciFact with two slips in each of two words, 0.729 and 0.719. Half a title, MRR@10: 0.99.
LIKE_A_TITLE = 0.7
LIKENESS_WEIGHT = 0.5
EXACT = 1.2  # more than anything else can add up to: a pasted title is that paper
# Votes and dates drawn by lot, five times: SciFact and Cranfield keep their nDCG@10, also at 0.05.
VOTES_WEIGHT = 0.02
FRESH_WEIGHT = 0.02
# Scores by meaning lie closer together: drawn by lot, the whole costs Cranfield 0.006, this 0.002.
PRIOR_BESIDE_MEANING = 0.25
MANY_VOTES = 200  # from here on, more of them say no more
HALF_LIFE = 180  # days behind the latest hit
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Headline:
    """What of a paper its place depends on, beside its words."""

    id: str
    title: str
    published: date
    upvotes: int = 0


def scaled(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores from 0, the worst, to 1, the best; 1 where all are alike."""
    if not scores:
        return {}
    least, most = min(scores.values()), max(scores.values())
    span = most - least
    return {each: (score - least) / span if span else 1.0 for each, score in scores.items()}


def ranked(
    words: str,
    scores: Mapping[str, float],
    papers: Iterable[Headline],
    *,
    by_meaning: bool = False,
) -> dict[str, float]:
    """Scores of 0 to 1 with what title, votes and age of these papers add, best first.

    Equal ones keep their order. Papers that are not given keep their scores. Scores that are
    `by_meaning` as well need less help.
    """
    known = list(papers)
    latest = max((each.published for each in known), default=date.min)
    asked, bonus = _compared(words), _likeness_bonus if by_meaning else _title_bonus
    weight = PRIOR_BESIDE_MEANING if by_meaning else 1.0
    added = {
        each.id: _of_title(asked, _compared(each.title), bonus) + weight * prior(each, latest)
        for each in known
    }
    total = {each: score + added.get(each, 0.0) for each, score in scores.items()}
    return dict(sorted(total.items(), key=lambda pair: -pair[1]))


def _of_title(asked: str, title: str, bonus: Callable[[str, str], float]) -> float:
    return (EXACT if asked == title else 0.0) + bonus(asked, title)


def _title_bonus(asked: str, title: str) -> float:
    """How much of a title the words are, or of the words a title."""
    begins = BEGINNING_WEIGHT * float(ratio(asked, title[: len(asked)]))
    return (TITLE_WEIGHT * float(partial_ratio(asked, title)) + begins) / 100


def _likeness_bonus(asked: str, title: str) -> float:
    """How near the words come to being a title, its beginning or another part of it."""
    alike = float(ratio(asked, title[: len(asked)]))
    if len(asked) <= len(title):  # else a short title is a part of any long question
        alike = max(alike, float(partial_ratio(asked, title)))
    return LIKENESS_WEIGHT * max(0.0, alike / 100 - LIKE_A_TITLE) / (1 - LIKE_A_TITLE)


def is_titled(words: str, title: str) -> bool:
    """Whether the words are a title, all of it and with its marks."""
    return straighten(words).casefold() == straighten(title).casefold()


def prior(paper: Headline, latest: date) -> float:
    """What speaks for a paper whatever was asked for: votes, and being as new as the others."""
    votes = min(log1p(max(paper.upvotes, 0)) / log1p(MANY_VOTES), 1.0)
    fresh = exp2(-(latest - paper.published).days / HALF_LIFE)
    return VOTES_WEIGHT * votes + FRESH_WEIGHT * fresh


def in_order(hits: Sequence[Listing], sort: Sort) -> list[Listing]:
    """Sorted as asked for; ties stay in the order they come in."""
    if sort is Sort.NEW:
        return sorted(hits, key=published, reverse=True)
    if sort is Sort.TOP:
        return sorted(hits, key=lambda each: each.upvotes, reverse=True)
    return list(hits)


def headline(listing: Listing) -> Headline:
    """The same of a listing."""
    return Headline(listing.paper.id, listing.paper.title, published(listing), listing.upvotes)


def published(listing: Listing) -> date:
    """The day a paper came out, in UTC; without one, the day of its list."""
    return day_of(listing.paper.published) or listing.day


def day_of(moment: datetime | None) -> date | None:
    """The day of an instant in UTC."""
    return moment.astimezone(UTC).date() if moment else None


def _compared(text: str) -> str:
    """Words alone, with a space at either end: rag is no part of fragment."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "
