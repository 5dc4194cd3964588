"""The vocabulary: how many papers each word occurs in, and the known words near an unknown one.

A file beside the search index, mapped into memory: processes share it, and it may be deleted any
time. Two words within so many slips of each other become the same by leaving out as many letters
of both; their beginnings do too. So every beginning is filed under what can be left of it.
"""

import os
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, groupby, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4
from zlib import crc32

from rapidfuzz.distance import OSA

from bot.domain.spelling import MOST_SLIPS, Suggestion, best, fewest_papers, slips

FILE = "vocabulary"
# Numbers are written as this machine keeps them; one that keeps them otherwise sees another file.
MAGIC = f"papers words 1 {sys.byteorder[0]}".encode()
BEGINNING = 7  # letters; with fewer a look-up meets more words, with more the file grows
BLOCK = 1 << 20  # bytes read at once

_HEADER = struct.Struct(f"={len(MAGIC)}sI")  # MAGIC, and the checksum of all that follows
_LENGTHS = struct.Struct("=3I")  # words, beginnings, drawers


@dataclass(frozen=True, slots=True)
class _Tables:
    """The file: words in order, beginnings as ranges of words, drawers as ranges of beginnings."""

    word_starts: memoryview  # where each word starts in the text, and where the last one ends
    counts: memoryview
    beginning_starts: memoryview  # the first word of each beginning
    drawer_starts: memoryview  # the first of each drawer's beginnings
    drawers: memoryview  # the beginnings filed, drawer after drawer
    text: memoryview

    def word(self, number: int) -> bytes:
        return bytes(self.text[self.word_starts[number] : self.word_starts[number + 1]])

    def count(self, word: bytes) -> int:
        number = bisect_left(range(len(self.counts)), word, key=self.word)
        found = number < len(self.counts) and self.word(number) == word
        return self.counts[number] if found else 0

    def near(self, word: str, allowed: int) -> Iterator[tuple[str, int]]:
        """Every word that may be proposed within so many slips, and others."""
        fewest = fewest_papers(len(self.counts))
        for beginning in self._beginnings(word, allowed):
            for number in range(*self.beginning_starts[beginning : beginning + 2]):
                if self.counts[number] >= fewest:
                    yield _decoded(self.word(number)), self.counts[number]

    def _beginnings(self, word: str, allowed: int) -> set[int]:
        found: set[int] = set()
        for key in _keys(word[:BEGINNING], allowed):
            drawer = key % len(self.drawers)
            found.update(self.drawers[slice(*self.drawer_starts[drawer : drawer + 2])])
        return found


class Vocabulary:
    """One folder's vocabulary as it stood when opened; empty where there is none to be read.

    Many threads may ask at once, also while it is closed or written anew.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._tables = _read(folder / FILE)
        except (OSError, ValueError, struct.error):
            self._tables = EMPTY

    def __len__(self) -> int:
        return len(self._tables.counts)

    def count(self, word: str) -> int:
        """How many papers a word occurs in."""
        return self._tables.count(_encoded(word))

    def nearest(self, word: str) -> Suggestion | None:
        """The known word that an unknown one was meant to be; None for one that is known."""
        tables, allowed = self._tables, slips(word)
        if not allowed or tables.count(_encoded(word)):
            return None
        found = best(word, tables.near(word, allowed))
        if found is None:
            return None
        return Suggestion(found, tables.count(_encoded(found)), OSA.distance(word, found))

    def close(self) -> None:
        """Be empty from now on; the file is let go when the last who reads in it is done."""
        self._tables = EMPTY


def write(folder: Path, counts: Mapping[str, int]) -> None:
    """Replace a folder's vocabulary by these words, each with how many papers it occurs in.

    Whoever has the last one open keeps it.
    """
    body = _packed({word: count for word, count in counts.items() if count > 0})
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{FILE}-{uuid4().hex}"
    try:
        unfinished.write_bytes(_HEADER.pack(MAGIC, crc32(body)) + body)
        os.replace(unfinished, folder / FILE)
    finally:
        unfinished.unlink(missing_ok=True)


def _packed(counts: Mapping[str, int]) -> bytes:
    words = sorted(counts)  # by code points, which is the order of their bytes
    ordered = array("I", (counts[word] for word in words))
    starts = _beginning_starts(words)
    drawer_starts, drawers = _filed(_proposable(words, ordered, starts))
    encoded = [_encoded(word) for word in words]
    numbers = (_starts(map(len, encoded)), ordered, starts, drawer_starts, drawers)
    lengths = _LENGTHS.pack(len(words), len(starts) - 1, len(drawers))
    return b"".join((lengths, *numbers, *encoded))


def _beginning_starts(words: Iterable[str]) -> "array[int]":
    groups = groupby(words, key=lambda word: word[:BEGINNING])
    return _starts(sum(1 for _ in group) for _, group in groups)


def _proposable(
    words: Sequence[str], counts: Sequence[int], starts: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """The beginnings of words that may be proposed, numbered."""
    fewest = fewest_papers(len(words))
    for number, (first, end) in enumerate(pairwise(starts)):
        if max(counts[first:end]) >= fewest:
            yield number, words[first][:BEGINNING]


def _filed(beginnings: Iterable[tuple[int, str]]) -> "tuple[array[int], array[int]]":
    """Where each drawer starts, and the beginnings in them: about as many of either."""
    keys, filed = array("I"), array("I")
    for number, beginning in beginnings:
        found = _keys(beginning, MOST_SLIPS)
        keys.extend(found)
        filed.extend([number] * len(found))
    sizes = array("I", bytes(4 * max(1, len(keys))))
    for key in keys:
        sizes[key % len(sizes)] += 1
    starts, drawers = _starts(sizes), array("I", bytes(4 * len(sizes)))
    free = starts[:]
    for key, number in zip(keys, filed, strict=True):
        drawer = key % len(sizes)
        drawers[free[drawer]] = number
        free[drawer] += 1
    return starts, drawers


def _keys(beginning: str, allowed: int) -> set[int]:
    """What a word's beginning is filed under: what is left of it without some of its letters."""
    sizes = range(max(1, len(beginning) - allowed), len(beginning) + 1)
    return {
        crc32(_encoded("".join(kept))) for size in sizes for kept in combinations(beginning, size)
    }


def _starts(lengths: Iterable[int]) -> "array[int]":
    return array("I", accumulate(lengths, initial=0))


def _read(path: Path) -> _Tables:
    """Map a file into memory. Raises ValueError or struct.error where it is not as written."""
    with path.open("rb") as file:
        magic, checksum = _HEADER.unpack(file.read(_HEADER.size))
        if magic != MAGIC or checksum != _checksum(file):
            raise ValueError("another version, or damaged")
        return _tables(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))[_HEADER.size :])


def _checksum(file: BinaryIO) -> int:
    checksum = 0
    while block := file.read(BLOCK):
        checksum = crc32(block, checksum)
    return checksum


def _tables(body: memoryview) -> _Tables:
    words, beginnings, drawers = _LENGTHS.unpack_from(body)
    sizes = (words + 1, words, beginnings + 1, drawers + 1, drawers)
    *bounds, end = accumulate((4 * size for size in sizes), initial=_LENGTHS.size)
    numbers = [body[first:last].cast("I") for first, last in pairwise((*bounds, end))]
    return _Tables(*(*numbers, body[end:]))


def _encoded(word: str) -> bytes:
    return word.encode(errors="surrogatepass")


def _decoded(word: bytes) -> str:
    return word.decode(errors="surrogatepass")


EMPTY = _tables(memoryview(_packed({})))
