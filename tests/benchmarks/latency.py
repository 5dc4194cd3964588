"""How fast papers are indexed and found, beside what SQLite does by itself.

    python -m tests.benchmarks.latency --files F… --sizes 10000,100000 [--model DIR]

Each size has a process of its own. Where the files hold fewer papers, the rest is made of halves of
their titles and of sentences of their abstracts. Half of the queries are parts of titles, half are
sentences. `search` is the words alone, read and ranked, the index's first 200; `hybrid` is what
somebody waits for, and every second query has a slip; with a model, papers share a few vectors. The
ratios are of p99 for the same sentences, fewer of them among very many papers: LIKE for every word,
most of them first; FTS5 with every word optional, the best by bm25 first; and the sentence as one
LIKE, which ranks nothing and seldom finds anything. Times are CPU ms; index_docs_per_s is by the
clock on the wall, since the engine has a thread of its own, and counts reading the database too;
index_cpu_us is of all threads, a paper; rss_mb is the peak before the others run.
"""

import argparse
import gc
import json
import multiprocessing
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain, islice
from pathlib import Path

from bot.domain.paper import UNDATED, Batch, Listing, Paper
from bot.domain.query import parse_search
from bot.services import ingest, search
from bot.sources import files
from storage.database import Database
from storage.search_index import SearchIndex
from tests.benchmarks import rivals
from tests.benchmarks.asked import Pool
from tests.benchmarks.searchable import AT_ONCE, DATABASE, INDEX, embedded, parts, percentile
from tests.factories import NOW

SOURCE = "arxiv"
QUERIES = 500  # of either kind
COMPARED = 20  # sentences that the others are asked too; each takes them up to seconds
LOOKED_AT = 2_000_000  # papers, for all of these: where there are more, fewer sentences are asked
FEWEST = 5  # sentences
WARM = 20  # queries before the first that counts: what a running bot has read already


def main() -> None:
    """Measure each size, and print one JSON object."""
    arguments = _arguments()
    # A peak of memory is its process's own.
    with ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as processes:
        figures = {
            size: processes.submit(measure, arguments.files, size, arguments.model).result()
            for size in arguments.sizes
        }
    print(json.dumps(figures))  # noqa: T201  # this is what it is for


def measure(paths: Sequence[Path], size: int, model: Path | None) -> dict[str, float]:
    """The figures of one size."""
    with parts() as (database, index, folder):
        pool = Pool()
        _store(database, islice(chain(pool.through(papers_of(paths)), pool.more()), size))
        figures = _indexed(database, index)
        lent = embedded(database, model, lent=True)
        find = partial(search.search, database, index, meaning=lent)
        figures |= _searched(pool, _words_alone(index), find)
        figures |= {
            "index_mb": sum(each.stat().st_size for each in (folder / INDEX).rglob("*")) / 1e6,
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        sentences = pool.sentences(max(FEWEST, min(COMPARED, LOOKED_AT // size)))
        figures |= _compared(sentences, _words_alone(index), folder / DATABASE)
    return {name: round(figure, 2) for name, figure in figures.items()}


def papers_of(paths: Iterable[Path]) -> Iterator[Paper]:
    """The papers of these files that have an abstract, each once."""
    seen: set[str] = set()
    for path in paths:
        for batch in files.read(path):
            for paper in (listing.paper for listing in batch.listings):
                if paper.abstract and paper.id not in seen:
                    seen.add(paper.id)
                    yield paper


def _store(database: Database, papers: Iterator[Paper]) -> None:
    while some := tuple(islice(papers, AT_ONCE)):
        listed = tuple(Listing(SOURCE, UNDATED, paper) for paper in some)
        ingest.store(database, Batch(SOURCE, UNDATED, listed), NOW, tell=False)


def _indexed(database: Database, index: SearchIndex) -> dict[str, float]:
    gc.collect()
    began, started = time.perf_counter(), time.process_time()
    taken = search.follow(database, index)
    wall, cpu = time.perf_counter() - began, time.process_time() - started
    return {
        "papers": taken,
        "index_docs_per_s": taken / wall,
        "index_cpu_us": cpu / taken * 1_000_000,
    }


def _words_alone(index: SearchIndex) -> rivals.Ask:
    return lambda text: index.find(parse_search(text), rivals.TOP)


def _searched(pool: Pool, words_alone: rivals.Ask, find: rivals.Ask) -> dict[str, float]:
    """CPU ms of the words alone, and of all that a person waits for."""
    short, sentences = pool.short(QUERIES), pool.sentences(QUERIES)
    few, many = _times(words_alone, short), _times(words_alone, sentences)
    whole = _times(find, pool.every_second_mistyped([*short, *sentences]))
    return {
        "search_p50_ms": percentile([*few, *many], 50),
        "search_p99_ms": percentile([*few, *many], 99),
        "short_p99_ms": percentile(few, 99),
        "sentence_p99_ms": percentile(many, 99),
        "hybrid_p50_ms": percentile(whole, 50),
        "hybrid_p99_ms": percentile(whole, 99),
    }


def _compared(
    sentences: Sequence[str], words_alone: rivals.Ask, database: Path
) -> dict[str, float]:
    """How many times longer the others take, at p99."""
    ours = percentile(_times(words_alone, sentences), 99)
    figures: dict[str, float] = {}
    for rival in (rivals.like, rivals.substring, rivals.fts5):
        with rival(database) as ask:
            theirs = percentile(_times(ask, sentences, warm=1), 99)
        figures[f"{rival.__name__}_p99_ms"] = theirs
        figures[f"{rival.__name__}_ratio"] = theirs / ours
    return figures


def _times(ask: rivals.Ask, queries: Sequence[str], warm: int = WARM) -> list[float]:
    """CPU ms for each query."""
    for text in queries[:warm]:
        ask(text)
    gc.collect()
    took = []
    for text in queries:
        started = time.process_time()
        ask(text)
        took.append((time.process_time() - started) * 1000)
    return took


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--sizes", type=_numbers, default=[10_000, 100_000])
    parser.add_argument("--model", type=Path)
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


if __name__ == "__main__":
    main()
