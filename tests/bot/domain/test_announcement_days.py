"""arXiv's calendar: on which days it announces, and what an announcement holds."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcements import (
    days_after,
    is_announced,
    latest,
    opened,
    previous,
    submitted,
    weekday,
    why_none,
)

THURSDAY, FRIDAY = date(2026, 6, 25), date(2026, 6, 26)
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))


def june(day: int) -> date:
    return date(2026, 6, day)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (june(15), ""),
        (june(19), ""),  # the holiday itself: what came in on Thursday is announced
        (june(20), "weekend"),
        (june(21), "weekend"),
        (june(22), "Juneteenth"),  # Monday: nobody was there on Friday
        (june(23), ""),
        (date(2026, 1, 2), "New Year's Day"),
        (date(2026, 1, 20), "Martin Luther King Day"),
        (date(2026, 7, 6), "Independence Day"),  # kept on Friday the 3rd
        (date(2026, 9, 8), "Labor Day"),
        (date(2026, 11, 26), ""),
        (date(2026, 11, 27), "Thanksgiving"),
        (date(2026, 12, 28), "Christmas Day"),
        (date(2026, 12, 30), "a day off at the end of the year"),
        (date(2027, 1, 1), "a day off at the end of the year"),
        (date(2027, 7, 6), "Independence Day"),  # a Sunday, kept on Monday the 5th
        (date(2028, 1, 3), "New Year's Day"),  # a Saturday, kept on Friday, 31 December
        (date(2026, 7, 3), ""),
    ],
)
def test_feeds_are_empty_at_weekends_and_the_day_after_a_holiday(day, why):
    assert why_none(day) == why
    assert is_announced(day) == (why == "")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 6, 26, 3, 59, tzinfo=UTC), THURSDAY),  # 23:59 in New York
        (datetime(2026, 6, 26, 4, 0, tzinfo=UTC), FRIDAY),
        (datetime(2026, 6, 28, 12, tzinfo=UTC), FRIDAY),
        (datetime(2026, 6, 22, 12, tzinfo=UTC), june(19)),
        (datetime(2026, 1, 13, 4, 30, tzinfo=UTC), date(2026, 1, 12)),  # in winter midnight is at 5
        (datetime(2026, 1, 13, 5, 0, tzinfo=UTC), date(2026, 1, 13)),
    ],
)
def test_an_announcement_is_out_at_midnight_in_new_york(now, day):
    assert latest(now) == day


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (june(24), (22, 18), (23, 18)),  # Wednesday: Monday to Tuesday, 14:00 in New York
        (june(18), (16, 18), (17, 18)),
        (june(29), (25, 18), (26, 18)),  # Monday: Thursday to Friday
        (june(30), (26, 18), (29, 18)),  # Tuesday: over the weekend
        (june(23), (18, 18), (22, 18)),  # Tuesday, and what Monday's would have held
    ],
)
def test_an_announcement_holds_what_came_in_up_to_the_last_business_day(day, first, last):
    at = [datetime(2026, 6, *each, tzinfo=UTC) for each in (first, last)]

    assert submitted(day) == tuple(at)


@given(days)
def test_every_instant_belongs_to_just_one_announcement(day):
    day = latest(opened(day))

    assert submitted(previous(day))[1] == submitted(day)[0] < submitted(day)[1] < opened(day)
    assert is_announced(day)


@given(days)
def test_the_days_after_one_are_those_with_an_announcement_up_to_another(day):
    last = latest(opened(day))
    first = previous(previous(last))

    assert days_after(first, last) == [previous(last), last]
    assert days_after(last, last) == []


def test_a_weekday_is_looked_at_though_the_calendar_calls_it_a_day_off():
    assert weekday(datetime(2026, 6, 22, 12, tzinfo=UTC)) == june(22)
    assert weekday(datetime(2026, 6, 21, 12, tzinfo=UTC)) == june(19)
