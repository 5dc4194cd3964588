"""A lease: one holder at a time, until it ends, is given back or is renewed."""

from datetime import timedelta

import pytest

from storage import leases
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def take(database):
    def take(holder: str, now=NOW, name: str = "arxiv") -> bool:
        with database.begin() as session:
            return leases.take(session, name, holder, now, MINUTE)

    return take


@pytest.fixture
def release(database):
    def release(holder: str, **ready) -> bool:
        with database.begin() as session:
            return leases.release(session, "arxiv", holder, **ready)

    return release


def test_who_comes_first_has_it_and_the_second_has_not(take):
    assert take("one")
    assert not take("two")


def test_each_name_is_lent_by_itself(take):
    assert take("one")
    assert take("two", name="socket")


def test_its_holder_may_take_it_again_and_so_has_it_longer(take):
    assert take("one")
    assert take("one", NOW + MINUTE / 2)

    assert not take("two", NOW + MINUTE)


def test_one_that_ran_out_is_anybodys(take, release):
    assert take("one")
    assert take("two", NOW + MINUTE)

    assert not release("one")
    assert not take("one", NOW + MINUTE)


def test_one_that_was_given_back_is_anybodys(take, release):
    assert take("one")
    assert release("one")

    assert take("two")


def test_one_that_rests_is_nobodys_until_it_is_ready(take, release):
    assert take("one")
    release("one", ready_at=NOW + MINUTE)

    assert not take("one", NOW + MINUTE / 2)
    assert take("two", NOW + MINUTE)


def test_a_lease_says_who_holds_it_and_until_when(database, take):
    with database.read() as session:
        assert leases.get(session, "arxiv") is None

    take("one")

    with database.read() as session:
        held = leases.get(session, "arxiv")
    assert held is not None
    assert (held.holder, held.held_until) == ("one", NOW + MINUTE)


def test_of_many_that_ask_at_once_one_gets_it(take, in_threads):
    asked = [in_threads(take, f"process {number}") for number in range(8)]

    assert sum(each.result() for each in asked) == 1
