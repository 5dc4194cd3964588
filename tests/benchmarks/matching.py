"""How many papers a second are matched against how many subscriptions.

    python -m tests.benchmarks.matching --files F… --subscriptions N [--database URL]

Without a database, `bulk_match`; with one, the look-up through that database, which must hold no
query. Times are CPU seconds of this process, but through PostgreSQL, where the wall's clock counts.
"""

import argparse
import gc
import json
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.domain.matching import atoms, document, matches
from bot.domain.paper import Paper
from bot.domain.percolation import bulk_match
from bot.domain.query import parse_subscription, read_canonical
from tests.benchmarks import corpus
from tests.benchmarks.percolator import adding_ms, filled, looked_up

Result = TypeVar("Result")

PAPERS = 1_000
SOURCES = 50_000  # papers that queries are made of
CHECKED = 20  # papers compared with
EVERY = 5_000  # queries, one by one
NAIVE = 3  # papers tried the naive way, which takes seconds for each


def main() -> None:
    """Measure, and print one JSON object."""
    arguments = _arguments()
    every = corpus.papers(arguments.files, SOURCES)
    papers = random.Random(corpus.SEED).sample(every, min(PAPERS, len(every)))  # noqa: S311
    subscriptions = corpus.subscriptions(every, arguments.subscriptions)
    queries = list(dict.fromkeys(subscriptions))
    measure = _through if arguments.database else _in_process
    found = measure(papers, queries, arguments.database)
    naive = NAIVE / _timed(lambda: _naive(papers[:NAIVE], subscriptions))[0]
    found |= {
        "subscriptions": len(subscriptions),
        "queries": len(queries),
        "papers": len(papers),
        "naive_papers_per_s": round(naive, 2),
        "ratio": round(found["papers_per_s"] / naive),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(found))  # noqa: T201  # this is what it is for


def _in_process(papers: Sequence[Paper], queries: Sequence[str], _: str) -> dict[str, float]:
    built, keyed = _timed(
        lambda: [
            (key, number)
            for number, text in enumerate(queries)
            for key in atoms(parse_subscription.__wrapped__(text))
        ]
    )
    gc.freeze()  # what a database would hold is not the matcher's to look through
    took, hits = _timed(
        lambda: bulk_match(
            (document(paper) for paper in papers),
            keyed,
            lambda ids: {number: queries[number] for number in ids},
        )
    )
    return _figures(papers, queries, hits, took=took, built=built)


def _through(papers: Sequence[Paper], queries: Sequence[str], url: str) -> dict[str, float]:
    clock = time.process_time if url.startswith("sqlite") else time.perf_counter
    with filled(url, queries) as (database, built):
        gc.freeze()
        numbers = {text: number for number, text in enumerate(queries)}
        took, hits = _timed(lambda: looked_up(database, papers, numbers), clock)
        return _figures(papers, queries, hits, took=took, built=built) | {
            "adding_ms": round(adding_ms(database), 2)
        }


def _figures(
    papers: Sequence[Paper],
    queries: Sequence[str],
    hits: Sequence[Sequence[int]],
    *,
    took: float,
    built: float,
) -> dict[str, float]:
    return {
        "papers_per_s": round(len(papers) / took, 1),
        "pairs": sum(map(len, hits)),
        "build_s": round(built, 2),
        "exact": _is_exact(papers, queries, hits),
    }


def _is_exact(
    papers: Sequence[Paper], queries: Sequence[str], hits: Sequence[Sequence[int]]
) -> bool:
    """Whether a sample of papers and queries, each tried with each, matches as was found."""
    sample = random.Random(corpus.SEED).sample(  # noqa: S311
        range(len(queries)), min(EVERY, len(queries))
    )
    tried = set(sample) | {number for each in hits[:CHECKED] for number in each}
    read = {number: read_canonical(queries[number]) for number in tried}
    return all(
        {number for number in tried if matches(read[number], document(paper))} == tried & set(found)
        for paper, found in zip(papers[:CHECKED], hits, strict=False)
    )


def _naive(papers: Sequence[Paper], subscriptions: Sequence[str]) -> int:
    """What most bots do: is the keyword in the text?"""
    keywords = [text.strip('"').lower() for text in subscriptions]
    texts = [f"{paper.title} {paper.abstract}".lower() for paper in papers]
    return sum(keyword in text for text in texts for keyword in keywords)


def _timed(
    work: Callable[[], Result], clock: Callable[[], float] = time.process_time
) -> tuple[float, Result]:
    gc.collect()
    started = clock()
    result = work()
    return clock() - started, result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--subscriptions", type=int, default=100_000)
    parser.add_argument("--database", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
