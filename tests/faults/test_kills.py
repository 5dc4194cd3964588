"""`kill -9` at every seam, and at any: what was published is told once to whoever asked for it."""

from datetime import timedelta

import pytest

from tests.factories import a_paper
from tests.faults import KILLS
from tests.faults.seams import SEAMS
from tests.faults.storm import Storm

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("seam", SEAMS)
def test_a_worker_that_dies_at_a_seam_loses_nothing_and_doubles_nothing(world, seam):
    world.jump(HOUR)
    if seam.startswith(("find", "take back")):
        world.run(seam="post: accepted", passing=1)
        world.jump(HOUR)

    assert world.run(seam=seam, passing=1)
    world.finish()

    world.check()
    assert world.problems == ""


def test_every_seam_is_passed_where_an_answer_is_lost(world):
    world.jump(HOUR)
    world.fail("chat.postMessage", drop_reply=True)

    world.run()
    world.finish()

    assert set(world.passed) == set(SEAMS)


@pytest.mark.parametrize("seed", [1, 2])
def test_workers_that_die_anywhere_in_bad_weather_lose_nothing_and_double_nothing(world, seed):
    storm = Storm(world, seed)
    world.jump(HOUR)
    number = 0
    while world.kills < KILLS / 2:
        number += 1
        world.publish(a_paper(f"2606.1{number:04d}", f"Number {number:03d} of agents"), late=True)
        storm.blow(faults=2)
        storm.kill(workers=2, within=25)
        storm.wait()
    world.finish()

    world.check()


@pytest.mark.parametrize("seam", ["post: accepted", "post: answered"])
def test_a_worker_dies_again_and_again_over_the_same_message(world, seam):
    world.jump(HOUR)
    for _ in range(4):
        world.run(seam=seam, passing=1)
        world.run(seam="find: after", passing=1)
        world.jump(timedelta(minutes=3))
    world.finish()

    world.check()


def test_a_history_that_is_late_doubles_nothing(world):
    world.jump(HOUR)
    world.fail("chat.postMessage", drop_reply=True, times=3)
    world.run()
    world.fail("conversations.history", lag=50, times=10)
    for _ in range(4):
        world.jump(timedelta(seconds=31))
        world.run()
    world.finish()

    world.check()
