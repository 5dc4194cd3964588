"""Whether each message arrives once where workers are killed and Slack fails, and how fast.

    python -m tests.benchmarks.delivery [--messages 450] [--kills 100] [--workers 3]
        [--lists 3] [--database URL] [--latency 0.25]

Papers come in so many lists, one after the other; each is a message for whoever follows its topic.
Without a database, a SQLite file. `lost` and `doubled` are counted in the sandbox's messages,
against what was published. While workers are killed they wait two seconds for an answer, so that
what hangs costs no more; everything else is as it runs. `messages_per_s` counts the time in which
workers ran, deaths and all; `--kills 0 --latency 0.25` is a Slack that takes a quarter of a second
for each message, and nothing that fails. `cpu_ms` is the processor's share of one message, in the
workers that were not killed.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.services.ingest import TODAY_EVERY
from storage.database import Database
from storage.models import DeliveryRow
from tests.factories import a_paper
from tests.faults.storm import Storm
from tests.faults.world import World, a_world

SEED = 7
PEOPLE = 20  # of a workspace
PER_MESSAGE = 6  # seams that are passed for one message, about
FAULTS = 2  # new ones in each round
ROUNDS = 100  # without a death, before what did not arrive is lost
HOUR = timedelta(hours=1)


def main() -> None:
    """Measure, and print one JSON object."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder, _empty(arguments.database, folder) as database:
        readers = -(-arguments.messages // arguments.lists)
        teams = -(-readers // PEOPLE)
        with a_world(Path(folder), database, teams=teams, people=PEOPLE, channels=0) as world:
            _subscribe(world, readers, arguments.messages - (arguments.lists - 1) * readers)
            found = Run(world, arguments).go()
    print(json.dumps(found))  # noqa: T201  # this is what it is for


class Run:
    """One list after the other, and rounds of workers until it is told and enough have died."""

    def __init__(self, world: World, arguments: argparse.Namespace) -> None:
        self._world, self._storm = world, Storm(world, SEED)
        self._kills, self._workers = arguments.kills, arguments.workers
        self._lists = arguments.lists
        self._messages, self._latency = arguments.messages, arguments.latency
        self._seconds, self._rounds = 0.0, 0

    def go(self) -> dict[str, float]:
        """The figures."""
        world = self._world
        world.jump(HOUR)
        if self._latency:
            world.fail("chat.postMessage", times=self._messages * 2, delay=self._latency)
        for number in range(1, self._lists + 1):
            topic = "robots" if number == self._lists else "agents"
            world.publish(a_paper(f"2606.{number:05d}", f"List {number} has {topic}"))
            self._until_told(self._kills * number / self._lists)
            world.jump(TODAY_EVERY)
        self._last_look()
        arrived = world.arrived()
        return {
            "messages": self._messages,
            "sent": world.carried().total(),
            "lost": len(world.expected - set(arrived)),
            "doubled": arrived.total() - len(arrived),
            "kills": world.kills,
            "messages_per_s": round(self._messages / self._seconds, 1),
            "cpu_ms": round(1000 * world.spent / self._messages, 2),
            "workers": self._workers,
            "rounds": self._rounds,
        }

    def _until_told(self, kills: float) -> None:
        """Until so many have died, then quietly until all is told, or must be given up."""
        while (left := kills - self._world.kills) > 0:
            self._storm.blow(FAULTS)
            with self._timed():
                self._storm.kill(self._workers, self._within(left))
            self._storm.wait()
        for _ in range(ROUNDS):
            with self._timed():
                for process in [self._world.start() for _ in range(self._workers)]:
                    self._world.end(process, seconds=HOUR.total_seconds())
            if set(self._world.arrived()) >= self._world.expected:
                break
            self._storm.wait()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self._seconds += time.perf_counter() - started
        self._rounds += 1

    def _within(self, kills: float) -> int:
        """Passings within which a worker dies, so that deaths last as long as messages."""
        owed = len(self._world.expected) - self._world.passed["post: accepted"]
        return max(int(2 * PER_MESSAGE * owed / kills), PER_MESSAGE)

    def _last_look(self) -> None:
        """Whatever is still in doubt is settled, or doubled."""
        for _ in range(3):
            self._world.jump(2 * HOUR)
            self._world.run()


def _subscribe(world: World, readers: int, few: int) -> None:
    for number in range(readers):
        team, person = f"T{number // PEOPLE + 1}", f"p{number % PEOPLE}"
        world.follow(team, person, "agents")
        if number < few:
            world.follow(team, person, "robots")


@contextmanager
def _empty(url: str, folder: str) -> Iterator[Database]:
    database = Database(url or f"sqlite:///{folder}/papers.db")
    database.migrate()
    try:
        with database.read() as session:
            if session.scalar(select(DeliveryRow.id).limit(1)):
                raise SystemExit("The database holds deliveries already. Name an empty one.")
        yield database
    finally:
        database.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=450)
    parser.add_argument("--lists", type=int, default=3)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--database", default="")
    parser.add_argument("--latency", type=float, default=0.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
