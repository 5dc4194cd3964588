"""Real papers from files, and queries as people would make them of these papers' words."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from bot.domain.paper import Paper
from bot.domain.query import canonical, parse_subscription
from bot.domain.tokens import Token, tokens
from bot.errors import QueryProblem
from bot.sources import files

SEED = 7


def papers(paths: Sequence[Path], most: int) -> list[Paper]:
    """The first papers of these files that have an abstract, each once."""
    found: dict[str, Paper] = {}
    for path in paths:
        for batch in files.read(path):
            for listing in batch.listings:
                if listing.paper.abstract:
                    found.setdefault(listing.paper.id, listing.paper)
            if len(found) >= most:
                return list(found.values())[:most]
    return list(found.values())


def subscriptions(corpus: Sequence[Paper], count: int) -> list[str]:
    """The canonical queries of so many people: phrases mostly, and every other kind.

    Two people who follow the same topic are two entries with one text.
    """
    made: list[str] = []
    chance = random.Random(SEED)  # noqa: S311  # the same each time
    common = _common(corpus)
    runs = [_Runs(chance, tokens(text), common) for text in _texts(corpus)]
    weights = [weight for weight, _ in KINDS]
    while len(made) < count:
        number = chance.randrange(len(corpus))
        run = runs[2 * number + (chance.random() < 0.7)]
        [(_, typed)] = chance.choices(KINDS, weights)
        with suppress(LookupError, QueryProblem):
            made.append(canonical(parse_subscription.__wrapped__(typed(corpus[number], run))))
    return made


def _texts(corpus: Sequence[Paper]) -> Iterator[str]:
    for paper in corpus:
        yield paper.title
        yield paper.abstract


class _Runs:
    """Neighbouring words of one text, the ends of which tell papers apart."""

    def __init__(
        self, chance: random.Random, words: Sequence[Token], common: AbstractSet[str]
    ) -> None:
        self.chance = chance
        self.words = [word.text for word in words]
        telling = [word.norm not in common for word in words]
        self.starts = {
            length: [
                start
                for start in range(len(words) - length + 1)
                if telling[start] and telling[start + length - 1]
            ]
            for length in (1, 2, 3)
        }

    def __call__(self, length: int) -> str:
        """A run of so many words. Raises LookupError where there is none."""
        start = self.chance.choice(self.starts[length])
        return " ".join(self.words[start : start + length])

    def one_of(self, values: Sequence[str]) -> str:
        """One of a paper's authors or categories. Raises LookupError where it has none."""
        return self.chance.choice(values)


Kind: TypeAlias = Callable[[Paper, _Runs], str]
# How many of a hundred people ask so.
KINDS: list[tuple[int, Kind]] = [
    (44, lambda _, run: run(2)),
    (22, lambda _, run: run(3)),
    (10, lambda _, run: run(1)),
    (6, lambda _, run: f'"{run(3)}"'),
    (5, lambda _, run: f"{run(2)} AND {run(1)}"),
    (4, lambda _, run: f"{run(2)} -{run(1)}"),
    (4, lambda _, run: f"{run(2)}, {run(3)}"),
    (3, lambda paper, run: f'author:"{run.one_of(paper.authors)}"'),
    (2, lambda paper, run: f"cat:{run.one_of(paper.categories)} {run(2)}"),
]


def _common(corpus: Sequence[Paper]) -> AbstractSet[str]:
    """Words in more than one paper of a hundred, and short ones: nobody follows "results"."""
    held = Counter(
        norm for paper in corpus for norm in {word.norm for word in tokens(paper.abstract)}
    )
    short = {norm for norm in held if len(norm) < 3}
    return short | {norm for norm, count in held.items() if count > max(1, len(corpus) / 100)}
