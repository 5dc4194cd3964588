"""When somebody is told: at once, at their hour, after quiet hours, after a pause."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.reader import (
    FOREVER,
    Hours,
    Quiet,
    after_quiet,
    passed_over,
    sent_at,
    told_at,
)
from bot.domain.subscription import Cadence

NOW_, DAILY, WEEKLY = Cadence
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Quiet(time(22), time(7))
SECOND = timedelta(seconds=1)

# Clocks that change by an hour, by half of one, at midnight, and where a day is missing.
ZONES = [
    ZoneInfo(name)
    for name in (
        *("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"),
        *("Pacific/Apia", "Pacific/Kiritimati", "Pacific/Midway", "Asia/Kathmandu"),
    )
]
zones = st.sampled_from(ZONES)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
nights = st.builds(Quiet, times, times).filter(lambda quiet: quiet.begins != quiet.ends)
weekdays = st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6), min_size=1))
hours = st.builds(Hours, zones, times, st.one_of(st.none(), nights), weekdays)
moments = st.datetimes(datetime(2011, 12, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
soon = st.timedeltas(timedelta(), timedelta(days=40))
gathered = st.sampled_from([DAILY, WEEKLY])


def berlin(said: str, *, year: int = 2026) -> datetime:
    """`06-26 09:00` in Berlin."""
    return datetime.fromisoformat(f"{year}-{said}").replace(tzinfo=BERLIN)


def at(moment: datetime, zone: ZoneInfo = BERLIN) -> str:
    return f"{moment.astimezone(zone):%m-%d %H:%M}"


# -- at once --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("06-26 21:59", "06-26 21:59"),
        ("06-26 22:00", "06-27 07:00"),
        ("06-26 23:59", "06-27 07:00"),
        ("06-27 00:00", "06-27 07:00"),
        ("06-27 06:59", "06-27 07:00"),
        ("06-27 07:00", "06-27 07:00"),
        ("03-29 01:00", "03-29 07:00"),  # the clock skips an hour of that night
        ("10-25 01:00", "10-25 07:00"),  # and repeats one of this
    ],
)
def test_what_is_found_in_quiet_hours_is_told_when_they_end(found, told):
    assert at(told_at(Hours(BERLIN, quiet=NIGHT), NOW_, berlin(found))) == told


@pytest.mark.parametrize(
    ("quiet", "found", "told"),
    [
        (Quiet(time(12), time(13)), "06-26 12:30", "06-26 13:00"),
        (Quiet(time(12), time(13)), "06-26 13:00", "06-26 13:00"),
        (Quiet(time(0), time(6)), "06-26 00:00", "06-26 06:00"),
        (Quiet(time(18), time(0)), "06-26 23:59", "06-27 00:00"),
        (Quiet(time(22), time(2, 30)), "03-28 23:00", "03-29 03:30"),  # 02:30 is skipped
    ],
)
def test_quiet_hours_lie_within_a_day_or_span_midnight(quiet, found, told):
    assert at(told_at(Hours(BERLIN, quiet=quiet), NOW_, berlin(found))) == told


def test_quiet_hours_that_ended_do_not_begin_again_when_the_clock_goes_back():
    hours = Hours(BERLIN, quiet=Quiet(time(22), time(2, 30)))
    again = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02:15 for the second time

    assert told_at(hours, NOW_, again) == again


# -- gathered -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "found", "told"),
    [
        (DAILY, "06-26 08:29", "06-26 08:30"),
        (DAILY, "06-26 08:30", "06-27 08:30"),  # a Saturday counts
        (WEEKLY, "06-26 08:30", "06-29 08:30"),
        (WEEKLY, "06-29 08:29", "06-29 08:30"),
        (WEEKLY, "06-29 08:30", "07-06 08:30"),
        (DAILY, "03-28 09:00", "03-29 08:30"),
        (DAILY, "10-24 09:00", "10-25 08:30"),
    ],
)
def test_what_is_gathered_is_told_at_the_readers_hour(cadence, found, told):
    assert at(told_at(Hours(BERLIN, time(8, 30)), cadence, berlin(found))) == told


@pytest.mark.parametrize(
    ("cadence", "told_on", "told"),
    [
        (DAILY, None, "06-29 14:00"),
        (DAILY, date(2026, 6, 28), "06-29 14:00"),
        (DAILY, date(2026, 6, 29), "06-30 14:00"),
        (WEEKLY, date(2026, 6, 24), "06-29 14:00"),  # late, but in the week before
        (WEEKLY, date(2026, 6, 29), "07-06 14:00"),
    ],
)
def test_an_hour_that_moves_gives_no_second_message_that_day_or_week(cadence, told_on, told):
    moved = Hours(BERLIN, time(14))

    assert at(told_at(moved, cadence, berlin("06-29 10:00"), told_on)) == told


def test_the_hour_somebody_chose_counts_within_their_quiet_hours():
    hours = Hours(BERLIN, time(6), NIGHT)

    assert at(told_at(hours, DAILY, berlin("06-26 23:00"))) == "06-27 06:00"
    assert sent_at(hours, DAILY, berlin("06-27 06:00")) == berlin("06-27 06:00")


@pytest.mark.parametrize(
    ("cadence", "days", "told"),
    [
        (DAILY, {0, 1, 2, 3, 4}, "06-29 09:00"),
        (WEEKLY, {0, 1, 2, 3, 4}, "06-29 09:00"),
        (WEEKLY, {2, 4}, "07-01 09:00"),
    ],
)
def test_a_channel_is_told_on_the_days_of_its_digest(cadence, days, told):
    hours = Hours(BERLIN, weekdays=frozenset(days))

    assert at(told_at(hours, cadence, berlin("06-26 10:00"))) == told


# -- pauses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "until", "told"),
    [
        (NOW_, "07-10 09:00", "07-10 09:00"),
        (NOW_, "07-10 23:00", "07-11 07:00"),
        (NOW_, "06-01 09:00", "06-26 10:00"),  # long over
        (DAILY, "07-10 09:00", "07-10 09:00"),  # ends at the very hour
        (DAILY, "07-10 09:01", "07-11 09:00"),
        (WEEKLY, "07-10 09:00", "07-13 09:00"),
    ],
)
def test_nothing_is_told_before_a_pause_ends(cadence, until, told):
    hours = Hours(BERLIN, quiet=NIGHT)

    due = told_at(hours, cadence, berlin("06-26 10:00"), None, berlin(until))

    assert at(due) == told


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("cadence", Cadence)
def test_a_pause_without_an_end_is_far_away_in_every_zone(zone, cadence):
    due = told_at(Hours(zone, quiet=NIGHT), cadence, FOREVER - timedelta(days=9), None, FOREVER)

    assert due >= FOREVER


# -- when a message is made -----------------------------------------------------------------------


def test_what_is_due_may_go_out():
    now = berlin("06-26 09:00")

    assert all(sent_at(Hours(BERLIN, quiet=NIGHT), each, now) == now for each in Cadence)


@pytest.mark.parametrize("cadence", Cadence)
def test_what_comes_late_does_not_come_at_night(cadence):
    assert at(sent_at(Hours(BERLIN, quiet=NIGHT), cadence, berlin("06-26 23:00"))) == "06-27 07:00"


@pytest.mark.parametrize("cadence", Cadence)
def test_what_was_paused_after_it_was_planned_waits(cadence):
    now, until = berlin("06-29 09:00"), berlin("07-03 09:00")

    assert sent_at(Hours(BERLIN), cadence, now, None, until) >= until


def test_what_is_due_on_a_day_that_had_its_message_waits_for_the_next():
    now, today = berlin("06-26 09:30"), date(2026, 6, 26)

    assert at(sent_at(Hours(BERLIN), DAILY, now, today)) == "06-27 09:00"
    assert sent_at(Hours(BERLIN), NOW_, now, today) == now


# -- when hours change ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "before", "after", "now", "told_on", "passed"),
    [
        # On a Monday at eight in Berlin it is three in the afternoon in Tokyo.
        (DAILY, "09:00 Europe/Berlin", "09:00 Asia/Tokyo", "06-29 08:00", "06-28", True),
        (DAILY, "09:00 Europe/Berlin", "09:00 Asia/Tokyo", "06-29 08:00", None, True),
        (WEEKLY, "09:00 Europe/Berlin", "09:00 Asia/Tokyo", "06-29 08:00", "06-22", True),
        (NOW_, "09:00 Europe/Berlin", "09:00 Asia/Tokyo", "06-29 08:00", None, False),
        (DAILY, "09:00 Europe/Berlin", "09:00 Asia/Tokyo", "06-29 10:00", "06-29", False),
        (WEEKLY, "09:00 Europe/Berlin", "09:00 Asia/Tokyo", "07-02 10:00", "06-22", False),
        (DAILY, "09:00 Europe/Berlin", "09:00 America/New_York", "06-29 08:00", "06-28", False),
        # Only the hour.
        (DAILY, "14:00 Europe/Berlin", "08:00 Europe/Berlin", "06-29 10:00", "06-28", True),
        (DAILY, "09:00 Europe/Berlin", "08:00 Europe/Berlin", "06-29 10:00", "06-28", False),
        (DAILY, "09:00 Europe/Berlin", "14:00 Europe/Berlin", "06-29 10:00", None, False),
        # Over the date line: it is Thursday again, and he was told on Wednesday as dates are there.
        (DAILY, "09:00 Pacific/Auckland", "09:00 Pacific/Honolulu", "06-25 22:00", "06-24", True),
        (DAILY, "09:00 Pacific/Auckland", "09:00 Pacific/Honolulu", "06-25 22:00", None, False),
    ],
)
def test_a_message_that_a_change_jumps_over_is_not_lost(
    cadence, before, after, now, told_on, passed
):
    there = {"before": _read(before), "after": _read(after)}
    day = date.fromisoformat(f"2026-{told_on}") if told_on else None

    assert passed_over(cadence=cadence, now=berlin(now), told_on=day, **there) is passed


def _read(said: str) -> Hours:
    hour, zone = said.split()
    return Hours(ZoneInfo(zone), time.fromisoformat(hour))


@given(hours, st.sampled_from(Cadence), moments, st.one_of(st.none(), st.integers(-9, 1)))
def test_without_a_change_nothing_is_jumped_over(hours, cadence, now, ago):
    told_on = None if ago is None else now.astimezone(hours.zone).date() + timedelta(days=ago)

    assert not passed_over(hours, hours, cadence, now, told_on)


@given(hours, hours, st.sampled_from(Cadence), moments)
def test_whoever_was_told_today_gets_nothing_more_by_moving(before, after, cadence, now):
    today = now.astimezone(after.zone).date()

    assert not passed_over(before, after, cadence, now, today)


# -- for all --------------------------------------------------------------------------------------


@given(hours, st.sampled_from(Cadence), moments, st.one_of(st.none(), soon))
def test_nothing_is_told_before_it_was_found_or_before_a_pause_ends(hours, cadence, now, pause):
    until = None if pause is None else now + pause - timedelta(days=5)

    due = told_at(hours, cadence, now, None, until)

    assert due >= now
    assert until is None or due >= until


@given(hours, moments)
def test_nothing_that_is_told_at_once_comes_in_quiet_hours_or_later_than_they_end(hours, now):
    due = told_at(hours, NOW_, now)

    assert after_quiet(hours, due) == due
    if due > now:
        assert hours.quiet is not None
        assert after_quiet(hours, due - SECOND) == due


@given(zones, nights, moments)
def test_the_clock_on_the_wall_stands_outside_quiet_hours(zone, quiet, now):
    due = told_at(Hours(zone, quiet=quiet), NOW_, now)

    changes = {
        (due + timedelta(hours=offset)).astimezone(zone).utcoffset() for offset in (-25, 0, 25)
    }
    assume(len(changes) == 1)  # when it changes, an hour is skipped or comes twice
    assert not quiet.covers(due.astimezone(zone).time())


@given(hours, gathered, moments, st.one_of(st.none(), st.integers(-20, 3)))
def test_what_is_gathered_comes_on_a_later_date_on_a_day_that_was_asked_for(
    hours, cadence, now, ago
):
    told_on = None if ago is None else now.astimezone(hours.zone).date() + timedelta(days=ago)
    due = told_at(hours, cadence, now, told_on)
    local = due.astimezone(hours.zone)

    assert due > now
    assert told_on is None or local.date() > told_on
    assume(hours.zone.key != "Pacific/Apia" or local.date() != date(2011, 12, 31))  # stands for two
    assert local.weekday() in hours.weekdays
    assert cadence is DAILY or local.weekday() == min(hours.weekdays)


@given(hours, gathered, moments)
def test_what_is_gathered_is_told_once_for_each_date_or_week(hours, cadence, now):
    first = told_at(hours, cadence, now)
    day = first.astimezone(hours.zone).date()
    again = told_at(hours, cadence, first + SECOND, day).astimezone(hours.zone).date()

    assert again > day
    assert cadence is DAILY or again.isocalendar()[:2] > day.isocalendar()[:2]


@given(hours, st.sampled_from(Cadence), moments)
def test_what_is_planned_goes_out_when_it_is_due(hours, cadence, now):
    due = told_at(hours, cadence, now)

    # A change of the clock may move an hour into quiet hours that do not hold it.
    assume(after_quiet(hours, due) == due or hours.quiet.covers(hours.at))
    assert sent_at(hours, cadence, due) == due
