"""When a feed is read again, whether it is late, and what of it is news."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import (
    EVERY,
    FIRST_NEWS,
    FIRST_WAIT,
    LONG,
    LONGEST_WAIT,
    NEWS,
    Entry,
    Found,
    Late,
    Standing,
    answered,
    failed,
    is_news,
    listed_on,
    rhythm,
)
from bot.domain.paper import UNDATED
from tests.factories import NOW, a_paper

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
READ = Standing("lab.example.org", "digest", "Lab", 5, NOW - DAY, DAY, answered_at=NOW - HOUR)


def listing(newest: datetime | None = NOW, **fields) -> Found:
    given = {"entries": (Entry(a_paper(), newest),), "newest": newest, "pause": DAY}
    return Found("Lab", **{**given, **fields})


def test_an_answer_is_due_again_within_the_hour_and_forgets_failures():
    after = answered(replace(READ, failures=3), listing(validators={"If-None-Match": "1"}), NOW)

    assert (after.failures, after.due_at, after.answered_at) == (0, NOW + EVERY, NOW)
    assert after.validators == {"If-None-Match": "1"}
    assert after.late == ""


def test_failures_are_waited_out_longer_each_time_but_not_for_ever():
    waits, known = [], READ
    for _ in range(20):
        known = failed(known, NOW)
        waits.append(known.due_at - NOW)

    assert waits[0] == FIRST_WAIT
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert known.answered_at == READ.answered_at


def test_a_feed_that_lists_nothing_is_late_and_not_quiet():
    assert answered(READ, Found("Lab", (), is_empty=True), NOW).late == Late.EMPTY


def test_a_feed_that_ends_before_what_it_listed_already_is_late():
    assert answered(READ, listing(NOW - 2 * DAY), NOW).late == Late.OLDER


def test_a_feed_that_was_never_silent_for_so_long_is_late():
    since = NOW - max(2 * DAY, LONG)

    assert answered(Standing("x"), listing(since), NOW).late == ""
    assert answered(Standing("x"), listing(since - HOUR), NOW).late == Late.SILENT


def test_one_that_writes_every_month_may_be_silent_for_two():
    monthly = listing(NOW - 50 * DAY, pause=31 * DAY)

    assert answered(Standing("x"), monthly, NOW).late == ""
    assert answered(Standing("x"), monthly, NOW + 13 * DAY).late == Late.SILENT


def test_one_without_dates_is_never_called_silent():
    assert answered(Standing("x"), listing(None, pause=None), NOW).late == ""


def test_an_unchanged_answer_is_late_once_it_is_silent_for_too_long():
    assert answered(READ, None, NOW).late == ""
    assert answered(READ, None, NOW + 5 * DAY).late == Late.SILENT


@pytest.mark.parametrize("late", [Late.EMPTY, Late.OLDER])
def test_an_unchanged_answer_that_was_wrong_still_is(late):
    assert answered(replace(READ, late=late), None, NOW).late == late


def test_a_date_to_come_makes_no_feed_look_stale_later():
    after = answered(READ, listing(NOW + 900 * DAY), NOW)
    again = answered(after, listing(NOW + HOUR), NOW + 2 * HOUR)

    assert after.newest == NOW
    assert again.late == ""


def test_a_rhythm_is_the_longest_pause_of_dates_that_are_enough():
    dates = [NOW - each * DAY for each in (0, 1, 2, 9, 10)]

    assert rhythm([*dates, None, NOW]) == (NOW, 7 * DAY)
    assert rhythm(dates[:4]) == (NOW, None)
    assert rhythm([]) == (None, None)


@pytest.mark.parametrize(
    ("age", "is_first", "told"),
    [
        (FIRST_NEWS, True, True),
        (FIRST_NEWS + HOUR, True, False),
        (NEWS, False, True),
        (NEWS + HOUR, False, False),
        (None, True, False),
        (None, False, True),
    ],
)
def test_of_an_archive_only_the_young_is_news_and_later_whatever_came(age, is_first, told):
    entry = Entry(a_paper(), NOW - age if age is not None else None)

    assert is_news(entry, is_first=is_first, now=NOW) is told


def test_an_entry_is_listed_on_its_own_day_and_never_on_one_to_come():
    assert listed_on(Entry(a_paper(), NOW - DAY), is_first=False, now=NOW) == date(2026, 6, 25)
    assert listed_on(Entry(a_paper(), NOW + DAY), is_first=False, now=NOW) == date(2026, 6, 26)
    assert listed_on(Entry(a_paper()), is_first=False, now=NOW) == date(2026, 6, 26)
    assert listed_on(Entry(a_paper()), is_first=True, now=NOW) == UNDATED


INSTANTS = st.integers(0, 4_000_000_000).map(lambda each: datetime.fromtimestamp(each, UTC))


@given(st.lists(st.none() | INSTANTS, max_size=8), st.booleans(), INSTANTS)
def test_whatever_dates_a_feed_gives_it_is_read_again_soon(dates, is_empty, now):
    newest, pause = rhythm(dates)
    after = answered(
        Standing("x"), Found("", (), newest=newest, pause=pause, is_empty=is_empty), now
    )

    assert after.due_at == now + EVERY
    assert after.newest is None or after.newest <= now
    assert (after.late == Late.EMPTY) == is_empty
