"""Which papers could match a query: all that do, and few that do not, as the engine's own objects.

The index holds stems; the pure `matches` decides. A word of a phrase may stand in a text in the
singular or plural, joined with its neighbour (fine-tuning, finetuning) or written as two.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, product
from typing import TypeAlias

import tantivy
from tantivy import Occur, Query, Schema

from bot.domain.matching import atoms
from bot.domain.phrases import Pattern, pattern
from bot.domain.plurals import spellings
from bot.domain.query import And, Field, Not, Or, Phrase
from bot.domain.query import Query as Wanted
from bot.domain.tokens import may_join

LONGEST_WORD = 60

Run: TypeAlias = tuple[str, ...]  # terms side by side


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
def stems(word: str) -> Run:
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
            return _every([proposed(schema, each) for each in parts])
        case Or(parts):
            return any_of([proposed(schema, each) for each in parts])
        case Not():
            return Query.all_query()


def any_of(options: Sequence[Query]) -> Query:
    """Papers that fit one of these."""
    if len(options) == 1:
        return options[0]
    return Query.boolean_query([(Occur.Should, each) for each in options])


def _every(parts: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, each) for each in parts])


def _phrase(schema: Schema, wanted: Pattern) -> Query:
    """Every word in one of its spellings; two neighbours, as they are, side by side."""
    if wanted.literal:
        return _any_run(schema, [_one_after_the_other(map(stems, wanted.norms))])
    words = [_Written(wanted, at) for at in range(len(wanted.words))]
    needed = [_any_run(schema, word.alone | word.otherwise) for word in words]
    needed += (_neighbours(schema, *pair) for pair in pairwise(words))
    return needed[0] if len(needed) == 1 else _every(needed)


def _neighbours(schema: Schema, left: "_Written", right: "_Written") -> Query:
    both = (_one_after_the_other(pair) for pair in product(left.alone, right.alone))
    return _any_run(schema, {*both, *left.otherwise, *right.otherwise})


class _Written:
    """How a word of a phrase may be written, as runs of terms."""

    def __init__(self, wanted: Pattern, at: int) -> None:
        forms = _forms(wanted.norms[at], plural=wanted.plural[at])
        parted = {
            _one_after_the_other(map(stems, halves)) for form in forms for halves in _parted(form)
        }
        self.alone = {stems(each) for each in forms}
        self.otherwise = {stems(each) for each in _joined(wanted, at)} | parted


def _one_after_the_other(runs: Iterable[Run]) -> Run:
    return tuple(chain.from_iterable(runs))


def _any_run(schema: Schema, runs: Iterable[Run]) -> Query:
    """Papers with one of these; without terms of the index, nothing can be ruled out."""
    found = sorted(runs)
    if () in found:
        return Query.all_query()
    return any_of([stand_together(schema, run) for run in found])


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
