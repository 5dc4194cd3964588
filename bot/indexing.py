"""The search index kept in step by a process of its own, while another stores papers.

Making papers findable takes longer than storing them, and Python uses one core at a time.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from bot.services import search
from storage import papers
from storage.database import Database
from storage.search_index import SearchIndex

WORTH_IT = 5_000  # papers: for fewer a process takes longer to start than to do its work
STEP = 10_000  # papers that wait before they are taken in; each time segments are merged
LOOK_EVERY = 0.5  # seconds
_END = b"."


@contextmanager
def beside(url: str, folder: Path) -> Iterator["Indexing"]:
    """For whoever stores papers.

    Where this process is killed, the other one ends by itself, and the next who follows goes on.
    """
    worker = Indexing(url, folder)
    try:
        yield worker
    finally:
        worker.stop()


class Indexing:
    """A process that follows the database at `url`, begun when there is enough to do for it."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder = url, folder
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def process_id(self) -> int | None:
        """The process, where one was begun."""
        return self._process.pid if self._process else None

    def stored(self, count: int) -> None:
        """So many papers are new or changed."""
        if self._process is None and count >= WORTH_IT:
            self._start()

    def finish(self, database: Database, index: SearchIndex) -> None:
        """Return when all that is stored can be found."""
        if self._pipe is not None and self._process is not None:
            with suppress(OSError):  # it has ended before its time
                self._pipe.send_bytes(_END)
            self._process.join()
        search.follow(database, index)  # what another process, or none, has taken in

    def stop(self) -> None:
        """End it also in the middle: what is not committed is taken in by the next who follows."""
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # threads and connections are not for two
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_follow, args=(self._url, self._folder, theirs))
        self._process.start()
        theirs.close()


def _follow(url: str, folder: Path, pipe: Connection) -> None:
    """Follow until the end is told, and then to the end; or until whoever asked is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who is watched
    index = SearchIndex(folder)
    with closing(Database(url)) as database:
        done = -STEP  # what is there already is taken in at once
        while not pipe.poll(LOOK_EVERY):
            if (last := _revision(database)) >= done + STEP:
                search.follow(database, index, count_words=False)
                done = last
        try:
            pipe.recv_bytes()
        except EOFError:
            return
        search.follow(database, index)


def _revision(database: Database) -> int:
    with database.read() as session:
        return papers.revision(session)
