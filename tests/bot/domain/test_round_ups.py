"""When round-ups come, which days they look back on, and how people ask for them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import round_up_options
from bot.domain.digest import Schedule
from bot.domain.round_ups import (
    APART,
    RoundUp,
    Slot,
    due_time,
    last_first,
    looked_back_on,
    next_first,
    next_time,
)
from bot.errors import BotError

BERLIN = ZoneInfo("Europe/Berlin")
NINE = Schedule(time(9), BERLIN)
FRIDAY_AT_NINE = datetime(2026, 6, 26, 7, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ZONES = ("America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
schedules = st.builds(
    Schedule,
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES).map(ZoneInfo),
    st.sets(st.integers(0, 6), min_size=1).map(frozenset),
)
instants = st.integers(0, 700 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def wanted(slot: Slot, **fields) -> RoundUp:
    return RoundUp("T1", "C1", slot, "U1", **fields)


@pytest.mark.parametrize(
    ("round_up", "due"),
    [
        (wanted(Slot.WEEKLY, weekday=4), datetime(2026, 6, 26, 7, tzinfo=UTC)),
        (wanted(Slot.WEEKLY, weekday=4, at=time(16)), datetime(2026, 6, 26, 14, tzinfo=UTC)),
        (wanted(Slot.WEEKLY, weekday=0), datetime(2026, 6, 29, 7, tzinfo=UTC)),
        (wanted(Slot.WEEKLY, at=time(0)), datetime(2026, 7, 2, 22, tzinfo=UTC)),  # midnight
        (wanted(Slot.MONTHLY), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (wanted(Slot.SECOND_LOOK), datetime(2026, 6, 26, 7, tzinfo=UTC)),
    ],
)
def test_each_comes_at_its_hour_or_at_that_of_the_digest(round_up, due):
    assert next_time(round_up, NINE, FRIDAY_AT_NINE - SECOND, None) == due


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (date(2026, 6, 15), date(2026, 7, 1)),  # a Wednesday
        (date(2026, 7, 15), date(2026, 8, 3)),  # the 1st is a Saturday
        (date(2026, 10, 31), date(2026, 11, 2)),  # the 1st is a Sunday
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_month_is_told_on_the_first_workday_after_it(after, first):
    noon = datetime.combine(after, time(12), tzinfo=BERLIN)

    assert next_first(NINE, noon).astimezone(BERLIN).date() == first


def test_a_week_is_seven_days_and_a_month_is_the_one_before():
    week = looked_back_on(Slot.WEEKLY, date(2026, 6, 26))
    month = looked_back_on(Slot.MONTHLY, date(2026, 3, 2))

    assert week == (date(2026, 6, 20), date(2026, 6, 26))
    assert month == (date(2026, 2, 1), date(2026, 2, 28))


def test_what_was_told_just_now_does_not_come_again_on_the_day_it_is_moved_to():
    saturday = wanted(Slot.WEEKLY, weekday=5)

    due = next_time(saturday, NINE, FRIDAY_AT_NINE + SECOND, FRIDAY_AT_NINE)

    assert due == FRIDAY_AT_NINE + 8 * DAY


@given(schedule=schedules, now=instants, weekday=st.integers(0, 6))
def test_a_week_is_due_on_its_day_once_in_every_seven_local_dates(schedule, now, weekday):
    round_up = wanted(Slot.WEEKLY, weekday=weekday)

    first = next_time(round_up, schedule, now, None)
    second = next_time(round_up, schedule, first, first)

    days = [each.astimezone(schedule.zone).date() for each in (first, second)]
    assert days[0].weekday() == weekday
    assert days[1] - days[0] == 7 * DAY
    assert due_time(round_up, schedule, first) == first


@given(schedule=schedules, now=instants)
def test_every_month_has_one_due_hour_on_a_workday(schedule, now):
    first = next_first(schedule, now)
    second = next_first(schedule, first)

    days = [each.astimezone(schedule.zone).date() for each in (first, second)]
    assert all(each.weekday() < 5 and each.day <= 3 for each in days)
    assert (days[1].year * 12 + days[1].month) - (days[0].year * 12 + days[0].month) == 1
    assert last_first(schedule, first) == first


@given(schedule=schedules, now=instants, gap=st.integers(0, 10_000), slot=st.sampled_from(Slot))
def test_the_next_is_always_later_and_a_while_after_the_last_that_was_made(
    schedule, now, gap, slot
):
    made = now - timedelta(minutes=gap)

    due = next_time(wanted(slot), schedule, now, made)

    assert due > now
    assert slot is Slot.SECOND_LOOK or due > made + APART


@pytest.mark.parametrize(
    ("name", "words", "read"),
    [
        ("weekly", "fri", (Slot.WEEKLY, True, 4, None)),
        ("weekly", "on", (Slot.WEEKLY, True, 4, None)),
        ("weekly", "Mondays at 16:00", (Slot.WEEKLY, True, 0, time(16))),
        ("weekly", "thu 4 pm", (Slot.WEEKLY, True, 3, time(16))),
        ("weekly", "off", (Slot.WEEKLY, False, None, None)),
        ("monthly", "on", (Slot.MONTHLY, True, None, None)),
        ("follow-ups", "OFF", (Slot.SECOND_LOOK, False, None, None)),
    ],
)
def test_round_ups_are_read_as_people_write_them(name, words, read):
    asked = round_up_options.read(name, words)

    assert (asked.slot, asked.is_on, asked.weekday, asked.at) == read


@given(name=st.sampled_from(sorted(round_up_options.NAMES)), words=st.text(max_size=40))
def test_whatever_people_write_is_read_or_refused_in_a_sentence(name, words):
    try:
        slot = round_up_options.read(name, words).slot
    except BotError:
        return
    assert slot is round_up_options.NAMES[name]
