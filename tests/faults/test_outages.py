"""PostgreSQL goes away under a worker, and comes back: the worker goes on where it was."""

from datetime import timedelta

import pytest

from tests.faults import KILLS
from tests.faults.gate import a_gate
from tests.faults.world import a_small_world
from tests.waiting import until

HOUR, AWAY = timedelta(hours=1), timedelta(seconds=30)
SEAMS = (
    "ingest: before the commit",
    "alert: before the commit",
    "claim: before the commit",
    "claim: after the commit",
    "post: answered",
    "mark: before the commit",
)
WAYS = ("refuses", "is silent")  # the second takes seconds for each attempt


@pytest.fixture
def world(tmp_path, postgres_database):
    with a_small_world(tmp_path, postgres_database) as world:
        world.jump(HOUR)
        yield world


@pytest.mark.parametrize("way", WAYS if KILLS > 10 else WAYS[:1])
@pytest.mark.parametrize("seam", SEAMS)
def test_a_worker_whose_database_goes_away_loses_nothing_and_doubles_nothing(world, seam, way):
    with a_gate(world.database.url) as gate:
        worker = world.start(database=gate.url, seam=seam, passing=1, pause=True, stay=True)
        world.stopped(worker)

        gate.shut(silently=way == "is silent")
        (world.folder / "go on").touch()
        until(lambda: world.problems.count("OperationalError") > 1)
        world.jump(AWAY)
        gate.open()
        world.see_through(worker)

    world.check()
