"""The last change of a digest is taken back, and never anybody else's."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest import Look
from bot.domain.round_ups import Slot
from bot.services import digests, editions, round_up_wishes, undoing
from tests.factories import DAY, NOW, papers

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MONDAY_AT_NINE = NOW + timedelta(days=3)


@pytest.fixture
def turn_on(database):
    def turn_on(now=NOW):
        return digests.turn_on(database, "T1", "C1", by="U1", zone=BERLIN, now=now)

    return turn_on


@pytest.fixture
def prefer(database):
    def prefer(change, by="U1", now=NOW):
        return digests.prefer(database, "T1", "C1", change=change, fallback=BERLIN, by=by, now=now)

    return prefer


@pytest.fixture
def move(database):
    def move(at, zone=None, now=NOW):
        return digests.move(
            database, "T1", "C1", at=at, zone=zone, fallback=BERLIN, by="U1", now=now
        )

    return move


@pytest.fixture
def put_back(database):
    def put_back(number, now=NOW, by="U9"):
        return undoing.put_back(database, "T1", "C1", number, by=by, now=now)

    return put_back


def test_everything_is_as_it_was_but_who_set_it(turn_on, prefer, put_back):
    before = turn_on()
    changed = prefer(digests.looking(Look.CARDS))

    done = put_back(changed.change)

    assert done.is_undone
    assert done.digest == replace(before, set_by="U9", change=done.digest.change)


def test_a_change_can_be_taken_back_and_that_as_well(turn_on, prefer, put_back):
    turn_on()
    changed = prefer(digests.sized(9))

    once = put_back(changed.change)
    twice = put_back(once.digest.change)

    assert (once.digest.size, twice.digest.size) == (5, 9)


def test_of_several_that_press_undo_at_once_one_does(turn_on, prefer, database, at_once):
    turn_on()
    prefer(digests.sized(3))
    number = prefer(digests.sized(9)).change

    done = at_once(4, lambda: undoing.put_back(database, "T1", "C1", number, by="U1", now=NOW))

    assert sorted(each.is_undone for each in done) == [False, False, False, True]
    assert digests.settings(database, "T1", "C1").size == 3


def test_of_several_that_change_it_at_once_each_has_a_number_of_its_own(turn_on, database, at_once):
    turn_on()

    made = at_once(
        4,
        lambda: digests.prefer(
            database, "T1", "C1", change=digests.sized(7), fallback=BERLIN, by="U1", now=NOW
        ),
    )

    assert sorted(each.change for each in made) == [2, 3, 4, 5]


def test_turned_off_and_back_on_the_same_edition_is_still_due(turn_on, database, put_back):
    turn_on()
    off = digests.turn_off(database, "T1", "C1", by="U1")

    assert put_back(off.change, now=MONDAY_AT_NINE + MINUTE).digest.next_due_at == MONDAY_AT_NINE


def test_an_edition_that_went_out_does_not_come_again_by_the_former_hour(
    turn_on, move, database, put_back, arrive
):
    turn_on()
    moved = move(time(8))
    eight = MONDAY_AT_NINE - HOUR
    arrive(*papers(3), now=eight, day=DAY + timedelta(days=3))
    assert editions.make_due(database, eight) == 1

    done = put_back(moved.change, now=eight + MINUTE)

    assert done.digest.next_due_at == MONDAY_AT_NINE + timedelta(days=1)


def test_a_zone_that_is_taken_back_leaves_no_date_without_its_digest(turn_on, move, put_back):
    turn_on()
    moved = move(time(9), TOKYO)

    done = put_back(moved.change)

    assert done.digest.schedule.zone == BERLIN
    assert done.digest.next_due_at == MONDAY_AT_NINE


def test_round_ups_come_back_as_they_were(turn_on, database, put_back):
    turn_on()
    wanted = round_up_wishes.want(
        database, "T1", "C1", Slot.WEEKLY, weekday=2, at=time(16), fallback=BERLIN, by="U1", now=NOW
    )
    off = digests.turn_off(database, "T1", "C1", by="U1")
    assert [each.next_due_at for each in round_up_wishes.of_channel(database, "T1", "C1")] == [None]

    assert put_back(off.change).round_ups == wanted.round_ups


def test_where_nobody_has_set_a_digest_there_is_nothing_to_undo(put_back):
    with pytest.raises(undoing.NothingToUndo):
        put_back(1)


def test_another_workspace_is_left_alone(turn_on, prefer, database):
    turn_on()
    number = prefer(digests.sized(9)).change

    with pytest.raises(undoing.NothingToUndo):
        undoing.put_back(database, "T2", "C1", number, by="U1", now=NOW)
    assert digests.settings(database, "T1", "C1").size == 9
