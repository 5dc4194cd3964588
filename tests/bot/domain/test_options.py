"""since:, until: and sort: among the words of a search."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.options import NotForTopics
from bot.domain.query import SearchQuery, Sort, parse_search, parse_subscription
from bot.errors import EmptyQuery, QueryProblem
from tests.bot.domain.typed import anything

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("option", "since"),
    [
        ("since:0d", TODAY),
        ("since:7d", date(2026, 3, 24)),
        ("SINCE:4W", date(2026, 3, 3)),
        ("since:1m", date(2026, 2, 28)),
        ("since:15m", date(2024, 12, 31)),
        ("since:1y", date(2025, 3, 31)),
        ("since:2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_a_date_or_so_long_ago(option, since):
    assert parse_search(f"agents {option}", TODAY) == SearchQuery(("agents",), since=since)


@pytest.mark.parametrize(
    "text",
    [
        "since:2026-01-01 until:2026-02-01 sort:top diffusion policy",
        "diffusion since:2026-01-01 policy sort:top until:2026-02-01",
        "diffusion policy SORT:Top until:2026-02-01 since:2026-01-01",
        "sort:new diffusion (policy since:2026-01-01) until:2026-02-01 sort:top",
    ],
)
def test_options_stand_anywhere_among_the_words_and_the_last_of_a_kind_counts(text):
    search = parse_search(text, TODAY)

    assert (search.since, search.until) == (date(2026, 1, 1), date(2026, 2, 1))
    assert search.sort is Sort.TOP
    assert search.ranked == ("diffusion", "policy")
    assert search.required == ()


def test_days_alone_ask_for_all_papers_of_those_days():
    assert parse_search("since:7d", TODAY) == SearchQuery(since=date(2026, 3, 24))


def test_an_order_alone_asks_for_nothing():
    with pytest.raises(EmptyQuery):
        parse_search("sort:new")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agents since:yesterday", "I can't take `since:yesterday`"),
        ("agents since:2026-02-30", "I can't take `since:2026-02-30`"),
        ("agents until:9999d", "I can't take `until:9999d`"),
        ("agents until:0000-00-00", "`until:0000-00-00`"),
        ("agents sort:votes", "I can't take `sort:votes`. I sort by"),
        ("agents sort:" + "x" * 90, "x…`"),
        ("agents since:2026-03-01 until:2026-02-01", "is later than"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(text, says):
    with pytest.raises(QueryProblem) as refused:
        parse_search(text, TODAY)

    assert says in str(refused.value)


@pytest.mark.parametrize(
    "text", ["Since: a story", "the day after: until: now", '"since:7d" agents']
)
def test_a_colon_without_a_value_and_what_stands_in_quotes_are_text(text):
    search = parse_search(text, TODAY)

    assert (search.since, search.until, search.sort) == (None, None, Sort.BEST)


@pytest.mark.parametrize("option", ["since:7d", "until:2026-01-01", "sort:new", "sort:whatever"])
def test_a_topic_takes_none_of_them_and_says_where_they_belong(option):
    with pytest.raises(NotForTopics, match="/papers search"):
        parse_subscription(f"agents {option}")


@given(anything, st.sampled_from(["since:", "until:", "sort:"]), st.text(max_size=12))
def test_whatever_the_value_nothing_but_a_query_problem_is_raised(text, name, value):
    try:
        parse_search(f"{text} {name}{value}", TODAY)
    except QueryProblem:
        return


def test_a_search_may_be_as_long_as_two_sentences_of_an_abstract():
    assert len(parse_search("world models " * 60).ranked) == 120
    with pytest.raises(QueryProblem, match=r"1000 characters"):
        parse_search("world models " * 80)
