"""`/papers search`: the index proposes, the database fills in."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from bot.domain.correcting import loosened
from bot.domain.excerpting import shown
from bot.domain.matching import document, matches
from bot.domain.paper import Listing
from bot.domain.query import SearchQuery, Sort, parse_search
from bot.domain.ranking import POOL, TITLES, Headline, headline, in_order, is_titled, ranked, scaled
from bot.domain.results import BY_MEANING, Hit, Results
from bot.domain.tokens import tokens
from bot.errors import QueryProblem
from bot.services.correction import broader, mend
from bot.services.library import FetchPaper
from bot.services.meaning import Meaning, ranked_by_meaning
from bot.services.pasted import pasted_paper
from storage import listings
from storage.database import Database, Session
from storage.search_index import Found, SearchIndex

PAGE = 5
ALIKE = 5  # papers among which one is looked for whose title was pasted
CANDIDATES = 1_000  # verified one by one where a query has strict parts; sorted by date or votes


@dataclass(frozen=True, slots=True)
class _Page:
    """Papers in their places, with their scores, and how many there are in all."""

    scores: dict[str, float]
    listings: list[Listing]
    total: int
    risen: frozenset[str] = frozenset()  # those that meaning alone has brought up
    is_capped: bool = False  # more may fit


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, all its words as plain ones, what ranks by them, and which part of what it finds."""

    query: SearchQuery
    words: str
    meaning: Meaning | None
    start: int
    limit: int

    @property
    def end(self) -> int:
        return self.start + self.limit


def search(
    database: Database,
    index: SearchIndex,
    text: str,
    *,
    start: int = 0,
    limit: int = PAGE,
    literally: bool = False,
    today: date | None = None,
    fetch: FetchPaper | None = None,
    meaning: Meaning | None = None,
) -> Results:
    """The best papers for a query; for a pasted id or link, that paper. Raises QueryProblem.

    Words that no paper holds are mended unless it is to be taken `literally`. `since:7d` counts
    back from `today`. `fetch` brings a pasted paper that is not stored.
    """
    pasted = pasted_paper(database, text, fetch)
    if pasted is not None:
        return Results(text, (pasted,), 0, 1)
    query = parse_search(text, today)
    searched = text if literally else mend(index, text)
    if searched != text:
        with suppress(QueryProblem):  # mended, it may be too long
            query = parse_search(searched, today)
    with database.read() as session:
        if _is_strict(query) and _is_a_title(session, index, text):
            query, searched = SearchQuery(_words(text)), text  # its quotes are no operators
        weighing = meaning if query.ranked else None  # what is strict alone has no words to weigh
        asked = _Asked(query, loosened(searched), weighing, start, limit)
        page = _page(session, index, asked)
    return Results(
        text,
        _hits(page, query),
        start,
        page.total,
        is_capped=page.is_capped,
        corrected="" if searched == text else searched,
        broader="" if page.total else broader(index, searched, today),
    )


def _page(session: Session, index: SearchIndex, asked: _Asked) -> _Page:
    if _is_strict(asked.query):
        return _strict(session, index, asked)
    if not _is_weighed(asked.query):
        return _sorted(session, index, asked)
    found = index.find(asked.query, max(POOL, asked.end))
    titles = listings.headlines(session, islice(found.scores, TITLES))
    scores, risen = _ranked(session, asked, found.scores, titles)
    listed = listings.of_papers(session, islice(scores, asked.start, asked.end))
    return _Page(scores, listed, found.total, risen)


def _ranked(
    session: Session, asked: _Asked, found: Mapping[str, float], titles: Iterable[Headline]
) -> tuple[dict[str, float], frozenset[str]]:
    """Scores best first, the pool's ranked anew, and which papers meaning alone has brought up."""
    by_words, behind = dict(islice(found.items(), POOL)), islice(found, POOL, None)
    both = ranked_by_meaning(session, asked.meaning, asked.words, by_words)
    if both is None:
        scores, risen = ranked(asked.words, scaled(by_words), titles), frozenset[str]()
    else:
        scores, risen = ranked(asked.words, both, titles, by_meaning=True), _risen(by_words, both)
    return scores | dict.fromkeys(behind, 0.0), risen


