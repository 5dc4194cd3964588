"""Where a phrase stands in a text, in every spelling that counts as the same.

Word by word, two words of the phrase may be one in the text (fine-tuning, finetuning) and one may
be two, but not two neighbours in a row: that bounds how many words of a text a stretch of the
phrase can cover, and with it how long the keys must be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.plurals import singular
from bot.domain.tokens import STOP_WORDS, Token, is_cased, may_join, run_key, tokens

# A text is looked up by its runs of one to three words. Two words of a phrase never cover more.
KEY_WORDS = 3
KEY_LENGTH = 200  # characters; what an indexed column takes on every database


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase made ready to be compared."""

    words: tuple[Token, ...]
    cased: tuple[bool, ...]  # the word must come in its own case
    plural: tuple[bool, ...]  # the word may come as singular or plural
    literal: bool


@lru_cache(maxsize=10_000)
def pattern(text: str, *, literal: bool) -> Pattern:
    """The pattern of a phrase in canonical text. Plurals count on the last word and before "of"."""
    words = tokens(text)
    alone = len(words) == 1
    followers = [*(word.norm for word in words[1:]), "of"]
    return Pattern(
        words,
        tuple(is_cased(word, alone=alone) for word in words),
        tuple(not literal and follower == "of" for follower in followers),
        literal,
    )


def find(wanted: Pattern, text: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Each place of the phrase, as the numbers of its first word and of the one after its last."""
    first = wanted.words[0].norm[0]
    for start, token in enumerate(text):
        if token.norm[0] == first:
            end = _end(wanted, text, start)
            if end:
                yield start, end


def _end(wanted: Pattern, text: Sequence[Token], start: int) -> int:
    """Where a phrase that begins at this word ends; 0 if it does not begin here."""
    open_ends = [(0, start, False)]
    while open_ends:
        at, place, was_apart = open_ends.pop()
        if at == len(wanted.words):
            return place
        for ours, theirs in _steps(wanted, at, text, place, was_apart):
            if _is_same(wanted, slice(at, at + ours), text[place : place + theirs]):
                open_ends.append((at + ours, place + theirs, theirs == 2))
    return 0


def _steps(
    wanted: Pattern, at: int, text: Sequence[Token], place: int, was_apart: bool
) -> Iterator[tuple[int, int]]:
    """How many words of the phrase may be compared with how many of the text."""
    if place == len(text):
        return
    yield 1, 1
    if wanted.literal:
        return
    if at + 1 < len(wanted.words) and _are_one(*wanted.words[at : at + 2]):
        yield 2, 1
    if place + 1 < len(text) and not was_apart and _are_one(*text[place : place + 2]):
        yield 1, 2


def _are_one(left: Token, right: Token) -> bool:
    return may_join(left, right, right.gap)


def _is_same(wanted: Pattern, where: slice, found: Sequence[Token]) -> bool:
    words = wanted.words[where]
    if len(words) == len(found) == 1:
        ours, theirs = words[0].norm, found[0].norm
        typed, read = words[0].text, found[0].text
    else:
        ours, theirs = ("".join(each.norm for each in run) for run in (words, found))
        typed, read = ("".join(each.text for each in run) for run in (words, found))
    if ours != theirs and not (
        wanted.plural[where][-1] and _forms(ours, typed) & _forms(theirs, read)
    ):
        return False
    return not any(wanted.cased[where]) or _fits_case(words, wanted.cased[where], read)


def _forms(norm: str, text: str) -> set[str]:
    """The singulars that a word may have: an acronym loses its small s whatever letter precedes."""
    forms = {singular(norm)}
    if len(text) > 2 and text[-1] == "s" and text[-2].isupper():
        forms.add(norm[:-1])
    return forms


def _fits_case(words: Sequence[Token], cased: Sequence[bool], read: str) -> bool:
    """Whether the words that ask for their own case have it; a plural adds a small s."""
    start = 0
    for number, (word, matters) in enumerate(zip(words, cased, strict=True), 1):
        end = start + len(word.text) if number < len(words) else len(read)
        there = read[start:end]
        if matters and there != word.text and word.text + "s" != there and there + "s" != word.text:
            return False
        start = end
    return True


def text_keys(text: Sequence[Token]) -> Iterator[str]:
    """What a text is looked up by: its runs of one to three words."""
    for start in range(len(text)):
        for end in range(start + 1, min(start + KEY_WORDS, len(text)) + 1):
            yield run_key(text[start:end])[:KEY_LENGTH]


def phrase_keys(wanted: Pattern) -> frozenset[str]:
    """Keys of which every text that holds the phrase has at least one.

    The most telling stretch of the phrase, and the stretches beside it where a text may write a
    word of it and its neighbour as one.
    """
    words = wanted.words
    width = min(len(words), _width(wanted))
    starts = range(len(words) - width + 1)
    start = max(starts, key=lambda place: (_weight(words[place : place + width]), -place))
    end = start + width
    stretches = [words[start:end]]
    if not wanted.literal:
        stretches += [
            words[edge - 1 : edge + 1]
            for edge in (start, end)
            if 0 < edge < len(words) and _are_one(words[edge - 1], words[edge])
        ]
    return frozenset(run_key(each)[:KEY_LENGTH] for each in stretches)


def _width(wanted: Pattern) -> int:
    fixed = wanted.literal or all(word.is_unspaced for word in wanted.words)
    return KEY_WORDS if fixed else KEY_WORDS - 1


def _weight(words: Sequence[Token]) -> int:
    """How telling a stretch is: the letters of its words that are not in every text."""
    return sum(len(word.norm) for word in words if word.norm not in STOP_WORDS)
