"""Retries: later each time, never too late, and not all at once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import (
    FIRST_RETRY,
    LONGEST_RETRY,
    MAX_ATTEMPTS,
    Delivery,
    retry_delay,
)

attempts = st.integers(0, 10_000)
jitters = st.floats(0, 1)


@given(attempts, jitters)
def test_a_wait_grows_with_each_refusal_up_to_its_bound(number, jitter):
    assert retry_delay(number, jitter) <= retry_delay(number + 1, jitter)


@given(attempts, jitters)
def test_a_wait_has_bounds(number, jitter):
    assert FIRST_RETRY / 2 <= retry_delay(number, jitter) <= LONGEST_RETRY


@given(attempts, jitters, jitters)
def test_jitter_spreads_a_wait_over_its_second_half(number, jitter, other):
    shortest, longest = retry_delay(number, 0), retry_delay(number, 1)

    assert longest == 2 * shortest
    assert shortest <= retry_delay(number, jitter) <= longest
    if jitter < other:
        assert retry_delay(number, jitter) <= retry_delay(number, other)


def test_the_first_waits_double():
    assert [retry_delay(number, 1) for number in range(4)] == [
        timedelta(seconds=30),
        timedelta(seconds=60),
        timedelta(seconds=120),
        timedelta(seconds=240),
    ]


def test_we_try_for_about_four_hours():
    waits = [retry_delay(refusals, 0.5) for refusals in range(MAX_ATTEMPTS - 1)]

    assert timedelta(hours=3.5) < sum(waits, timedelta()) < timedelta(hours=4.5)


@pytest.mark.parametrize(
    ("audience", "is_personal"),
    [("U123", True), ("W123", True), ("C123", False), ("G123", False), ("D123", False)],
)
def test_people_are_told_from_conversations_by_their_id(audience, is_personal):
    delivery = Delivery("d1", "T1", "alert", audience, {}, 1, 0, False, None, None)

    assert delivery.is_personal is is_personal
