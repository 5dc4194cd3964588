"""One process at a time has the connection, and a dead one is not waited for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.holder import Holder
from bot.services import connection
from bot.services.connection import LENGTH, Held
from tests.factories import NOW

ONE = Holder("lab-3", 11, "here", "one")
TWO = Holder("lab-3", 22, "here", "two")
FAR = Holder("lab-4", 11, "there", "far")
SECOND = timedelta(seconds=1)


@pytest.fixture
def running() -> set[int]:
    """The numbers of the processes that run here."""
    return {11, 22}


@pytest.fixture
def take(database, running):
    def take(me: Holder, now=NOW, name: str = "socket:1") -> Held | None:
        return connection.take(database, name, me, now, running.__contains__)

    return take


def test_the_second_is_told_who_has_it_and_until_when(take):
    assert take(ONE) is None

    assert take(TWO) == Held("process 11 on lab-3", NOW + LENGTH)


def test_each_token_has_a_connection_of_its_own(take):
    assert take(ONE) is None
    assert take(TWO, name="socket:2") is None


def test_it_is_kept_as_long_as_it_is_renewed(take):
    for tick in range(10):
        assert take(ONE, NOW + tick * timedelta(seconds=connection.RENEW_EVERY)) is None
        assert take(TWO, NOW + tick * timedelta(seconds=connection.RENEW_EVERY) + SECOND)


def test_who_stops_gives_it_back(database, take):
    take(ONE)
    connection.give_back(database, "socket:1", ONE)

    assert take(TWO) is None


def test_who_lost_it_gives_nothing_back(database, take):
    take(ONE)
    take(FAR, NOW + LENGTH)
    connection.give_back(database, "socket:1", ONE)

    assert take(TWO, NOW + LENGTH) == Held("process 11 on lab-4", NOW + 2 * LENGTH)


def test_a_holder_that_was_killed_on_this_machine_is_followed_at_once(take, running):
    take(ONE)
    running.remove(11)

    assert take(TWO) is None
    assert take(FAR) == Held("process 22 on lab-3", NOW + LENGTH)


def test_one_with_our_own_number_was_killed(take):
    take(ONE)

    assert take(replace(ONE, key="its successor")) is None


def test_one_on_another_machine_is_waited_for_until_its_lease_ends(take, running):
    take(FAR)
    running.clear()

    assert take(ONE, NOW + LENGTH - SECOND) == Held("process 11 on lab-4", NOW + LENGTH)
    assert take(ONE, NOW + LENGTH) is None


def test_of_many_that_start_at_once_one_gets_it(database, at_once):
    numbers = iter(range(100, 108))

    def start() -> bool:
        number = next(numbers)
        me = Holder("lab-3", number, "here", f"k{number}")
        return connection.take(database, "socket:1", me, NOW, lambda _: True) is None

    assert sum(at_once(8, start)) == 1


def test_who_listens_is_known_while_somebody_does(database, take):
    assert connection.holder(database, "socket:1", NOW) is None
    take(ONE)

    assert connection.holder(database, "socket:1", NOW) == Held("process 11 on lab-3", NOW + LENGTH)
    assert connection.holder(database, "socket:1", NOW + LENGTH) is None
