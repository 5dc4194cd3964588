"""A search as the engine's own objects. No text of a user ever meets the engine's parser."""

from itertools import pairwise

from tantivy import Occur, Query, Schema

from bot.domain.query import SearchQuery
from storage.proposals import any_of, proposed, stand_together, stems

PAIR_BOOST = 0.3  # of a pair's own score: 0.2 to 0.5 rank alike, 1.0 ranks worse


def compiled(schema: Schema, query: SearchQuery) -> Query:
    """Ranked words score; every required part proposes candidates that `matches` verifies.

    What is excluded is left to `matches`: stems would exclude too much.
    """
    terms = [term for word in query.ranked for term in stems(word)]
    parts = [(Occur.Should, _scored(schema, term)) for term in terms]
    parts += [(Occur.Should, _together(schema, pair)) for pair in pairwise(terms)]
    parts += [(Occur.Must, proposed(schema, part)) for part in query.required]
    return Query.boolean_query(parts) if parts else Query.empty_query()


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
