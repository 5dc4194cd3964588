"""Topics parted by commas, and days counted by the week."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.query import canonical, parse_subscription
from bot.domain.trends import MOST, WEEKS, by_week, first_day, read_topics, scaled
from bot.errors import QueryProblem

LAST = date(2026, 6, 26)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("diffusion", ["diffusion"]),
        ("diffusion policy, flow matching", ["diffusion policy", "flow matching"]),
        ("rag,agents", ["rag", "agents"]),
        ("rag, , agents,", ["rag", "agents"]),
        ("rag, agents, rag", ["rag", "agents"]),  # each once
        ('"one, two", three', ['"one two"', "three"]),
        ("(robot, drone) -survey, rag", ["(drone OR robot) -survey", "rag"]),
        ("10,000 steps, rag", ["10,000 steps", "rag"]),  # a number
        ("SO(3) nets, rag", ["SO(3) nets", "rag"]),
    ],
)
def test_commas_part_topics(text, topics):
    assert [canonical(each) for each in read_topics(text)] == [
        canonical(parse_subscription(each)) for each in topics
    ]


def test_a_stray_parenthesis_hides_no_comma():
    assert len(read_topics("smile :), rag")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Tell me what to count"),
        (" , ,", "Tell me what to count"),
        ("-survey", "Add what to look for"),
        ('"rag, agents', "never closed"),
        (", ".join(f"topic{number}" for number in range(MOST + 1)), "I compare 5 at most"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(text, said):
    with pytest.raises(QueryProblem, match=said):
        read_topics(text)


@given(text=st.text(st.characters() | st.sampled_from('",()-'), max_size=60))
def test_nothing_but_a_query_problem_is_ever_raised(text):
    with suppress(QueryProblem):
        assert 1 <= len(read_topics(text)) <= MOST


def test_the_first_week_begins_as_many_weeks_before_as_are_counted():
    week = timedelta(days=7)

    assert by_week([first_day(LAST), LAST], LAST) == (1, *(0,) * (WEEKS - 2), 1)
    assert by_week([LAST - week, LAST - week / 7 * 6], LAST)[-2:] == (1, 1)


@given(ages=st.lists(st.integers(-30, 7 * WEEKS + 30)))
def test_days_outside_of_the_year_are_not_counted_and_all_others_once(ages):
    weeks = by_week([LAST - timedelta(days=age) for age in ages], LAST)

    assert len(weeks) == WEEKS
    assert sum(weeks) == sum(0 <= age < 7 * WEEKS for age in ages)


def test_counts_are_scaled_to_what_a_sample_tells():
    assert scaled((10, 0, 3), 0.5) == (5, 0, 2)
