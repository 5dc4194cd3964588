"""Words as they are compared: cut out of a text, lower-cased, and which spellings are one."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.domain.folding import SEAM, fold
from bot.domain.plurals import stem

# Words that say nothing of a topic. Not among them: over, under, up, down, out, off, which make
# words (over fitting is overfitting).
STOP_WORDS = frozenset(
    word
    for line in (
        "a an the this that these those such same own some any each every both more most few only",
        "and or nor but if than then so as not no just very too now here there how when where why",
        "at by for from in into of on through to via with while",
        "i me my we us our you your he him his she her it its they them their",
        "who whom what which s t",
        "am is are was were be been do does did has have had can could may might must shall should",
        "will would",
    )
    for word in line.split()
)

# What stands between two words.
TIGHT = "-"  # nothing, a hyphen, an underscore or an apostrophe
SPACE = " "
BROKEN = "."  # any other mark
LONGEST_KEPT = 40  # characters of a stretch that is remembered

# Scripts written without spaces, or with endings that a space does not part: a token a character.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_LETTER = rf"(?:[^\W_{_UNSPACED}]|[\u0900-\u0dff])"  # Indic vowel signs belong to their word
_TOKEN = re.compile(
    rf"""(
      (?<!\w)[A-Za-z](?:\+\+|\#)                                     # C++, C#
    | (?<![\w.])\.[Nn][Ee][Tt](?!\w)                                 # .NET
    | (?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\w,])           # 10,000
    | [{_UNSPACED}]
    | {_LETTER}+(?:(?<=\d)\.(?=\d){_LETTER}+)*(?:(?<=[nN])'[tT](?!\w))?   # 3.1 and don't are whole
    )(?:'[sS](?!\w))?                                                # BERT's is BERT
    """,
    re.VERBOSE,
)
# A name and its version: GPT4, GPT4o, Llama3.1, YOLOv8. Shorter names are one word with their
# number (CO2, H100, T5): they mean nothing without it. Con is not the name in conv2.
_VERSIONED = re.compile(r"([^\W\d_]{3,}?)((?:(?<![cC]on)[vV])?\d+(?:\.\d+)*[^\W\d_]?)")
_TIGHT_GAP = re.compile(rf"[-_'{SEAM}]*")


class Token(NamedTuple):
    """One word of a text."""

    text: str  # folded, in its own case
    norm: str  # in lower case
    gap: str  # what stands before it: TIGHT, SPACE or BROKEN

    @property
    def is_unspaced(self) -> bool:
        """Whether it is one character of a script without spaces."""
        return len(self.norm) == 1 and _IS_UNSPACED.match(self.norm) is not None


class Place(NamedTuple):
    """Where a word stands in the text that people see."""

    start: int
    end: int


class _Cut(NamedTuple):
    """The words of a stretch of text: as they are after a space, and after another mark."""

    after_space: tuple[Token, ...]
    after_mark: tuple[Token, ...]
    ends_in_mark: bool


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, in order.

    Texts say the same between spaces again and again, so each stretch is cut once and remembered:
    an abstract takes a tenth of the time.
    """
    found: list[Token] = []
    marked = True
    for stretch in _stretches(text):
        after_space, after_mark, ends_in_mark = (
            _cut(stretch) if len(stretch) <= LONGEST_KEPT else _cut_anew(stretch)
        )
        found += after_mark if marked else after_space
        marked = ends_in_mark or (marked and not after_space)
    return tuple(found)


def placed(text: str) -> list[tuple[Token, Place]]:
    """The same words with their places, for what is shown to people."""
    return _scan(text)[0]


def norms(text: str) -> list[str]:
    """The norms of `tokens` alone: half the work for a text that is read once."""
    folded = fold(text).text
    return [
        _token(folded[first:last], TIGHT).norm
        for match in _TOKEN.finditer(folded)
        for first, last in _parts(match[1], *match.span(1))
    ]


def _stretches(text: str) -> list[str]:
    """The text between spaces; a LaTeX command reaches across the one behind it."""
    parts = text.split(" ")
    if "\\" not in text:
        return parts
    joined: list[str] = []
    reaches = False
    for part in parts:
        if reaches:
            joined[-1] += f" {part}"
        else:
            joined.append(part)
        reaches = "\\" in part or (reaches and not part.strip())
    return joined


def _cut_anew(stretch: str) -> _Cut:
    words, starts_with_mark, ends_in_mark = _scan(stretch)
    after_mark = tuple(token for token, _ in words)
    if not after_mark or starts_with_mark:
        return _Cut(after_mark, after_mark, ends_in_mark)
    after_space = (after_mark[0]._replace(gap=SPACE), *after_mark[1:])
    return _Cut(after_space, after_mark, ends_in_mark)


_cut = lru_cache(maxsize=32_768)(_cut_anew)


def _scan(text: str) -> tuple[list[tuple[Token, Place]], bool, bool]:
    """The words with their places, and whether a mark stands before the first, after the last."""
    folded = fold(text)
    found: list[tuple[Token, Place]] = []
    starts_with_mark, done = False, 0
    for match in _TOKEN.finditer(folded.text):
        start, end = match.span(1)
        gap = _gap(folded.text[done:start])
        if not found:
            starts_with_mark, gap = _is_mark(folded.text[:start]), BROKEN
        for first, last in _parts(match[1], start, end):
            place = Place(*folded.origin(first, last))
            found.append((_token(folded.text[first:last], gap), place))
            gap = TIGHT
        done = match.end()
    return found, starts_with_mark, _is_mark(folded.text[done:])


def _token(word: str, gap: str) -> Token:
    if not word.isascii():
        word = word.replace("'", "")
        norm = word.casefold()
        # Case is compared letter by letter, which needs as many letters in either form.
        return Token(word if len(norm) == len(word) else norm, norm, gap)
    word = word if word.isalnum() else word.replace(",", "").replace("'", "")
    return Token(word, word.lower(), gap)


def _parts(word: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    versioned = None if word.isalpha() else _VERSIONED.fullmatch(word)
    if versioned is None:
        return ((start, end),)
    middle = start + versioned.end(1)
    return (start, middle), (middle, end)


def _gap(between: str) -> str:
    if between == SPACE:
        return SPACE
    if _TIGHT_GAP.fullmatch(between):
        return TIGHT
    return BROKEN if _is_mark(between) else SPACE


def _is_mark(between: str) -> bool:
    return bool(between.strip(f" \t\r\n{SEAM}"))


def may_join(left: Token, right: Token, gap: str) -> bool:
    """Whether two neighbours are also one word: fine-tuning and fine tuning are finetuning.

    Not two numbers, not across punctuation; with a space between, no stop word (`now here` is not
    nowhere) and no single letter except beside a number.
    """
    if gap == BROKEN or left.is_unspaced or right.is_unspaced:
        return False
    if (left.norm[-1].isdigit() and right.norm[0].isdigit()) or "of" in (left.norm, right.norm):
        return False
    if gap == TIGHT:
        return True
    if left.norm in STOP_WORDS or right.norm in STOP_WORDS:
        return False
    numbers = left.norm[-1].isdigit() or right.norm[0].isdigit()
    return numbers or (len(left.norm) > 1 and len(right.norm) > 1)


def is_cased(token: Token, *, alone: bool) -> bool:
    """Smart case: whether a word of a query asks for its own case.

    Acronyms and names in mixed case of two to six letters do (RAG, LoRA, not Mamba); one capital
    only when it is all there is (C), so that K-means finds k-means and 3D finds 3d.
    """
    if token.text == token.norm:
        return False
    letters = "".join(filter(str.isalpha, token.text))
    if letters.islower() or token.norm in ("and", "or", "not"):
        return False
    if len(letters) <= 1:
        return alone and len(token.text) == 1
    return len(letters) <= 6 and not letters.istitle()


def run_key(run: Sequence[Token]) -> str:
    """What a run of words is looked up by, the same for each spelling that may match."""
    joined = ""
    for token in run:
        joined = (stem(joined) if joined and token.norm == "of" else joined) + token.norm
    return stem(joined)
