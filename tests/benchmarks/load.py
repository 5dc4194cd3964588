"""How long many workspaces' nine o'clock takes, by the real claim and mark.

    python -m tests.benchmarks.load --database URL [--workspaces 10000] [--alerts 20]
        [--workers 1,2,4] [--threads 80] [--latency 0.25]

Three workspaces in ten share a zone, the others are spread over fourteen hours. Each worker is a
process that claims as many alerts as it has threads, lets `latency` pass on a clock of its own, as
if Slack had taken them all at once, and marks them. `drain_s` is that clock plus what the database
really took, for the zone of the three in ten; `drain_cpu_s` is the same with the CPU seconds of the
worker and its PostgreSQL backend, for a machine that others use as well. Making and posting a
message is in neither, and is measured by `tests.benchmarks.delivery`. The database must hold no
delivery, and is left empty.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, text

from bot.domain.delivery import State
from storage import claims, deliveries
from storage.database import Database, Session
from storage.models import DeliveryRow, RateRow
from tests.factories import NOW

TOGETHER = 0.3  # of all workspaces
HOURS = 14  # over which the others' nine o'clocks are spread
AT_ONCE = 5_000  # rows of an insert


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds, on the wall's clock and of a processor."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.wall - other.wall, self.cpu - other.cpu)


@dataclass(slots=True)
class Done:
    """What one worker did, and what it took in the database and, for `peak`, with Slack."""

    rows: int
    claiming: Spent
    marking: Spent
    peak: Spent  # until the largest zone had nothing left


class Clock:
    """Time as one worker and its PostgreSQL backend spend it."""

    def __init__(self, database: Database) -> None:
        self._backend: Path | None = None
        if not database.is_sqlite:
            with database.read() as session:
                number = session.scalar(text("SELECT pg_backend_pid()"))
            path = Path(f"/proc/{number}/stat")
            self._backend = path if path.exists() and "postgres" in path.read_text() else None

    def read(self) -> Spent:
        """Now. A backend on another machine counts nothing."""
        cpu = time.process_time()
        if self._backend:
            fields = self._backend.read_text().rpartition(")")[2].split()
            cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return Spent(time.perf_counter(), cpu)


def main() -> None:
    """Measure, and print one JSON object."""
    arguments = _arguments()
    database = Database(arguments.database)
    database.migrate()
    with database.read() as session:
        if session.scalar(select(DeliveryRow.id).limit(1)):
            raise SystemExit("The database holds deliveries already. Name an empty one.")
    found: dict[str, Any] = {"rows": arguments.workspaces * arguments.alerts}
    for workers in (int(each) for each in arguments.workers.split(",")):
        _fill(database, arguments.workspaces, arguments.alerts)
        found.setdefault("bytes_per_row", _size(database, "deliveries", found["rows"]))
        found[f"workers_{workers}"] = _figures(_work(arguments, workers))
        found.setdefault("bytes_per_row_sent", _size(database, "deliveries", found["rows"]))
        found.setdefault("bytes_per_bucket", _size(database, "rates", found["rows"]))
        _empty(database)
    database.close()
    print(json.dumps(found))  # noqa: T201  # this is what it is for


def _work(arguments: argparse.Namespace, workers: int) -> list[Done]:
    context = multiprocessing.get_context("forkserver")
    given = (arguments.database, arguments.workspaces, arguments.threads, arguments.latency)
    with context.Pool(workers) as pool:
        return pool.starmap(_drain, [given] * workers, chunksize=1)


def _drain(url: str, workspaces: int, threads: int, latency: float) -> Done:
    """Take what is due and mark it, zone after zone, until nothing is left."""
    database = Database(url)
    teams = {_team(number) for number in range(workspaces)}
    clock = Clock(database)
    done = Done(0, Spent(), Spent(), Spent())
    for due_at in _hours():
        before, posting = done.claiming + done.marking, 0.0
        while True:
            spent = done.claiming + done.marking - before
            now = due_at + timedelta(seconds=spent.wall + posting)
            began = clock.read()
            with database.begin() as session:
                taken = claims.claim(session, now, teams=teams, limit=threads)
            claimed = clock.read()
            done.claiming += claimed - began
            if not taken:
                break
            sent = [deliveries.Sent(each, "D1", f"{now.timestamp():.6f}") for each in taken]
            with database.begin() as session:
                done.rows += deliveries.mark_sent(session, sent)
            done.marking += clock.read() - claimed
            posting += latency
        if due_at == NOW:
            done.peak = done.claiming + done.marking + Spent(posting, posting)
    database.close()
    return done


def _figures(workers: list[Done]) -> dict[str, float]:
    done = [each for each in workers if each.rows]  # one that came late finds nothing
    return {
        "sent": sum(each.rows for each in done),
        "drain_s": round(max(each.peak.wall for each in done), 1),
        "drain_cpu_s": round(max(each.peak.cpu for each in done), 1),
        "claims_per_s": round(sum(each.rows / each.claiming.wall for each in done)),
        "marks_per_s": round(sum(each.rows / each.marking.wall for each in done)),
        "claims_per_cpu_s": round(sum(each.rows / each.claiming.cpu for each in done)),
        "marks_per_cpu_s": round(sum(each.rows / each.marking.cpu for each in done)),
    }


def _hours() -> Iterator[datetime]:
    """The instants of nine o'clock; the zone of most workspaces first."""
    return (NOW + timedelta(hours=number) for number in range(HOURS + 1))


