"""Which papers could match a query: all that do, and few that do not, as the engine's own objects.

The index holds stems; the pure `matches` decides. A word of a phrase may stand in a text in the
singular or plural, joined with its neighbour (fine-tuning, finetuning) or written as two.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import tantivy
from tantivy import Occur, Query, Schema

from bot.domain.matching import atoms
from bot.domain.phrases import Pattern, pattern
from bot.domain.plurals import spellings
from bot.domain.query import And, Field, Not, Or, Phrase
from bot.domain.query import Query as Wanted
from bot.domain.tokens import may_join

LONGEST_WORD = 60


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


@lru_cache(maxsize=32_768)
def stems(word: str) -> tuple[str, ...]:
    """The terms of the index for a word; none for one that is too long for it."""
    return tuple(_ANALYZER.analyze(word))


def stemmed(words: str) -> str:
    """The terms for words between single spaces, written the same way."""
    return " ".join(_ANALYZER.analyze(words))


def proposed(schema: Schema, wanted: Wanted) -> Query:
    """At least every paper that matches."""
    match wanted:
        case Phrase(words, literal):
            return _phrase(schema, pattern(" ".join(words), literal=literal))
        case Field("title" | "abstract", value, literal):
            return _phrase(schema, pattern(value, literal=literal))
        case Field():
            keys = sorted(atoms(wanted))
            return any_of([Query.term_query(schema, "key", each) for each in keys])
        case And(parts):
            return Query.boolean_query([(Occur.Must, proposed(schema, each)) for each in parts])
        case Or(parts):
            return any_of([proposed(schema, each) for each in parts])
        case Not():
            return Query.all_query()


def any_of(options: Sequence[Query]) -> Query:
    """Papers that fit one of these."""
    if len(options) == 1:
        return options[0]
    return Query.boolean_query([(Occur.Should, each) for each in options])


def _phrase(schema: Schema, wanted: Pattern) -> Query:
    """Each word stands somewhere in the paper, in one of its spellings."""
    words = [any_of(list(_written(schema, wanted, at))) for at in range(len(wanted.words))]
    return words[0] if len(words) == 1 else Query.boolean_query([(Occur.Must, w) for w in words])


def _written(schema: Schema, wanted: Pattern, at: int) -> Iterator[Query]:
    alone = _forms(wanted.norms[at], plural=wanted.plural[at])
    joined = [] if wanted.literal else list(_joined(wanted, at))
    parted = [] if wanted.literal else [_parted(each) for each in alone]
    runs = {stems(each) for each in (*alone, *joined)} | {
        (*stems(left), *stems(right)) for pairs in parted for left, right in pairs
    }
    if () in runs:  # no term of the index: nothing can be ruled out
        yield Query.all_query()
        return
    for run in sorted(runs):
        yield stand_together(schema, run)


def stand_together(schema: Schema, run: Sequence[str]) -> Query:
    """Papers with these terms side by side."""
    if len(run) == 1:
        return Query.term_query(schema, "text", run[0], index_option="freq")
    return Query.phrase_query(schema, "text", list(run))


def _forms(norm: str, *, plural: bool) -> list[str]:
    return sorted(spellings(norm)) if plural else [norm]


def _joined(wanted: Pattern, at: int) -> Iterator[str]:
    """The word written together with the one before it, and with the one behind it."""
    for left, right in ((at - 1, at), (at, at + 1)):
        if left < 0 or right == len(wanted.words):
            continue
        if may_join(wanted.words[left], wanted.words[right], wanted.words[right].gap):
            yield from _forms(wanted.norms[left] + wanted.norms[right], plural=wanted.plural[right])


def _parted(word: str) -> Iterable[tuple[str, str]]:
    return ((word[:cut], word[cut:]) for cut in range(1, len(word)))
