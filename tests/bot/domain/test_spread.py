"""A crowd is not told in one second: each has a place of its own after their hour."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reader import Hours, Quiet, after_quiet, told_at
from bot.domain.spread import LARGEST_CROWD, WIDEST, delay, spread
from bot.domain.subscription import Cadence
from tests.bot.domain.test_reader import at, berlin, hours, moments

BERLIN = ZoneInfo("Europe/Berlin")
NOT_AT_ALL = timedelta()
delays = st.timedeltas(NOT_AT_ALL, WIDEST)
gathered = st.sampled_from([Cadence.DAILY, Cadence.WEEKLY])
crowds = st.integers(0, 10 * LARGEST_CROWD)


@pytest.mark.parametrize("crowd", [0, 1, 20, 199])
def test_so_few_that_they_can_be_told_in_a_second_are_told_on_the_hour(crowd):
    assert {delay("T1", f"U{number}", crowd) for number in range(crowd + 1)} == {NOT_AT_ALL}


@given(st.text(max_size=12), st.text(max_size=12), crowds)
def test_a_place_is_within_five_minutes_and_the_same_each_time(team, audience, crowd):
    found = delay(team, audience, crowd)

    assert NOT_AT_ALL <= found < WIDEST
    assert found == delay(team, audience, crowd)


def test_a_place_is_the_same_on_every_machine():
    assert delay("T1", "U1", LARGEST_CROWD) == timedelta(seconds=93)


def test_a_crowd_is_spread_evenly_over_the_time_that_it_takes():
    each_minute = [0] * 5
    for number in range(10_000):
        place = delay("T1", f"U{number}", LARGEST_CROWD)
        each_minute[int(place.total_seconds()) // 60] += 1

    assert all(1_900 < found < 2_100 for found in each_minute)


@pytest.mark.parametrize(
    ("hour", "quiet", "told"),
    [
        (time(9), None, "06-27 09:03"),
        (time(23, 58), None, "06-27 23:55"),  # not on the next day
        (time(0), None, "06-27 00:03"),
        (time(21, 58), Quiet(time(22), time(7)), "06-27 21:55"),
        (time(7), Quiet(time(22), time(7)), "06-27 07:03"),
        (time(12, 1), Quiet(time(12, 3), time(12)), "06-27 12:01"),  # three waking minutes
        (time(23), Quiet(time(22), time(7)), "06-27 23:03"),  # as somebody wished
    ],
)
def test_it_is_after_the_hour_or_before_it_where_it_may_not_be_after(hour, quiet, told):
    due = berlin("06-27 00:00").replace(hour=hour.hour, minute=hour.minute)
    long_before = due - timedelta(days=1)

    moved = spread(Hours(BERLIN, hour, quiet), due, timedelta(minutes=3), long_before)

    assert at(moved) == told


def test_it_is_not_moved_to_before_it_was_found():
    due = datetime(2026, 6, 27, 21, 58, tzinfo=UTC)

    late = spread(
        Hours(BERLIN, time(23, 58)), due, timedelta(minutes=3), due - timedelta(minutes=1)
    )

    assert late == due


@given(hours, gathered, moments, delays)
def test_it_stays_on_its_date_out_of_quiet_hours_and_within_five_minutes(
    hours, cadence, now, after
):
    due = told_at(hours, cadence, now)
    moved = spread(hours, due, after, now)

    assert moved >= now
    assert abs(moved - due) <= WIDEST
    assert moved.astimezone(hours.zone).date() == due.astimezone(hours.zone).date()
    if after_quiet(hours, due) == due and not (hours.quiet and hours.quiet.covers(hours.at)):
        assert after_quiet(hours, moved) == moved


@given(hours, gathered, moments, delays)
def test_a_date_has_one_place_in_it_however_late_in_it_something_is_found(
    hours, cadence, now, after
):
    due = spread(hours, told_at(hours, cadence, now), after, now)
    day = due.astimezone(hours.zone).date()
    again = spread(hours, told_at(hours, cadence, due, day), after, due)

    assert again.astimezone(hours.zone).date() > day
