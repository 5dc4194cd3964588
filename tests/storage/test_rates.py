"""Buckets of tokens: no faster than their pace, whoever takes and whatever clocks say."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery import SKEW, Pace
from storage import rates
from storage.models import RateRow
from tests.factories import NOW

SECOND = timedelta(seconds=1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PACE = Pace(every=2 * SECOND, burst=3)
ONE, OTHER = ("T1", "C1"), ("T1", "C2")


@pytest.fixture
def take(database):
    """Take tokens from the one bucket, so long after the test's morning."""

    def take(count: int = 1, after: timedelta = timedelta()) -> rates.Grant:
        with database.begin() as session:
            return rates.take(session, {ONE: count}, PACE, NOW + after)[ONE]

    return take


@pytest.fixture
def close(database):
    """Close the one bucket until so long after the test's morning."""

    def close(until: timedelta, after: timedelta = timedelta()) -> None:
        with database.begin() as session:
            rates.close(session, ONE, NOW + until, PACE, NOW + after)

    return close


def test_a_bucket_that_nobody_knows_is_full(take):
    assert take(9) == rates.Grant(3, NOW + 2 * SECOND)
    assert take() == rates.Grant(0, NOW + 2 * SECOND)


def test_a_token_comes_back_each_time_the_pace_allows(take):
    take(3)

    assert take(after=2 * SECOND - timedelta(microseconds=1)).tokens == 0
    assert take(2, after=2 * SECOND) == rates.Grant(1, NOW + 4 * SECOND)
    assert take(2, after=7 * SECOND) == rates.Grant(2, NOW + 8 * SECOND)


def test_a_bucket_holds_no_more_than_its_burst_however_long_it_rests(take):
    take()

    assert take(9, after=HOUR).tokens == 3


def test_buckets_are_taken_from_apart(database, take):
    take(3)

    with database.begin() as session:
        grants = rates.take(session, {ONE: 1, OTHER: 2}, PACE, NOW)
        assert {bucket: grant.tokens for bucket, grant in grants.items()} == {ONE: 0, OTHER: 2}
        assert rates.take(session, {}, PACE, NOW) == {}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 5)), max_size=20),
    pace=st.builds(
        Pace, st.sampled_from([200, 1200, 2000]).map(lambda ms: timedelta(milliseconds=ms)),
        st.integers(1, 4),
    ),
)  # fmt: skip
def test_in_no_span_of_time_are_there_more_tokens_than_a_burst_and_the_pace(
    sqlite_database, steps, pace
):
    now, taken = NOW, []
    with sqlite_database.begin() as session:
        for milliseconds, count in steps:
            now += timedelta(milliseconds=milliseconds)
            grant = rates.take(session, {ONE: count}, pace, now)[ONE]
            assert grant.tokens == count or grant.next_at > now
            taken += [now] * grant.tokens
        session.rollback()

    for first, since in enumerate(taken):
        for last, until in enumerate(taken[first:], start=first):
            assert last - first + 1 <= pace.burst + (until - since) // pace.every


def test_two_workers_never_take_the_same_token(database, at_once):
    def work() -> Counter[rates.Bucket]:
        got: Counter[rates.Bucket] = Counter()
        for _ in range(5):
            with database.begin() as session:
                grants = rates.take(session, {OTHER: 1, ONE: 1}, Pace(SECOND, 12), NOW)
            got.update({bucket: grant.tokens for bucket, grant in grants.items()})
        return got

    assert sum(at_once(4, work), Counter()) == {ONE: 12, OTHER: 12}


# -- told to wait ---------------------------------------------------------------------------------


def test_a_closed_bucket_gives_nothing_before_its_time_and_no_burst_after_it(take, close):
    close(MINUTE)

    assert take() == rates.Grant(0, NOW + MINUTE)
    assert take(after=MINUTE - SECOND).tokens == 0
    assert take(3, after=MINUTE) == rates.Grant(1, NOW + MINUTE + 2 * SECOND)


def test_of_two_waits_the_longer_counts(take, close):
    close(MINUTE)
    close(10 * SECOND)
    assert take().next_at == NOW + MINUTE

    close(2 * MINUTE, after=SECOND)
    assert take(after=SECOND).next_at == NOW + 2 * MINUTE


# -- clocks ---------------------------------------------------------------------------------------


def test_a_clock_that_jumps_back_an_hour_costs_no_hour(take):
    take(3)

    back = -HOUR
    assert take(after=back) == rates.Grant(0, NOW + back + 2 * SECOND)
    assert take(2, after=back + 2 * SECOND).tokens == 1


def test_what_slack_asked_us_to_wait_is_waited_out_by_the_clock_that_jumped_back(take, close):
    close(MINUTE)

    assert take(after=-HOUR) == rates.Grant(0, NOW - HOUR + MINUTE)
    assert take(after=-HOUR + MINUTE).tokens == 1


@pytest.mark.parametrize("behind", [SECOND, MINUTE, SKEW])
def test_two_machines_whose_clocks_differ_keep_to_one_pace(take, behind):
    got = 0
    for seconds in range(60):  # both ask each second
        got += take(after=seconds * SECOND).tokens
        got += take(after=seconds * SECOND - behind).tokens

    assert got == 3 + 59 // 2


def test_the_slower_of_two_machines_is_not_kept_waiting(take):
    take(3)

    assert take(after=-MINUTE) == rates.Grant(0, NOW - MINUTE + 2 * SECOND)
    take(0, after=2 * SECOND)
    assert take(after=2 * SECOND - MINUTE).tokens == 1


# -- workspaces that refuse the bot's token -------------------------------------------------------


def test_a_stop_is_remembered_with_its_first_moment_until_it_is_resumed(database):
    team = ("T1", rates.WORKSPACE)
    with database.begin() as session:
        assert rates.stopped(session, "T1") is None
        assert rates.stop(session, "T1", "token_revoked", NOW + HOUR, PACE, NOW)
        later = NOW + HOUR
        assert not rates.stop(session, "T1", "invalid_auth", later + HOUR, PACE, later)

        assert rates.stopped(session, "T1") == rates.Stop("invalid_auth", NOW)
        assert rates.stopped_among(session, ["T1", "T2"]).keys() == {"T1"}
        assert rates.take(session, {team: 1}, PACE, later)[team].tokens == 0

        rates.resume(session, "T1")
        assert rates.stopped(session, "T1") is None
        assert rates.take(session, {team: 3}, PACE, later)[team].tokens == 3


def test_buckets_that_have_long_been_full_are_forgotten_and_stops_are_not(database):
    with database.begin() as session:
        rates.take(session, {ONE: 1}, PACE, NOW)
        rates.take(session, {OTHER: 1}, PACE, NOW + HOUR)
        rates.stop(session, "T1", "token_revoked", NOW, PACE, NOW)

        rates.forget_full(session, NOW + HOUR + MINUTE)

        left = {row.bucket for row in session.query(RateRow)}
        assert left == {OTHER[1], rates.WORKSPACE}
