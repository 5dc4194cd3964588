"""A search as the engine's own objects. No text of a user ever meets the engine's parser."""

from collections.abc import Iterable
from itertools import pairwise

import tantivy
from tantivy import Occur, Query, Schema

from bot.domain.query import And, Field, Not, Or, Phrase, SearchQuery
from bot.domain.query import Query as Wanted

WORDS = "words"  # the name of our analyzer in the schema
LONGEST_WORD = 60
PAIR_BOOST = 0.3  # of a pair's own score: 0.2 to 0.5 rank alike, 1.0 ranks worse


def analyzer() -> tantivy.TextAnalyzer:
    """Lower-case stems. Search may stem, alerts must not: a hit too many only ranks low here."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


_ANALYZER = analyzer()


def compiled(schema: Schema, query: SearchQuery) -> Query:
    """Ranked words score; every required part proposes candidates that `matches` verifies.

    What is excluded is left to `matches`: stems would exclude too much.
    """
    stems = [stem for word in query.ranked for stem in _stems(word)]
    parts = [(Occur.Should, _scored(schema, stem)) for stem in stems]
    parts += [(Occur.Should, _together(schema, pair)) for pair in pairwise(stems)]
    parts += [(Occur.Must, _candidates(schema, part)) for part in query.required]
    return Query.boolean_query(parts) if parts else Query.empty_query()


def _scored(schema: Schema, stem: str) -> Query:
    return _any(
        [
            Query.term_query(schema, "text", stem, index_option="freq"),
            Query.term_query(schema, "people", stem, index_option="freq"),
        ]
    )


def _together(schema: Schema, pair: tuple[str, str]) -> Query:
    """Two neighbours of the query that stand side by side: `diffusion policy` is one idea."""
    return Query.boost_query(Query.phrase_query(schema, "text", list(pair)), PAIR_BOOST)


def _candidates(schema: Schema, wanted: Wanted) -> Query:
    """At least every paper that matches, scored by its words."""
    match wanted:
        case Phrase(words):
            return _any(_scored(schema, stem) for stem in _spellings(words))
        case Field(name, value):
            return _field(schema, name, value)
        case And(parts):
            return Query.boolean_query([(Occur.Must, _candidates(schema, part)) for part in parts])
        case Or(parts):
            return _any(_candidates(schema, part) for part in parts)
        case Not():
            return Query.all_query()


def _field(schema: Schema, name: str, value: str) -> Query:
    """Fields of the text hold its words; the others are few enough to be verified one by one."""
    if name in {"title", "abstract", "author", "org"}:
        return _any(_scored(schema, stem) for stem in _spellings((value,)))
    return Query.all_query()


def _spellings(words: Iterable[str]) -> list[str]:
    """The stems of words, alone and joined with their neighbours: fine-tuning is finetuning."""
    parts = [stem for word in words for stem in _split(word)]
    joined = [left + right for left, right in pairwise(parts)]
    return [stem for part in dict.fromkeys([*parts, *joined]) for stem in _stems(part)]


def _split(word: str) -> list[str]:
    return word.lower().replace("-", " ").split()


def _stems(word: str) -> list[str]:
    return list(_ANALYZER.analyze(word))


def _any(parts: Iterable[Query]) -> Query:
    options = [(Occur.Should, part) for part in parts]
    return Query.boolean_query(options) if options else Query.empty_query()
