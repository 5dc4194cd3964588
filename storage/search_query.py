"""A search as the engine's own objects. No text of a user ever meets the engine's parser."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema

from bot.domain.query import SearchQuery, Sort
from bot.domain.tokens import STOP_WORDS
from storage.proposals import any_of, proposed, stand_together, stems

PAIR_BOOST = 0.3  # of a pair's own score: 0.2 to 0.5 rank alike, 1.0 ranks worse


def compiled(schema: Schema, query: SearchQuery) -> Query:
    """Ranked words score; every required part proposes candidates that `matches` verifies.

    What is excluded is left to `matches`: stems would exclude too much.
    """
    parts = [*_ranked(schema, query)]
    parts += [(Occur.Must, proposed(schema, part)) for part in query.required]
    if not parts and not (query.since or query.until):
        return Query.empty_query()
    wanted = [Query.boolean_query(parts)] if parts else []
    if query.since or query.until:
        wanted.append(Query.const_score_query(_published(schema, query), 0.0))
    return Query.boolean_query([(Occur.Must, each) for each in wanted])


def _ranked(schema: Schema, query: SearchQuery) -> Iterator[tuple[Occur, Query]]:
    """Any of the words, the more the better; all of them where the score is not what sorts.

    The latest paper that holds one common word of three is not what anybody looks for.
    """
    terms: list[str] = []
    for word in query.ranked:
        found = stems(word)
        needed = query.sort is not Sort.BEST and word not in STOP_WORDS
        for term in found:
            yield Occur.Must if needed else Occur.Should, _scored(schema, term)
        terms += found
    for pair in pairwise(terms):
        yield Occur.Should, _together(schema, pair)


def _published(schema: Schema, query: SearchQuery) -> Query:
    first, last = query.since or date.min, query.until or date.max
    days = (first.toordinal(), last.toordinal())
    return Query.range_query(schema, "published", FieldType.Unsigned, *days)


def _scored(schema: Schema, term: str) -> Query:
    return any_of(
        [
            Query.term_query(schema, "text", term, index_option="freq"),
            Query.term_query(schema, "people", term, index_option="freq"),
        ]
    )


def _together(schema: Schema, pair: tuple[str, str]) -> Query:
    """Two neighbours of the query that stand side by side: `diffusion policy` is one idea."""
    return Query.boost_query(stand_together(schema, pair), PAIR_BOOST)
