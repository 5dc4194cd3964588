"""What people ask of many papers, and more papers made of these ones' words."""

import random
import re
from collections.abc import Iterable, Iterator
from itertools import count

from bot.domain.paper import Paper
from tests.benchmarks.corpus import SEED
from tests.benchmarks.typos import mistyped

POOL = 10_000  # papers
LONGEST = 200  # characters of a question
FEWEST = 8  # words of a sentence, where an abstract has one so long
_END = re.compile(r"(?<=[.?!])\s+")
_WORD = re.compile(r"[^\W_]+")


class Pool:
    """Some of many papers, each as likely as any other."""

    def __init__(self) -> None:
        self._chance = random.Random(SEED)  # noqa: S311  # the same each time
        self._kept: list[Paper] = []

    def through(self, papers: Iterable[Paper]) -> Iterator[Paper]:
        """Pass papers on, and keep some."""
        for number, paper in enumerate(papers):
            place = number if number < POOL else self._chance.randrange(number + 1)
            if place < POOL:
                self._kept[place : place + 1] = [paper]
            yield paper

    def more(self) -> Iterator[Paper]:
        """Papers without end: halves of two titles, as many sentences as an abstract has."""
        for number in count(1):
            first, second = self._chance.choices(self._kept, k=2)
            body = [self._sentence() for _ in _sentences(first.abstract)]
            yield Paper(
                id=f"made-{number}",
                title=f"{_halves(first.title)[0]} {_halves(second.title)[1]}",
                abstract=" ".join(body),
                authors=first.authors,
                categories=second.categories,
                published=second.published,
            )

    def short(self, number: int) -> list[str]:
        """Two to four neighbouring words of titles."""
        return [self._run(self._chance.choice(self._kept).title) for _ in range(number)]

    def sentences(self, number: int) -> list[str]:
        """Sentences of abstracts as plain words, as long as a query may be."""
        return [self._question(self._chance.choice(self._kept)) for _ in range(number)]

    def every_second_mistyped(self, queries: Iterable[str]) -> list[str]:
        """Queries of which every second has one slip."""
        return [
            mistyped(self._chance, text, words=number % 2) for number, text in enumerate(queries)
        ]

    def _sentence(self) -> str:
        return self._chance.choice(_sentences(self._chance.choice(self._kept).abstract))

    def _question(self, paper: Paper) -> str:
        every = [_WORD.findall(each.lower()) for each in _sentences(paper.abstract)]
        long = [words for words in every if len(words) >= FEWEST] or [max(every, key=len)]
        text = " ".join(self._chance.choice(long))
        return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]

    def _run(self, title: str) -> str:
        words = _WORD.findall(title.lower())
        length = self._chance.randint(2, 4)
        start = self._chance.randrange(max(1, len(words) - length + 1))
        return " ".join(words[start : start + length])


def _sentences(abstract: str) -> list[str]:
    return _END.split(abstract)


def _halves(title: str) -> tuple[str, str]:
    words = title.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])