def _strict(session: Session, index: SearchIndex, asked: _Asked) -> _Page:
    """The index proposes, and the function that decides alerts decides here too."""
    found = _candidates(session, index, asked.query)
    proposed = listings.of_papers(session, found.scores)
    kept = {each.paper.id: each for each in proposed if _fits(asked.query, each)}
    by_words = {each: found.scores[each] for each in kept}
    titles = [headline(kept[each]) for each in islice(by_words, TITLES)]
    scores, risen = _ranked(session, asked, by_words, titles)
    listed = in_order([kept[each] for each in scores], asked.query.sort)
    page = listed[asked.start : asked.end]
    return _Page(scores, page, len(kept), risen, is_capped=found.total > CANDIDATES)


def _sorted(session: Session, index: SearchIndex, asked: _Asked) -> _Page:
    """By date or votes: all the words have to be there, or any where no paper has all."""
    query = asked.query
    if not query.ranked and query.sort is Sort.BEST:
        query = replace(query, sort=Sort.NEW)  # of days alone nothing is best
    found = _candidates(session, index, query)
    if not found.total:
        found = index.find(replace(query, sort=Sort.BEST), CANDIDATES)
    listed = in_order(listings.of_papers(session, found.scores), query.sort)
    return _Page(
        scaled(found.scores),
        listed[asked.start : asked.end],
        min(found.total, CANDIDATES),
        is_capped=found.total > CANDIDATES,
    )


def _candidates(session: Session, index: SearchIndex, query: SearchQuery) -> Found:
    """The papers to look at for a query: where those are too many to be sorted, the most voted."""
    found = index.find(query, CANDIDATES)
    if query.sort is not Sort.TOP or found.total <= CANDIDATES:
        return found
    voted, scores = listings.most_voted(session), dict[str, float]()
    for start in range(0, len(voted), CANDIDATES):
        some = voted[start : start + CANDIDATES]
        scores |= index.find(query, CANDIDATES, among=some).scores
        if len(scores) >= CANDIDATES:
            break
    most = islice((scores | found.scores).items(), CANDIDATES)
    return Found(dict(most), found.total)


def _is_strict(query: SearchQuery) -> bool:
    return bool(query.required or query.excluded)


def _is_weighed(query: SearchQuery) -> bool:
    """Whether its words decide the order: what is strict alone has none, nor has a date."""
    return query.sort is Sort.BEST and bool(query.ranked)


def _is_a_title(session: Session, index: SearchIndex, text: str) -> bool:
    """Whether somebody pasted a title that would read as operators."""
    alike = index.find(SearchQuery(_words(text)), ALIKE).scores
    return any(is_titled(text, each.title) for each in listings.headlines(session, alike))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.norm for word in tokens(text))


def _fits(query: SearchQuery, listing: Listing) -> bool:
    paper = document(listing.paper, [listing.source])
    return all(matches(part, paper) for part in query.required) and not any(
        matches(part, paper) for part in query.excluded
    )


def _hits(page: _Page, query: SearchQuery) -> tuple[Hit, ...]:
    matched = shown(query, (each.paper for each in page.listings))
    hits = (
        Hit(listing, page.scores[listing.paper.id], found)
        for listing, found in zip(page.listings, matched, strict=True)
    )
    return tuple(
        replace(hit, why=BY_MEANING) if _is_unexplained(hit, page.risen) else hit for hit in hits
    )


def _is_unexplained(hit: Hit, risen: frozenset[str]) -> bool:
    """Whether it came up without any of the words in a form that can be shown."""
    shown = hit.matched.title or hit.matched.excerpt or hit.matched.authors
    return hit.listing.paper.id in risen and not shown


def _risen(before: Iterable[str], after: Iterable[str]) -> frozenset[str]:
    """Those that stand further up than before."""
    was = {each: place for place, each in enumerate(before)}
    return frozenset(each for place, each in enumerate(after) if place < was[each])


def follow(database: Database, index: SearchIndex, *, count_words: bool = True) -> int:
    """Bring the index up to what the database holds; returns how many papers it took in."""
    with database.read() as session:
        return index.follow(session, count_words=count_words)
