"""A search as the engine's own objects. No text of a user ever meets the engine's parser."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema, Searcher

from bot.domain.query import SearchQuery, Sort
from bot.domain.tokens import STOP_WORDS
from storage.proposals import any_of, proposed, stand_together, stems

PAIR_BOOST = 0.3  # of a pair's own score: 0.2 to 0.5 rank alike, 1.0 ranks worse
LONG = 8  # words: in a longer query those that every paper holds rank nothing, and cost most
READ = 10_000  # papers in which pairs are looked for: half a millisecond, however many there are


def compiled(
    schema: Schema, searcher: Searcher, query: SearchQuery, among: Collection[str] = ()
) -> Query:
    """Ranked words score; every required part proposes candidates that `matches` verifies.

    What is excluded is left to `matches`: stems would exclude too much. Where ids are given, only
    those papers fit.
    """
    parts = [(Occur.Must, proposed(schema, part)) for part in query.required]
    ranked = _ranked(schema, searcher, query)
    if ranked is not None:
        parts.append((Occur.Should if query.required else Occur.Must, ranked))
    if query.since or query.until:
        parts.append((Occur.Must, Query.const_score_query(_published(schema, query), 0.0)))
    if not parts:
        return Query.empty_query()
    if among:
        named = Query.term_set_query(schema, "id", list(among))
        parts.append((Occur.Must, Query.const_score_query(named, 0.0)))
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)


def _ranked(schema: Schema, searcher: Searcher, query: SearchQuery) -> Query | None:
    """Any of the words, the more the better; all of them where the score is not what sorts.

    The latest paper that holds one common word of three is not what anybody looks for.
    """
    needs_all = query.sort is not Sort.BEST
    words: list[tuple[Occur, Query]] = []
    for word in _scoring(query.ranked):
        for term in stems(word):
            if needs_all and word not in STOP_WORDS:
                words.append((Occur.Must, any_of(_somewhere(schema, term))))
            else:
                words += ((Occur.Should, each) for each in _somewhere(schema, term))
    if not words:
        return None
    # The engine goes through plain terms fastest where nothing else stands among them.
    found = Query.boolean_query(words)
    pairs = [(Occur.Should, _together(schema, pair)) for pair in _pairs(searcher, query.ranked)]
    return Query.boolean_query([(Occur.Must, found), *pairs]) if pairs else found


def _scoring(words: Sequence[str]) -> Sequence[str]:
    telling = [word for word in words if word not in STOP_WORDS]
    return telling if telling and len(words) > LONG else words


def _pairs(searcher: Searcher, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbours that both tell something, the rarest first, as many as can be looked for."""
    terms = [(term, word in STOP_WORDS) for word in words for term in stems(word)]
    telling = {(a, b) for (a, a_stops), (b, b_stops) in pairwise(terms) if not (a_stops or b_stops)}
    costs = {pair: min(searcher.doc_freq("text", term) for term in pair) for pair in telling}
    left = READ
    for pair in sorted(telling, key=lambda pair: (costs[pair], pair)):
        left -= costs[pair]
        if left < 0:
            return
        if costs[pair]:
            yield pair


def _published(schema: Schema, query: SearchQuery) -> Query:
    first, last = query.since or date.min, query.until or date.max
    days = (first.toordinal(), last.toordinal())
    return Query.range_query(schema, "published", FieldType.Unsigned, *days)


def _somewhere(schema: Schema, term: str) -> list[Query]:
    return [
        Query.term_query(schema, field, term, index_option="freq") for field in ("text", "people")
    ]


def _together(schema: Schema, pair: tuple[str, str]) -> Query:
    """Two neighbours of the query that stand side by side: `diffusion policy` is one idea."""
    return Query.boost_query(stand_together(schema, pair), PAIR_BOOST)
