"""Where a phrase stands in a text, in every spelling that counts as the same.

Word by word, two words of the phrase may be one in the text (fine-tuning, finetuning) and one may
be two, but not two neighbours in a row: that bounds how many words of a text a stretch of the
phrase can cover, and with it how long the keys must be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.plurals import singular, stem, stem_alone
from bot.domain.tokens import STOP_WORDS, Token, is_cased, may_join, run_key, tokens

KEY_WORDS = 3  # a text is looked up by its runs of one to three words
PARTED = "+"  # before the key of two words that are also one: no word begins so
TOGETHER = 8  # letters by which a word's neighbour makes it rarer
KEY_LENGTH = 200  # characters; what an indexed column takes on every database


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase made ready to be compared."""

    words: tuple[Token, ...]
    norms: tuple[str, ...]
    cased: tuple[bool, ...]  # the word must come in its own case
    plural: tuple[bool, ...]  # the word may come as singular or plural
    literal: bool

    @property
    def is_cased(self) -> bool:
        """Whether any word must come in its own case."""
        return True in self.cased


@lru_cache(maxsize=32_768)
def pattern(text: str, *, literal: bool) -> Pattern:
    """The pattern of a phrase in canonical text. Plurals count on the last word and before "of"."""
    words = tokens(text)
    alone = len(words) == 1
    followers = [*(word.norm for word in words[1:]), "of"]
    return Pattern(
        words,
        tuple(word.norm for word in words),
        tuple(is_cased(word, alone=alone) for word in words),
        tuple(not literal and follower == "of" for follower in followers),
        literal,
    )


class Text:
    """The words of a text, and where words with the same beginning stand in it."""

    __slots__ = ("_places", "norms", "words")

    def __init__(self, words: tuple[Token, ...]) -> None:
        self.words = words
        self.norms = tuple(word.norm for word in words)
        self._places: dict[str, list[int]] | None = None

    def places(self, beginning: str) -> list[int]:
        """The numbers of the words that begin with these two letters, or are this one."""
        if self._places is None:
            self._places = {}
            for number, norm in enumerate(self.norms):
                self._places.setdefault(norm[:2], []).append(number)
        return self._places.get(beginning, [])

    def beginnings(self, word: str) -> Iterator[int]:
        """Where the word may begin, alone or as part of another, in the singular or plural.

        Two spellings share all but the last letter of the shorter one.
        """
        if len(word) == 1:
            yield from (n for n, norm in enumerate(self.norms) if norm[0] == word)
            return
        for number in self.places(word[:2]):
            norm = self.norms[number]
            shared = min(len(norm), len(word)) - 1
            if norm[:shared] == word[:shared]:
                yield number
        yield from self.places(word[0])


def find(wanted: Pattern, text: Text) -> Iterator[tuple[int, int]]:
    """Each place of the phrase, as the numbers of its first word and of the one after its last."""
    for start in text.beginnings(wanted.norms[0]):
        end = start + len(wanted.norms)
        if not wanted.is_cased and text.norms[start:end] == wanted.norms:
            yield start, end
        elif found := _end(wanted, text, start):
            yield start, found


def _end(wanted: Pattern, text: Text, start: int) -> int:
    """Where a phrase that begins at this word ends; 0 if it does not begin here."""
    open_ends = [(0, start, False)]
    while open_ends:
        at, place, was_apart = open_ends.pop()
        if at == len(wanted.norms):
            return place
        if place == len(text.norms) or text.norms[place][0] != wanted.norms[at][0]:
            continue  # however they are written, the same words begin with the same letter
        if _is_word(wanted, at, text.words[place]):
            open_ends.append((at + 1, place + 1, False))
        elif wanted.literal:
            continue
        elif _is_compound(wanted, at, text, place):
            open_ends.append((at + 2, place + 1, False))
        elif not was_apart and _is_parted(wanted, at, text, place):
            open_ends.append((at + 1, place + 2, True))
    return 0


def _is_word(wanted: Pattern, at: int, read: Token) -> bool:
    """Whether this word of the phrase is this word of the text."""
    typed = wanted.words[at]
    if typed.norm != read.norm:
        if not wanted.plural[at] or typed.norm[:2] != read.norm[:2]:
            return False
        if not _forms(typed.norm, typed.text) & _forms(read.norm, read.text):
            return False
    return not wanted.cased[at] or _fits_case((typed,), (True,), read.text)


