"""A worker as a process of its own, that dies where it was told to.

It runs the bot's own jobs over the real database and, by HTTP, the sandbox; only the source is a
file.
"""

import os
import pickle
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import process_time, sleep
from traceback import format_exc
from typing import Any

from sqlalchemy import event

from bot.domain.paper import Batch
from bot.services import alerts, deliver, editions, ingest
from bot.slack import SlackWorkspace, web_client
from storage.database import Database
from tests.faults.seams import Passings, Watched, watch_answers, watch_commits
from tests.house import reading

NEVER = 0
ENOUGH = 2  # rounds without work


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker works on, and where it stops: at a seam's passing, `seam` "" is any seam.

    In `folder` lie the clock's offset and the source's lists; there it notes what it passed, what
    went wrong, and at its end the seconds of processor it took. With `pause` it does not die at the
    seam, it waits until it is let go on; with `stay` it works until it is sent home, else until it
    finds nothing to do twice.
    """

    folder: Path
    database: str
    api_url: str
    tokens: dict[str, str]
    seam: str = ""
    passing: int = NEVER
    pause: bool = False
    timeout: float = 5.0  # seconds for Slack's answer
    stay: bool = False
    pages: int | None = None  # that SQLite's file may grow by
    room: int | None = None  # bytes to which any file may grow
    spill: bool = False  # whether SQLite writes pages down long before they are committed


def work(order: Order) -> None:
    """Do what is due until nothing is, or until the seam."""
    if order.room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.room, order.room))
    act = partial(_wait, order.folder) if order.pause else _die
    at = Passings(order.seam, order.passing, act, partial(_note, order.folder / "passed"))
    database = Database(order.database)
    event.listen(database.engine, "connect", partial(_confine, order))
    watch_commits(database, at)
    watch_answers(at)
    jobs = _jobs(order, database, {team: _slack(order, team, at) for team in order.tokens})
    idle = 0
    while idle < ENOUGH or (order.stay and not (order.folder / "go home").exists()):
        done = [_guarded(order, job) for job in jobs]
        idle = 0 if any(done) else idle + 1
    database.close()
    _note(order.folder / "spent", str(process_time()))


def now(folder: Path) -> datetime:
    """The time in the house of this folder."""
    return datetime.now(UTC) + timedelta(seconds=float((folder / "clock").read_text()))


def _jobs(
    order: Order, database: Database, workspaces: deliver.Workspaces
) -> list[Callable[[], object]]:
    clock = partial(now, order.folder)

    def read(day: object) -> Batch:
        lists = pickle.loads((order.folder / "lists").read_bytes())  # noqa: S301  # our own file
        return reading(lists)(day)

    return [
        lambda: ingest.read_due(database, read, clock()),
        lambda: editions.make_due(database, clock()),
        lambda: alerts.build_due(database, clock()),
        lambda: deliver.deliver_due(database, workspaces, clock()),
    ]


def _slack(order: Order, team: str, at: Passings) -> deliver.Workspace:
    client = web_client(order.tokens[team], order.api_url)
    client.timeout = order.timeout  # type: ignore[assignment]  # urllib takes parts of a second
    return Watched(SlackWorkspace(client), at)


def _guarded(order: Order, job: Callable[[], object]) -> object:
    """As the ticker does it: what fails is noted, and the next one goes on."""
    try:
        return job()
    except Exception:
        _note(order.folder / "problems", format_exc())
        return None


def _die(_seam: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()  # until it arrives


def _wait(folder: Path, _seam: str) -> None:
    (folder / "paused").touch()
    while not (folder / "go on").exists():
        sleep(0.01)


def _note(path: Path, said: str) -> None:
    """Appended at once by the system: it outlives the process, and nobody writes between."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{said}\n".encode())
    os.close(file)


def _confine(order: Order, connection: Any, _record: object) -> None:
    if order.pages is not None:
        [used] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={used + order.pages}")
    if order.spill:
        connection.execute("PRAGMA cache_size=1")
