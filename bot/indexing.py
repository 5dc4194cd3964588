"""The search index kept in step by a process of its own, while another stores papers.

Making papers findable takes longer than storing them, and Python uses one core at a time. The
process is told on its standard input, in JSON, which database to follow and into which folder;
a second line lets it finish, and without one it ends as soon as whoever began it is gone.
"""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from bot.services import search
from storage import papers
from storage.database import Database
from storage.search_index import SearchIndex

WORTH_IT = 5_000  # papers: for fewer a process takes longer to start than to do its work
STEP = 10_000  # papers that wait before they are taken in; each time segments are merged
LOOK_EVERY = 0.5  # seconds
_HOUSE = Path(__file__).parents[1]  # where the other process finds this module too


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
        self._asked = json.dumps({"url": url, "folder": str(folder)})
        self._process: subprocess.Popen[str] | None = None

    @property
    def process_id(self) -> int | None:
        """The process, where one was begun."""
        return self._process.pid if self._process else None

    def stored(self, count: int) -> None:
        """So many papers are new or changed."""
        if self._process is None and count >= WORTH_IT:
            self._process = _begun()
            self._say(self._asked)

    def finish(self, database: Database, index: SearchIndex) -> None:
        """Return when all that is stored can be found."""
        if self._process is not None:
            self._say("finish")
            self._process.wait()
        search.follow(database, index)  # what another process, or none, has taken in

    def stop(self) -> None:
        """End it also in the middle: what is not committed is taken in by the next who follows."""
        if self._process is not None:
            self._process.terminate()
            with suppress(OSError), self._process:  # its pipe is closed, and it is waited for
                pass

    def _say(self, line: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):  # it has ended before its time
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()


def _begun() -> "subprocess.Popen[str]":
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_HOUSE), *([known] if known else [])])
    return subprocess.Popen(
        [sys.executable, "-m", "bot.indexing"],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def main() -> None:
    """Follow until the second line, and then to the end; or until there can be none any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who is watched
    told = io.FileIO(sys.stdin.fileno())  # without a buffer, whose lock a thread would hold
    asked = json.loads(told.readline())
    said: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=lambda: said.put(told.readline()), daemon=True).start()
    index = SearchIndex(Path(asked["folder"]))
    with closing(Database(asked["url"])) as database:
        done = -STEP  # what is there already is taken in at once
        while (line := _heard(said)) is None:
            if (last := _revision(database)) >= done + STEP:
                search.follow(database, index, count_words=False)
                done = last
        if line:
            search.follow(database, index)


def _heard(said: "SimpleQueue[bytes]") -> bytes | None:
    """The second line, b"" where it will never come; None while it may."""
    try:
        return said.get(timeout=LOOK_EVERY)
    except Empty:
        return None


def _revision(database: Database) -> int:
    with database.read() as session:
        return papers.revision(session)


if __name__ == "__main__":
    main()
