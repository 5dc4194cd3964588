"""How long people want to hear nothing."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pauses import Period, UnknownPause, read_pause
from bot.domain.reader import FOREVER, Hours

HOURS = Hours(ZoneInfo("Europe/Berlin"), time(8, 30))
NOW = datetime(2026, 11, 26, 22, tzinfo=UTC)  # a Thursday, 23:00 in Berlin


@pytest.mark.parametrize(
    ("said", "period", "rest"),
    [
        ("", Period(), ""),
        ("2", Period(), "2"),
        ("all", Period(), "all"),
        ("2d", Period(days=2), ""),
        ("2 days", Period(days=2), ""),
        ("2W", Period(days=14), ""),
        ("1 month", Period(months=1), ""),
        ("3m", Period(months=3), ""),
        ("for 2 weeks", Period(days=14), ""),
        ("2w 3", Period(days=14), "3"),
        ("3 2w", Period(days=14), "3"),
        ("1, 3 for 2w", Period(days=14), "1, 3"),
        ("2w, 3", Period(days=14), "3"),
        ("all 2w", Period(days=14), "all"),
        ("diffusion policy 2w", Period(days=14), "diffusion policy"),
        ("until:2026-12-01", Period(until=date(2026, 12, 1)), ""),
        ("until 2026-12-1 2", Period(until=date(2026, 12, 1)), "2"),
        ("2 until: 2026-12-01", Period(until=date(2026, 12, 1)), "2"),
        ("2mamba", Period(), "2mamba"),
        ("word2vec 3 dogs", Period(), "word2vec 3 dogs"),
    ],
)
def test_a_period_stands_before_or_behind_what_is_paused(said, period, rest):
    assert read_pause(said) == (period, rest)


@pytest.mark.parametrize(
    ("period", "local"),
    [
        (Period(days=1), "2026-11-27"),
        (Period(days=14), "2026-12-10"),
        (Period(months=1), "2026-12-26"),
        (Period(months=3), "2027-02-26"),
        (Period(until=date(2026, 12, 1)), "2026-12-01"),
    ],
)
def test_a_pause_ends_at_the_readers_hour_of_its_last_day(period, local):
    ends = period.ends(HOURS, NOW).astimezone(HOURS.zone)

    assert f"{ends:%Y-%m-%d %H:%M}" == f"{local} 08:30"


def test_a_month_ends_with_the_last_day_of_a_shorter_one():
    ends = Period(months=1).ends(HOURS, datetime(2027, 1, 31, 12, tzinfo=UTC))

    assert ends.date() == date(2027, 2, 28)


def test_a_pause_without_a_period_ends_when_somebody_says_so():
    assert Period().ends(HOURS, NOW) == FOREVER


@pytest.mark.parametrize(
    "said",
    [
        "0d",
        "until:2026-11-26",  # it is today there
        "until:2026-02-30",
        "until:tomorrow",
        "2 until next week",
        "until:2099-12-01",
        "until:9999-12-31",
        "999 months",
    ],
)
def test_a_time_that_is_not_ahead_or_cannot_be_read_is_refused_with_an_example(said):
    with pytest.raises(UnknownPause, match="`/papers pause"):
        read_pause(said)[0].ends(HOURS, NOW)


@given(st.one_of(st.text(), st.from_regex(r"(until:)?[0-9dwm: -]{0,12}", fullmatch=True)))
def test_whatever_is_typed_is_a_time_to_come_or_refused(said):
    with suppress(UnknownPause):
        assert read_pause(said)[0].ends(HOURS, NOW) > NOW
