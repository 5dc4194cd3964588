"""Messages to draw anew: at once, then at most once a minute, and no change is lost."""

from datetime import timedelta

import pytest

from storage import redraws
from tests.factories import NOW

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def ask(database):
    def ask(*deliveries: str, now=NOW) -> None:
        with database.begin() as session:
            redraws.ask(session, "T1", deliveries, now)

    return ask


@pytest.fixture
def claim(database):
    def claim(now=NOW) -> redraws.Redraw | None:
        with database.begin() as session:
            return redraws.claim(session, now, teams={"T1"})

    return claim


@pytest.fixture
def draw(database, claim):
    """Claim a message and draw it, all at one instant; whether there was one."""

    def draw(now=NOW) -> bool:
        redraw = claim(now)
        if redraw is not None:
            with database.begin() as session:
                redraws.drawn(session, redraw, now)
        return redraw is not None

    return draw


def test_the_first_change_is_drawn_at_once_and_only_once(ask, draw):
    ask("d1")

    assert draw()
    assert not draw(NOW + 10 * MINUTE)


def test_changes_within_a_minute_are_drawn_together_when_it_is_over(ask, draw):
    ask("d1")
    draw()
    for seconds in (1, 2, 3):
        ask("d1", now=NOW + seconds * SECOND)

    assert not draw(NOW + 59 * SECOND)
    assert draw(NOW + MINUTE)
    assert not draw(NOW + 10 * MINUTE)


def test_a_change_that_comes_while_it_is_drawn_is_drawn_a_minute_later(database, ask, claim):
    ask("d1")
    redraw = claim()
    ask("d1")
    with database.begin() as session:
        redraws.drawn(session, redraw, NOW)

    assert claim(NOW + 59 * SECOND) is None
    assert claim(NOW + MINUTE) is not None


def test_a_message_that_somebody_draws_is_lent_to_nobody_else_until_the_lease_ends(ask, claim):
    ask("d1")
    claim()

    assert claim(NOW + redraws.LEASE - SECOND) is None
    assert claim(NOW + redraws.LEASE) is not None


def test_a_refusal_waits_and_is_counted_and_a_wait_that_was_asked_for_is_not(database, ask, claim):
    ask("d1")
    with database.begin() as session:
        redraws.put_off(session, claim(), NOW + MINUTE)
    first = claim(NOW + MINUTE)
    with database.begin() as session:
        redraws.put_off(session, first, NOW + 2 * MINUTE, counts=False)

    assert first.attempts == 1
    assert claim(NOW + 2 * MINUTE).attempts == 1


def test_a_message_given_up_is_drawn_with_the_next_change(database, ask, claim):
    ask("d1")
    with database.begin() as session:
        redraws.give_up(session, claim())
    assert claim(NOW + 10 * MINUTE) is None

    ask("d1", now=NOW + 10 * MINUTE)

    assert claim(NOW + 10 * MINUTE) is not None


def test_several_workers_draw_each_message_once(ask, claim, at_once):
    ask("d1", "d2", "d3")

    claimed = at_once(5, claim)

    assert sorted(each.delivery_id for each in claimed if each) == ["d1", "d2", "d3"]