def _is_compound(wanted: Pattern, at: int, text: Text, place: int) -> bool:
    """Whether this word of the phrase and the next are one word of the text."""
    words, read = wanted.words[at : at + 2], text.words[place]
    if len(words) < 2 or not read.norm.startswith(words[0].norm) or not _are_one(*words):
        return False
    return _is_same(wanted, slice(at, at + 2), (read,))


def _is_parted(wanted: Pattern, at: int, text: Text, place: int) -> bool:
    """Whether this word of the phrase is written as two in the text."""
    read = text.words[place : place + 2]
    if len(read) < 2 or not wanted.norms[at].startswith(read[0].norm) or not _are_one(*read):
        return False
    return _is_same(wanted, slice(at, at + 1), read)


def _are_one(left: Token, right: Token) -> bool:
    return may_join(left, right, right.gap)


def _is_same(wanted: Pattern, where: slice, found: Sequence[Token]) -> bool:
    """Whether words of the phrase are words of the text once either are written together."""
    words = wanted.words[where]
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


def text_keys(words: Sequence[Token]) -> list[str]:
    """What a text of these words is looked up by: `run_key` of each run of one to three of them.

    Two words that are also one have a key for that, too. A paper has hundreds of keys, so the stems
    of its words are cut once for all of the runs they end.
    """
    norms = [word.norm for word in words]
    ends = [stem_alone(norm) for norm in norms]
    before_of = [stem(norm) if following == "of" else norm for norm, following in pairwise(norms)]
    seconds = [first + norm for first, norm in zip(before_of, norms[1:], strict=True)]
    singles = [end or stem(norm) for norm, end in zip(norms, ends, strict=True)]
    pairs = _ended(before_of, norms[1:], ends[1:])
    triples = _ended(seconds, norms[2:], ends[2:])
    parted = [
        PARTED + key
        for key, (left, right) in zip(pairs, pairwise(words), strict=True)
        if _are_one(left, right)
    ]
    return [key[:KEY_LENGTH] for key in (*singles, *pairs, *triples, *parted)]


def _ended(starts: Sequence[str], norms: Sequence[str], ends: Sequence[str]) -> list[str]:
    """The keys of runs that begin so and have these last words."""
    return [
        (stem(start) if norm == "of" else start) + end if end else stem(start + norm)
        for start, norm, end in zip(starts, norms, ends, strict=False)
    ]


def phrase_keys(wanted: Pattern) -> frozenset[str]:
    """Keys of which every text that holds the phrase has at least one.

    The most telling stretch of the phrase; the stretches beside it where a text may write a word of
    it and its neighbour as one; and where a word written as two makes the stretch too long for a
    key, that word.
    """
    words = wanted.words
    width = min(len(words), KEY_WORDS)
    starts = range(len(words) - width + 1)
    start = max(starts, key=lambda place: (_weight(words[place : place + width]), -place))
    end = start + width
    found = {run_key(words[start:end])[:KEY_LENGTH]}
    if wanted.literal:
        return frozenset(found)
    for edge in (start, end):
        if 0 < edge < len(words) and _are_one(words[edge - 1], words[edge]):
            found.add(run_key(words[edge - 1 : edge + 1])[:KEY_LENGTH])
    if width == KEY_WORDS:
        longer = (word for word in words[start:end] if len(word.norm) > 1)
        found.update((PARTED + run_key((word,)))[:KEY_LENGTH] for word in longer)
    return frozenset(found)


def weight(wanted: Pattern) -> int:
    """How telling a phrase is: letters of its best stretch; two words together are far rarer."""
    width = min(len(wanted.words), KEY_WORDS)
    starts = range(len(wanted.words) - width + 1)
    best = max(_weight(wanted.words[start : start + width]) for start in starts)
    return best + TOGETHER * (width - 1)


def _weight(words: Sequence[Token]) -> int:
    """How telling a stretch is: the letters of its words that are not in every text."""
    return sum(len(word.norm) for word in words if word.norm not in STOP_WORDS)
