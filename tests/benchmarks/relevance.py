"""Whether the right paper comes first, in a collection with judgements, also when misspelt.

    python -m tests.benchmarks.relevance --beir DIR [--model DIR] [--database URL]

Everything goes through the real parts. nDCG@10 is pytrec_eval's, which BEIR uses: gain divided by
log2(1 + rank), over the ideal order; hits rank as a person sees them, and a query that finds
nothing or is refused counts 0. A known item is a paper of the collection, asked for by the first
half of its title's words, rounded up; where several titles begin so, each of them is right. typo1
has one slip in one word, typo2 two in each of two; known1 and known2 have one slip in one word and
in two. Times are CPU ms of one search for 100 hits.
"""

import argparse
import csv
import json
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import inf, log2
from pathlib import Path
from statistics import mean
from typing import TypeAlias

from bot.errors import QueryProblem
from bot.services import ingest, search
from bot.sources import files
from storage.database import Database
from tests.benchmarks.corpus import SEED
from tests.benchmarks.searchable import embedded, parts, percentile
from tests.benchmarks.typos import mistyped
from tests.factories import NOW

DEPTH = 100  # hits asked for
FIRST_PAGE = 10  # of which so many are looked at
KNOWN = 300  # papers asked for by half a title

Gains: TypeAlias = Mapping[str, int]  # of the papers that answer a query


class Asking:
    """Searches, timed; what is refused finds nothing."""

    def __init__(self, find: Callable[[str], list[str]]) -> None:
        self._find = find
        self.took: list[float] = []  # CPU ms
        self.refused = 0

    def __call__(self, text: str) -> list[str]:
        """The ids of the hits, best first."""
        started = time.process_time()
        try:
            return self._find(text)
        except QueryProblem:
            self.refused += 1
            return []
        finally:
            self.took.append((time.process_time() - started) * 1000)


def main() -> None:
    """Measure, and print one JSON object."""
    arguments = _arguments()
    with parts(arguments.database) as (database, index, _):
        titles = _filled(database, arguments.beir / "corpus.jsonl")
        search.follow(database, index)
        model = embedded(database, arguments.model)

        def find(text: str) -> list[str]:
            found = search.search(database, index, text, limit=DEPTH, meaning=model)
            return [hit.listing.paper.id for hit in found.hits]

        figures = _topical(find, arguments.beir) | _known(find, titles)
    print(json.dumps({"collection": arguments.beir.name, **figures}))  # noqa: T201  # what it is for


def ndcg(hits: Sequence[str], gains: Gains, depth: int = FIRST_PAGE) -> float:
    """How near an order of hits comes to the best one, from 0 to 1."""
    best = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted(gains.get(hit, 0) for hit in hits[:depth]) / best if best else 0.0


def reciprocal_rank(hits: Sequence[str], wanted: AbstractSet[str]) -> float:
    """1 where the first hit is wanted, 1/2 for the second, 0 beyond the first page."""
    ranks = (rank for rank, hit in enumerate(hits[:FIRST_PAGE], start=1) if hit in wanted)
    return 1 / next(ranks, inf)


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / log2(1 + rank) for rank, gain in enumerate(gains, start=1))


def _topical(find: Callable[[str], list[str]], folder: Path) -> dict[str, float]:
    """What people asked of the collection: as they wrote it, and with slips."""
    judged, queries = _judged(folder), _queries(folder)
    asking = Asking(find)
    clean = {id_: asking(queries[id_]) for id_ in judged}
    took = tuple(asking.took)  # of what people wrote, without slips
    figures = {
        "queries": len(judged),
        "refused": asking.refused,
        "ndcg@10": _mean_ndcg(clean, judged),
        "recall@100": round(mean(_recall(clean[id_], judged[id_]) for id_ in judged), 4),
    }
    for name, words, edits in (("typo1", 1, 1), ("typo2", 2, 2)):
        chance = _chance()
        slipped = {
            id_: asking(mistyped(chance, queries[id_], words=words, edits=edits)) for id_ in judged
        }
        figures[f"{name}_ndcg@10"] = _mean_ndcg(slipped, judged)
    return figures | {f"p{part}_ms": round(percentile(took, part), 2) for part in (50, 99)}


def _known(find: Callable[[str], list[str]], titles: Mapping[str, str]) -> dict[str, float]:
    """Papers that somebody remembers half the title of."""
    asking, figures = Asking(find), {}
    chosen = _chance().sample(sorted(titles), min(KNOWN, len(titles)))
    remembered = [(half(titles[id_]), _beginning(titles, half(titles[id_]))) for id_ in chosen]
    for slips in range(3):
        chance = _chance()
        ranks = [
            reciprocal_rank(asking(mistyped(chance, begun, words=slips)), right)
            for begun, right in remembered
        ]
        figures[f"known{slips}_mrr@10"] = round(mean(ranks), 4)
    return figures


def half(title: str) -> str:
    """The first half of a title's words, rounded up."""
    words = title.split()
    return " ".join(words[: (len(words) + 1) // 2])


def _beginning(titles: Mapping[str, str], begun: str) -> AbstractSet[str]:
    return {id_ for id_, title in titles.items() if title.lower().startswith(begun.lower())}


def _mean_ndcg(found: Mapping[str, Sequence[str]], judged: Mapping[str, Gains]) -> float:
    return round(mean(ndcg(found[id_], gains) for id_, gains in judged.items()), 4)


def _recall(hits: Sequence[str], gains: Gains) -> float:
    relevant = {id_ for id_, gain in gains.items() if gain > 0}
    return len(relevant & set(hits)) / len(relevant) if relevant else 0.0


def _filled(database: Database, corpus: Path) -> dict[str, str]:
    """Store a collection; its titles by id."""
    titles: dict[str, str] = {}
    for batch in files.read(corpus):
        ingest.store(database, batch, NOW, tell=False)
        titles |= {each.paper.id: each.paper.title for each in batch.listings}
    return titles


def _queries(folder: Path) -> dict[str, str]:
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["_id"]: row["text"] for row in rows}


def _judged(folder: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return found


def _chance() -> random.Random:
    return random.Random(SEED)  # noqa: S311  # the same each time


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beir", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--database", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
