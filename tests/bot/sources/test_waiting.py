"""How long to wait before asking again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.waiting import asked_wait, backoff, spent


@given(
    attempt=st.integers(1, 60),
    jitter=st.floats(0, 1),
)
def test_a_wait_is_never_over_its_bound_nor_under_half_of_its_share(attempt, jitter):
    wait = backoff(attempt, first=1, longest=30, jitter=jitter)

    assert min(30, 2.0 ** (attempt - 1)) / 2 <= wait <= 30


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "7", "ratelimit": '"api";r=0;t=42'}, 7),
        ({"ratelimit": '"api";r=0;t=42'}, 42),
        (
            {
                "retry-after": "Tue, 30 Jun 2026 07:45:30 GMT",
                "date": "Tue, 30 Jun 2026 07:45:00 GMT",
            },
            30,
        ),
        ({"retry-after": "Tue, 30 Jun 2026 07:45:30 GMT"}, None),  # by which clock?
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1e400"}, None),
        ({"retry-after": "٧"}, None),
        ({"ratelimit": "api"}, None),
        ({}, None),
    ],
)
def test_the_wait_a_source_asks_for(headers, wait):
    assert asked_wait(headers) == wait


@pytest.mark.parametrize(
    ("limit", "policy", "wait"),
    [
        ('"api";r=0;t=42', "", 42),
        ('"api";r=1;t=42', "", 0),
        ('"api";r=25;t=42', '"fixed window";"api";q=500;w=300', 42),
        ('"api";r=26;t=42', '"fixed window";"api";q=500;w=300', 0),
        ('"api";r=0;t=42', '"fixed window";"api";q=lots', 42),
        ('"api"; r=0; t=42', "", 42),
        ("r=0", "", 0),
        ('"api";t=42', "", 0),
        ("", "", 0),
    ],
)
def test_of_a_limit_that_is_nearly_used_up_the_rest_is_left(limit, policy, wait):
    assert spent({"ratelimit": limit, "ratelimit-policy": policy}) == wait


@given(st.text(), st.text(), st.text(), st.text())
def test_no_header_can_raise(retry_after, now, rate_limit, policy):
    told = {"ratelimit": rate_limit, "ratelimit-policy": policy}
    asked_wait({"retry-after": retry_after, "date": now} | told)
    spent(told)
