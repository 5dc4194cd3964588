"""How fast files of papers are imported, and whether memory stays flat.

    python -m tests.benchmarks.importing --files F… --papers N [--subscriptions N] [--once]

The papers of the files are written as JSON lines, and where they are fewer than N the rest is made
of halves of their titles and of sentences of their abstracts; then that file is imported as
`papers import` does it, by a process of its own, with the index kept in step by another. cpu_us are
CPU microseconds a paper: of reading the file, of matching it with subscriptions, of storing, and of
indexing. papers_per_s is by the clock on the wall, papers_per_cpu_s what the slower one of the two
processes could do with a core for itself. rss_mb is memory of the importing process after a tenth
of the papers and at the end, index_rss_mb the other's highest; again_* are of importing it again.
"""

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import tantivy

from bot import indexing
from bot.domain.paper import Batch, Paper
from bot.domain.subscription import read_wish
from bot.errors import QueryProblem
from bot.importing import Counts, Import
from bot.services import percolator, subscriptions
from bot.sources import files
from bot.sources.reports import Account
from storage.database import Database
from tests.benchmarks.asked import Pool
from tests.benchmarks.corpus import subscriptions as some_subscriptions
from tests.benchmarks.latency import papers_of
from tests.benchmarks.searchable import INDEX, parts
from tests.factories import NOW

A_MONTH = 100_000  # papers with ids of one month
FIRST_MONTH = 2001
READ_FOR_TOPICS = 1_000  # papers whose words are followed

Step = TypeVar("Step")


def main() -> None:
    """Write the file, import it, and print one JSON object."""
    arguments = _arguments()
    spawn = multiprocessing.get_context("spawn")
    with TemporaryDirectory(prefix="papers-benchmark-") as name:
        path = Path(name) / "papers.jsonl"
        # Memory is to be that of an import alone.
        with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as processes:
            processes.submit(write, arguments.files, arguments.papers, path).result()
            figures = processes.submit(
                measure,
                path,
                arguments.papers,
                arguments.subscriptions,
                arguments.database,
                arguments.once,
            ).result()
    print(json.dumps(figures))  # noqa: T201  # this is what it is for


def write(paths: Sequence[Path], most: int, path: Path) -> None:
    """So many papers as lines of a daily list."""
    pool = Pool()
    found = islice(chain(pool.through(papers_of(paths)), pool.more()), most)
    with path.open("w", encoding="utf-8") as file:
        for number, paper in enumerate(found):
            file.write(json.dumps(_line(number, paper)) + "\n")


def measure(path: Path, size: int, topics: int, url: str, once: bool) -> dict[str, float]:
    """The figures of a first import and, but for `once`, of a second one."""
    with parts(url) as (database, index, folder):
        _follow(database, path, topics)
        watcher = _Watcher(size)
        with indexing.beside(database.url, folder / INDEX) as worker:
            watcher.stored = worker.stored
            figures = _imported(database, path, watcher)
            before = time.process_time()
            worker.finish(database, index)
            wall = time.monotonic() - watcher.begun
        other = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken = other.ru_utime + other.ru_stime + time.process_time() - before
        own, at_end = sum(figures.values()), _memory()
        again = {} if once else _imported(database, path, _Watcher(size))
        documents = tantivy.Index.open(str(next((folder / INDEX).glob("v*")))).searcher().num_docs
    cpu = {f"cpu_us_{part}": spent / size * 1e6 for part, spent in figures.items()}
    figures = {
        "papers": size,
        "papers_per_s": size / wall,
        "papers_per_cpu_s": size / max(own, taken),
        **cpu,
        "cpu_us_indexing": taken / size * 1e6,
        "rss_mb_at_10": watcher.after_a_tenth,
        "rss_mb_at_end": at_end,
        "index_rss_mb": other.ru_maxrss / 1024,
        "index_docs": documents,
    }
    if again:
        figures["again_papers_per_cpu_s"] = size / sum(again.values())
    return {name: round(figure, 2) for name, figure in figures.items()}


def _imported(database: Database, path: Path, watcher: "_Watcher") -> dict[str, float]:
    """Import a file; the CPU seconds of each part."""
    spent = {"reading": 0.0, "matching": 0.0}

    def read(file: Path, account: Account) -> Iterator[Batch]:
        return _timed(files.read(file, account), spent, "reading")

    matching = percolator.percolate
    begun = time.process_time()
    percolator.percolate = _clocked(matching, spent, "matching")
    try:
        Import(database, NOW, watcher, read=read).run([path])
    finally:
        percolator.percolate = matching
    spent["storing"] = time.process_time() - begun - sum(spent.values())
    return spent


def _timed(steps: Iterator[Step], spent: dict[str, float], part: str) -> Iterator[Step]:
    following = _clocked(lambda: next(steps, None), spent, part)
    while (step := following()) is not None:
        yield step


def _clocked(do: Callable[..., Any], spent: dict[str, float], part: str) -> Callable[..., Any]:
    def clocked(*given: Any) -> Any:
        begun = time.process_time()
        try:
            return do(*given)
        finally:
            spent[part] += time.process_time() - begun

    return clocked


class _Watcher:
    """Looks at memory when a tenth is done."""

    def __init__(self, size: int) -> None:
        self._size, self.begun, self.after_a_tenth, self._tenths = size, time.monotonic(), 0.0, 0
        self.stored: Callable[[int], object] = lambda _: None

    def bad(self, *told: object) -> None:
        raise SystemExit(" ".join(map(str, told)))

    def failed(self, *told: object) -> None:
        raise SystemExit(" ".join(map(str, told)))

    def said(self, *told: object) -> None:
        pass  # some papers lack an abstract

    def moved(self, so_far: Counts) -> None:
        self.stored(so_far.new)
        if so_far.account.records >= self._size / 10 * (self._tenths + 1):
            self._tenths += 1
            self.after_a_tenth = self.after_a_tenth or _memory()
            rate = so_far.account.records / (time.monotonic() - self.begun)
            said = f"{so_far.account.records:,} papers, {rate:,.0f} a second, {_memory():.0f} MB"
            print(said, file=sys.stderr)  # noqa: T201  # it takes minutes


def _memory() -> float:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _follow(database: Database, path: Path, topics: int) -> None:
    if not topics:
        return
    batch = next(files.read(path))
    papers = [listing.paper for listing in batch.listings[:READ_FOR_TOPICS]]
    for number, text in enumerate(some_subscriptions(papers, topics)):
        with suppress(QueryProblem):  # too common
            subscriptions.subscribe(database, "T1", f"U{number}", read_wish(text), None, NOW)


def _line(number: int, paper: Paper) -> dict[str, object]:
    month, place = divmod(number, A_MONTH)
    return {
        "id": f"{FIRST_MONTH + month:04d}.{place:05d}",
        "title": paper.title,
        "summary": paper.abstract,
        "authors": paper.authors,
        "categories": paper.categories,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--subscriptions", type=int, default=0)
    parser.add_argument("--database", default="")
    parser.add_argument("--once", action="store_true", help="do not import it again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
