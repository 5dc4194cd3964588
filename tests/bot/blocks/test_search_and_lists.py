"""Hits, days and picks."""

import json
from datetime import date

import pytest
from hypothesis import given

from bot.blocks import lists, search
from tests.bot.blocks.anything import queries, read_aloud, values
from tests.factories import a_listing, papers

DAY = date(2026, 6, 26)


def some(count):
    return [a_listing(paper) for paper in papers(count)]


def test_hits_are_numbered_through_and_each_can_be_shared():
    message = search.results("rag", some(2), start=5, total=7)

    assert message.text.splitlines() == [
        "Results for rag:",
        "6. Paper number 1 (10 votes)",
        "7. Paper number 2 (10 votes)",
    ]
    assert values(message.blocks, "share_paper") == ["2606.00001", "2606.00002"]


@given(query=queries)
def test_more_and_subscribe_carry_the_query_as_it_was_typed(query):
    message = search.results(query, some(5), start=5, total=23)

    [more] = values(message.blocks, "search_more")
    [follow] = values(message.blocks, "preview_subscription")
    assert json.loads(more) == {"q": query, "start": 10}
    assert json.loads(follow) == {"q": query}
    assert "More (13 left)" in read_aloud(message.blocks)


def test_the_last_page_offers_no_more():
    assert not values(search.results("rag", some(2), start=5, total=7).blocks, "search_more")


def test_nothing_found_offers_to_follow_the_words():
    message = search.nothing_found("basket <weaving>")

    assert message.text.startswith("Nothing found for basket &lt;weaving&gt;.")
    assert values(message.blocks, "preview_subscription") == ['{"q":"basket <weaving>"}']


def test_a_long_pasted_link_is_shown_short_and_cannot_be_followed():
    message = search.nothing_found("https://a.org/" + "x" * 3000)

    assert not values(message.blocks, "preview_subscription")


def test_a_days_list_counts_what_it_leaves_out():
    message = lists.day_list(DAY, DAY, some(31), size=10, previous=date(2026, 6, 25))

    assert message.text.startswith("Friday 26 June: 10 of 31 papers, most votes first.")
    assert values(message.blocks, "show_previous_day") == ["2026-06-25"]
    assert not values(message.blocks, "show_next_day")


def test_a_week_names_its_first_and_last_day():
    message = lists.day_list(date(2026, 6, 20), DAY, some(1), size=10)

    assert message.text.startswith("Sat 20 Jun to Fri 26 Jun: 1 of 1 paper")


def test_a_day_without_papers_says_so():
    assert "No papers on this day." in lists.day_list(DAY, DAY, [], size=10).text


@pytest.mark.parametrize(("stored", "shown"), [(9, 5), (2, 2)])
def test_picks_are_five_at_most_in_a_line_each(stored, shown):
    message = lists.picks(DAY, some(stored))

    assert len(message.text.splitlines()) == 1 + shown
    assert f"{shown}. " in read_aloud(message.blocks)


def test_before_the_first_papers_the_picks_say_when_they_come():
    assert lists.NO_PAPERS in lists.picks(DAY, []).text
