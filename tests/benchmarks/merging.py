"""How seldom the rule of title and people takes two papers for one, and how often it misses.

    python -m tests.benchmarks.merging --files F… [--put-twice FILE] [--list]

Every paper of these files is compared as if its id were not known, with those alone that share its
key. What is true: two sightings, in files of different kinds, with one id are one paper; two
arXiv ids are two papers, unless the pair stands in `put_twice.tsv`: works that their authors put on
arXiv twice, found by this benchmark and looked at one by one. `precision` counts those as right,
`strict_precision` as wrong. `merged_in_production` is how many of the pairs the bot would make one:
two arXiv ids never are.

Thresholds were chosen on papers of one half (`tuned`, by the ids' checksum); `held_out` is the
other half. `recall` is over papers that several kinds of files have; `slips`, over the first
papers with one letter of the title mistyped, `cut`, with half the abstract.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any
from zlib import crc32

from bot.domain.identity import Rule, is_arxivs, may_be_one
from bot.domain.likeness import key, likeness
from bot.domain.paper import Paper
from bot.sources import files
from tests.benchmarks.typos import mistyped

PUT_TWICE = Path(__file__).with_name("put_twice.tsv")
PACKED = frozenset({".gz", ".xz"})
MADE = 5_000  # papers that are mistyped or cut
SEED = 7


@dataclass(frozen=True, slots=True)
class Sighting:
    """A paper as one kind of file has it."""

    kind: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two sightings that the rule takes for one paper."""

    one: Paper
    other: Paper
    score: float

    @property
    def ids(self) -> frozenset[str]:
        return frozenset({self.one.id, self.other.id})

    @property
    def is_right(self) -> bool:
        return len(self.ids) == 1


def main() -> None:
    """Measure, and print one JSON object."""
    arguments = _arguments()
    sightings = read(arguments.files)
    twice = put_twice(arguments.put_twice)
    began = perf_counter()
    found, figures = proposed(sightings)
    figures["seconds"] = round(perf_counter() - began, 1)
    told = figures | measured(sightings, found, twice)
    for name, half in (("tuned", 0), ("held_out", 1)):
        some = [each for each in sightings if _half(each.paper.id) == half]
        pairs = [each for each in found if _half(min(each.ids)) == half]
        told[name] = measured(some, pairs, twice)
    told |= made(sightings)
    if arguments.list:
        for each in found:
            if not each.is_right and each.ids not in twice:
                print("\t".join([*sorted(each.ids), each.one.title]))  # noqa: T201
    print(json.dumps(told))  # noqa: T201  # what it is for


def read(paths: Iterable[Path]) -> list[Sighting]:
    """Each paper once for each kind of file."""
    found: dict[tuple[str, str], Sighting] = {}
    for path in paths:
        kind = next(each for each in reversed(path.suffixes) if each not in PACKED)
        for batch in files.read(path):
            for paper in (*(each.paper for each in batch.listings), *batch.revisions):
                found.setdefault((kind, paper.id), Sighting(kind, paper))
    return list(found.values())


def put_twice(path: Path) -> set[frozenset[str]]:
    """Pairs of arXiv ids that are one work."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {frozenset(line[:2]) for line in lines}


def proposed(sightings: Sequence[Sighting]) -> tuple[list[Proposed], dict[str, Any]]:
    """The pairs that the rule makes one, and what it looked at for that."""
    blocks = defaultdict(list)
    for each in sightings:
        if name := key(each.paper):
            blocks[name].append(each)
    found: list[Proposed] = []
    compared = 0
    for block in blocks.values():
        for one, other in combinations(block, 2):
            compared += 1
            score = likeness(one.paper, other.paper)
            if score:
                found.append(Proposed(one.paper, other.paper, score))
    return found, {
        "largest_block": max(map(len, blocks.values()), default=0),
        "compared": compared,
        "compared_per_paper": round(compared / max(len(sightings), 1), 4),
    }


def measured(
    sightings: Sequence[Sighting], found: Sequence[Proposed], twice: set[frozenset[str]]
) -> dict[str, Any]:
    """Precision and recall of these proposals about these papers."""
    same = defaultdict(list)
    for each in sightings:
        same[each.paper.id].append(each)
    true = sum(len(list(combinations(each, 2))) for each in same.values())
    right = sum(each.is_right for each in found)
    wrong = {each.ids for each in found if not each.is_right}
    left = wrong - twice
    in_production = {each for each in wrong if may_be_one(*sorted(each), Rule.TITLE)}
    return {
        "papers": len(same),
        "pairs": right + len(wrong),
        "right": right,
        "put_twice": len(wrong & twice),
        "wrong": len(left),
        "precision": _share(right + len(wrong & twice), right + len(wrong)),
        "strict_precision": _share(right, right + len(wrong)),
        "papers_wrongly_paired": round(2 * len(left) / max(len(same), 1), 6),
        "merged_in_production": len(in_production),
        "recall": _share(right, true),
    }


def made(sightings: Sequence[Sighting]) -> dict[str, float]:
    """Recall where one letter of a long word of the title is wrong, and where half is missing."""
    chance = random.Random(SEED)  # noqa: S311  # the same each time
    some = [each.paper for each in sightings if key(each.paper) and is_arxivs(each.paper.id)][:MADE]
    slips = [(each, replace(each, title=mistyped(chance, each.title, words=1))) for each in some]
    cut = [
        (each, replace(each, abstract=each.abstract[: len(each.abstract) // 2])) for each in some
    ]
    return {"slips": _found(slips), "cut": _found(cut)}


def _found(pairs: Sequence[tuple[Paper, Paper]]) -> float:
    hits = sum(key(one) == key(other) and likeness(one, other) > 0 for one, other in pairs)
    return _share(hits, len(pairs))


def _half(paper_id: str) -> int:
    return crc32(paper_id.encode()) % 2


def _share(part: int, whole: int) -> float:
    return round(part / whole, 5) if whole else 1.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--put-twice", type=Path, default=PUT_TWICE)
    parser.add_argument("--list", action="store_true", help="the wrong pairs before the figures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