def _fill(database: Database, workspaces: int, alerts: int) -> None:
    hours = list(_hours())
    together = int(workspaces * TOGETHER)
    rows = (
        _row(workspace, alert, hours[0 if workspace < together else 1 + workspace % HOURS])
        for workspace in range(workspaces)
        for alert in range(alerts)
    )
    with database.begin() as session:
        while some := list(islice(rows, AT_ONCE)):
            _store(session, some)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _store(session: Session, rows: list[dict[str, Any]]) -> None:
    """On PostgreSQL as a copy: a statement for each row takes longer than all that is measured."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(insert(DeliveryRow), rows)
        return
    cursor = session.connection().connection.cursor()
    names = ", ".join(rows[0])
    with cursor.copy(f"COPY deliveries ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([*({**row, "content": json.dumps(row["content"])}.values())])


def _row(workspace: int, alert: int, due_at: datetime) -> dict[str, Any]:
    """An alert of one paper on one topic, as it is stored."""
    number = workspace * 1_000 + alert
    group = {
        "subscription": number,
        "topic": '"diffusion policy"',
        "name": "",
        "papers": ["2606.00001"],
        "rest": [],
        "also": {},
    }
    audience = f"U{number:09d}"
    return {
        "id": f"{number:032x}",
        "team_id": _team(workspace),
        "kind": "alert",
        "audience": audience,
        "dedup_key": f"alert:{_team(workspace)}:{audience}:2606.00001",
        "content": {"groups": [group]},
        "due_at": due_at,
        "state": State.PENDING.value,
        "fence": 0,
        "attempts": 0,
        "ambiguous": False,
    }


def _team(number: int) -> str:
    return f"T{number:09d}"


def _size(database: Database, table: str, rows: int) -> int:
    """Bytes of a row with its share of indexes; 0 on SQLite, which does not say."""
    if database.is_sqlite:
        return 0
    with database.read() as session:
        size = session.scalar(text("SELECT pg_total_relation_size(:t)"), {"t": table})
    return round((size or 0) / rows)


def _empty(database: Database) -> None:
    with database.begin() as session:
        session.execute(delete(DeliveryRow))
        session.execute(delete(RateRow))
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as again:
            again.execute(text("VACUUM FULL deliveries, rates"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--workspaces", type=int, default=10_000)
    parser.add_argument("--alerts", type=int, default=20)
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--threads", type=int, default=80)
    parser.add_argument("--latency", type=float, default=0.25)
    return parser.parse_args()


if __name__ == "__main__":
    main()
