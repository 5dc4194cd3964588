"""Local times over both clock changes, Hugging Face's day, and hours as people write them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    UnknownHour,
    UnknownZone,
    hf_day,
    last_due,
    next_due,
    parse_hour,
    parse_zone,
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


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("9", "09:00"),
        ("09:00", "09:00"),
        ("9:05", "09:05"),
        ("9.30", "09:30"),
        ("9h30", "09:30"),
        ("9am", "09:00"),
        ("9 am", "09:00"),
        ("9:30 PM", "21:30"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("12:30am", "00:30"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
        (" 9:00 ", "09:00"),
    ],
)
def test_an_hour_is_read_as_people_write_it(words, hour):
    assert parse_hour(words) == (time.fromisoformat(hour), None)


@pytest.mark.parametrize(
    ("words", "hour", "zone"),
    [
        ("8:30 Europe/Berlin", "08:30", "Europe/Berlin"),
        ("9 am America/New_York", "09:00", "America/New_York"),
        ("9 america/new_york", "09:00", "America/New_York"),
        ("9 Amsterdam", "09:00", "Europe/Amsterdam"),
        ("9pm new york", "21:00", "America/New_York"),
        ("09:00 UTC", "09:00", "UTC"),
    ],
)
def test_an_hour_may_name_its_zone(words, hour, zone):
    assert parse_hour(words) == (time.fromisoformat(hour), ZoneInfo(zone))


@pytest.mark.parametrize(
    "words",
    ["", "soon", "24:00", "9:60", "25", "13 pm", "0 am", "9:5", "-9", "9:00:00", "009"],
)
def test_what_is_no_hour_is_refused_with_an_example(words):
    with pytest.raises(UnknownHour, match="for example"):
        parse_hour(words)


def test_an_hour_with_an_unknown_zone_is_refused_for_the_zone():
    with pytest.raises(UnknownZone, match="`Europe/Berlin`"):
        parse_hour("9:00 Europe/Berln")


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        (" Europe/Berlin ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("lord howe", "Australia/Lord_Howe"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_in_any_case_and_by_its_city(name, zone):
    assert parse_zone(name).key == zone


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("Europe/Belrin", "Europe/Berlin"),
        ("Berlinn", "Europe/Berlin"),
        ("Amercia/New_York", "America/New_York"),
        ("Kolkatta", "Asia/Kolkata"),
        ("Tokio", "Asia/Tokyo"),
    ],
)
def test_a_misspelt_zone_is_refused_with_the_one_that_was_meant(name, meant):
    with pytest.raises(UnknownZone) as refusal:
        parse_zone(name)

    assert f"`{meant}`" in str(refusal.value)
    assert name in str(refusal.value)


@pytest.mark.parametrize("name", ["", "qqqq", "../../etc/passwd", "x" * 5_000])
def test_what_is_nothing_like_a_zone_is_refused_briefly(name):
    with pytest.raises(UnknownZone) as refusal:
        parse_zone(name)

    assert len(str(refusal.value)) < 120


def _all_due(schedule: Schedule) -> list[datetime]:
    """What falls on the looked-at dates, one after the other."""
    found = []
    due = next_due(schedule, datetime(2025, 12, 30, tzinfo=UTC))
    while (day := due.astimezone(schedule.zone).date()) <= LAST:
        if day >= FIRST:
            found.append(due)
        due = next_due(schedule, due)
    return found
