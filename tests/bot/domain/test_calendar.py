"""Local times over both clock changes, and Hugging Face's day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    hf_day,
    last_due,
    next_due,
    weekdays_between,
)
from bot.domain.digest import WORKDAYS, Schedule

EVERY_DAY = frozenset(range(7))
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DATES = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
TICK = timedelta(microseconds=1)
ZONES = [
    "America/New_York",
    "Africa/Cairo",  # its gap is at midnight
    "Australia/Lord_Howe",  # its change is half an hour
    "Pacific/Apia",
    "Europe/Berlin",
    "Asia/Kolkata",
    "UTC",
]
HOURS = [time(0), time(1, 30), time(2, 15), time(2, 30), time(9), time(23, 45)]

schedules = st.builds(
    Schedule,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def test_the_years_looked_at_have_all_their_days():
    assert len(DATES) == 730


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", HOURS, ids=str)
@pytest.mark.parametrize("weekdays", [EVERY_DAY, WORKDAYS], ids=["every day", "workdays"])
def test_a_schedule_has_one_instant_for_each_of_its_dates(zone, at, weekdays):
    schedule = Schedule(at, ZoneInfo(zone), weekdays)

    found = _all_due(schedule)

    local = [due.astimezone(schedule.zone) for due in found]
    assert [each.date() for each in local] == [day for day in DATES if day.weekday() in weekdays]
    moved = [each for each in local if each.time() != at]
    assert all(at < each.time() <= time(at.hour + 1, at.minute) for each in moved)
    assert len(moved) <= 2  # a gap a year


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        ("America/New_York", "01:30", "2026-11-01", "2026-11-01 05:30"),
        ("America/New_York", "02:30", "2026-03-08", "2026-03-08 07:30"),
        ("Africa/Cairo", "00:00", "2026-04-24", "2026-04-23 22:00"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03 15:45"),
        ("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04 14:45"),
        ("Europe/Berlin", "09:00", "2026-03-29", "2026-03-29 07:00"),
        ("Asia/Kolkata", "09:00", "2026-06-26", "2026-06-26 03:30"),
    ],
    ids=[
        "the earlier of two",
        "after the gap",
        "after a gap at midnight",
        "after a gap of half an hour",
        "the earlier of two half an hour apart",
        "summer time from that morning on",
        "a zone with half an hour",
    ],
)
def test_the_instant_of_a_local_time(zone, at, day, expected):
    local_midnight = datetime.combine(date.fromisoformat(day), time(0), ZoneInfo(zone))
    schedule = Schedule(time.fromisoformat(at), ZoneInfo(zone), EVERY_DAY)

    due = next_due(schedule, local_midnight.astimezone(UTC) - TICK)

    assert due == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert due.tzinfo is UTC


@given(schedule=schedules, instant=instants)
def test_every_instant_lies_between_the_last_due_and_the_next(schedule, instant):
    before, after = last_due(schedule, instant), next_due(schedule, instant)

    assert before <= instant < after
    assert next_due(schedule, before) == after
    assert last_due(schedule, after - TICK) == before
    assert last_due(schedule, after) == after


@pytest.mark.parametrize("ask", [next_due, last_due])
def test_a_schedule_without_weekdays_is_refused(ask):
    with pytest.raises(ValueError, match="weekday"):
        ask(Schedule(time(9), ZoneInfo("UTC"), frozenset()), datetime(2026, 6, 26, tzinfo=UTC))


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-06-25 21:29", "2026-06-25"),
        ("2026-06-25 21:30", "2026-06-26"),
        ("2026-06-26 00:00", "2026-06-26"),
        ("2026-06-26 21:29", "2026-06-26"),
        ("2026-06-26 21:30", "2026-06-26"),  # Saturday has no list
        ("2026-06-27 12:00", "2026-06-26"),
        ("2026-06-28 21:29", "2026-06-26"),
        ("2026-06-28 21:30", "2026-06-29"),
        ("2026-03-06 21:30", "2026-03-06"),  # clocks go forward on Sunday the 8th
        ("2026-03-08 21:29", "2026-03-06"),
        ("2026-03-08 21:30", "2026-03-09"),
        ("2026-10-30 21:30", "2026-10-30"),  # and back on Sunday the 1st of November
        ("2026-11-01 01:30", "2026-10-30"),
        ("2026-11-01 21:29", "2026-10-30"),
        ("2026-11-01 21:30", "2026-11-02"),
    ],
)
def test_hugging_faces_day_opens_the_evening_before_in_new_york(local, day):
    in_new_york = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("America/New_York"))

    assert hf_day(in_new_york.astimezone(UTC)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-06 02:30", "2026-03-06"),  # winter: five hours behind
        ("2026-03-10 01:29", "2026-03-09"),
        ("2026-03-10 01:30", "2026-03-10"),  # summer: four
        ("2026-11-03 02:29", "2026-11-02"),
        ("2026-11-03 02:30", "2026-11-03"),
    ],
)
def test_the_hour_at_which_it_opens_moves_in_utc(instant, day):
    assert hf_day(datetime.fromisoformat(instant).replace(tzinfo=UTC)) == date.fromisoformat(day)


@given(instants, st.timedeltas(timedelta(), timedelta(days=3)))
def test_hugging_faces_day_is_a_weekday_and_never_goes_back(instant, later):
    assert hf_day(instant).weekday() < 5
    assert hf_day(instant) <= hf_day(instant + later)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-06-26", "2026-06-29", 2),
        ("2026-06-27", "2026-06-28", 0),
        ("2026-06-29", "2026-06-26", 0),
    ],
    ids=["over a weekend", "a weekend", "backwards"],
)
def test_weekdays_are_counted_with_both_ends(first, last, count):
    days = weekdays_between(date.fromisoformat(first), date.fromisoformat(last))

    assert len(days) == count


def _all_due(schedule: Schedule) -> list[datetime]:
    """What falls on the looked-at dates, one after the other."""
    found = []
    due = next_due(schedule, datetime(2025, 12, 30, tzinfo=UTC))
    while (day := due.astimezone(schedule.zone).date()) <= LAST:
        if day >= FIRST:
            found.append(due)
        due = next_due(schedule, due)
    return found
