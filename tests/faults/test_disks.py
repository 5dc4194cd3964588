"""SQLite's file cannot grow, or its log breaks off: what was committed stands, and work goes on."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import a_paper
from tests.faults.world import World, a_world

HOUR = timedelta(hours=1)
# Bytes to which the log may grow: it is full at the first commit, or at the marks of what was sent.
ROOMS = (40_000, 200_000, 500_000)
HEADER, FRAME_HEADER = 32, 24  # bytes, of the log and of each page in it


@pytest.fixture
def world(tmp_path, sqlite_database):
    with a_world(tmp_path, sqlite_database, people=20) as world:
        for number in range(20):
            world.follow("T1", f"p{number}", "agents")
        world.want_digest("T1", "c0")
        world.publish(a_paper("2606.00001", "Planning with agents"))
        world.jump(HOUR)
        sqlite_database.close()
        with closing(sqlite3.connect(sqlite_database.engine.url.database)) as file:
            file.execute("VACUUM")  # what migrations left free would be filled first
        yield world


LIMITS = [{"pages": pages} for pages in (0, 1)] + [{"room": room} for room in ROOMS]


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_disk_that_is_full_loses_nothing_and_doubles_nothing(world, limit):
    world.run(**limit)
    assert any(words in world.problems for words in ("disk is full", "disk I/O error"))

    world.finish()

    world.check()


@pytest.mark.parametrize("beyond", [0, 10, FRAME_HEADER + 100], ids="{} bytes after".format)
def test_a_log_that_breaks_off_after_its_last_commit_is_read_up_to_there(world, beyond):
    assert world.run(seam="alert: before the commit", passing=1, spill=True)
    log = Path(f"{path_of(world)}-wal")
    committed = end_of_commits(log.read_bytes())
    assert len(log.read_bytes()) > committed + beyond
    with log.open("r+b") as file:
        file.truncate(committed + beyond)

    world.finish()

    world.check()
    with sqlite3.connect(path_of(world)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def path_of(world: World) -> str:
    return str(world.database.engine.url.database)


def end_of_commits(log: bytes) -> int:
    """Where the last frame ends that commits (docs: the WAL file format)."""
    size = int.from_bytes(log[8:12])
    salt, end = log[16:24], HEADER
    for start in range(HEADER, len(log) - size, FRAME_HEADER + size):
        pages_after_commit, of_this_log = log[start + 4 : start + 8], log[start + 8 : start + 16]
        if any(pages_after_commit) and of_this_log == salt:
            end = start + FRAME_HEADER + size
    return end
