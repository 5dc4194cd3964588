"""Hits, days and picks."""

import json
from datetime import date

import pytest
from hypothesis import given

from bot.blocks import lists, search
from bot.domain.list_options import Kind, Wanted
from bot.domain.matched import Matched
from bot.domain.results import BY_MEANING, Hit, Results
from bot.domain.sentences import Excerpt
from tests.bot.blocks.anything import objects, queries, read_aloud, values
from tests.factories import a_listing, a_paper, papers

DAY = date(2026, 6, 26)
TODAY = Wanted(Kind.TODAY)


def some(count):
    return [a_listing(paper) for paper in papers(count)]


def page(query="rag", count=2, *, start=0, total=2, **fields):
    return Results(query, tuple(Hit(each, 1.0) for each in some(count)), start, total, **fields)


NOT_A_WORD = Matched()


def one(matched=NOT_A_WORD, why="", **paper):
    return Results("rag", (Hit(a_listing(a_paper(**paper)), 1.0, matched, why),), 0, 1)


def test_hits_are_numbered_through_and_each_can_be_shared():
    message = search.results(page(start=5, total=7))

    assert message.text.splitlines() == [
        "Results for rag:",
        "6. Paper number 1 (10 votes)",
        "7. Paper number 2 (10 votes)",
    ]
    assert values(message.blocks, "paper_menu")[::4] == ["share:2606.00001", "share:2606.00002"]


def test_of_each_hit_similar_papers_are_one_tap_away():
    message = search.results(page())

    assert values(message.blocks, "similar_papers") == ["2606.00001", "2606.00002"]


def test_where_not_every_candidate_was_looked_at_more_are_not_counted_as_all():
    message = search.results(page(count=5, total=1_000, is_capped=True))

    assert "More (995+ left)" in read_aloud(message.blocks)


def test_a_hit_says_when_it_came_out_its_votes_who_wrote_it_and_what_brought_it():
    assert "10 votes · 25 Jun 2026 · close in meaning · Li Wei and Sato Ken" in read_aloud(
        search.results(one(why=BY_MEANING)).blocks
    )


def test_a_hit_of_which_nobody_knows_the_day_says_the_rest():
    assert "10 votes · Li Wei and Sato Ken" in read_aloud(
        search.results(one(published=None)).blocks
    )


def test_what_was_asked_for_is_bold_in_the_title_and_in_one_sentence():
    matched = Matched(((7, 10),), Excerpt("We improve RAG.", ((11, 14),)))

    blocks = search.results(one(matched, title="Better RAG now")).blocks

    bold = [each["text"] for each in objects(blocks) if each.get("style") == {"bold": True}]
    assert bold == ["RAG", "RAG"]
    assert "Better  RAG  now" in read_aloud(blocks)


def test_a_hit_that_shares_no_word_shows_its_summary():
    assert "We train small nets on little data" in read_aloud(search.results(one()).blocks)


@given(query=queries)
def test_more_and_subscribe_carry_the_query_as_it_was_typed(query):
    message = search.results(page(query, 5, start=5, total=23))

    [more] = values(message.blocks, "search_more")
    [follow] = values(message.blocks, "preview_subscription")
    assert json.loads(more) == {"q": query, "start": 10}
    assert json.loads(follow) == {"q": query}
    assert "More (13 left)" in read_aloud(message.blocks)


def test_the_last_page_offers_no_more():
    assert not values(search.results(page(start=5, total=7)).blocks, "search_more")


def test_a_correction_is_told_with_the_way_back_and_is_what_would_be_followed():
    message = search.results(page("difusion", total=9, corrected="diffusion"))

    assert message.text.startswith("Showing results for diffusion, not for difusion:")
    assert "Showing results for  diffusion . Search instead for  difusion ." in read_aloud(
        message.blocks
    )
    [instead] = values(message.blocks, "search_instead")
    assert json.loads(instead) == {"q": "difusion", "start": 0, "literally": 1}
    assert values(message.blocks, "preview_subscription") == ['{"q":"diffusion"}']


def test_more_of_a_search_as_it_was_typed_stays_as_it_was_typed():
    message = search.results(page("difusion", total=9), literally=True)

    [more] = values(message.blocks, "search_more")
    assert json.loads(more) == {"q": "difusion", "start": 2, "literally": 1}


def test_a_search_that_was_not_corrected_offers_no_way_back():
    assert not values(search.results(page()).blocks, "search_instead")


def test_nothing_found_offers_to_follow_the_words():
    message = search.nothing_found(page("basket <weaving>", 0, total=0))

    assert message.text.startswith("Nothing found for basket &lt;weaving&gt;.")
    assert values(message.blocks, "preview_subscription") == ['{"q":"basket <weaving>"}']
    assert not values(message.blocks, "search_broader")
    assert not values(message.blocks, "search_corrected")


def test_nothing_found_names_the_correction_that_found_nothing_either():
    message = search.nothing_found(page("difusion cat:cs.XX", 0, corrected="diffusion cat:cs.XX"))

    assert message.text.startswith(
        "Nothing found for difusion cat:cs.XX, nor for diffusion cat:cs.XX."
    )


def test_nothing_found_offers_a_broader_query():
    message = search.nothing_found(page('"small nets learn"', 0, broader='"small nets"'))

    assert values(message.blocks, "search_broader") == [r'{"q":"\"small nets\"","start":0}']
    assert 'Search for "small nets"' in read_aloud(message.blocks)


def test_nothing_found_as_it_was_typed_offers_to_correct_it():
    message = search.nothing_found(page("difusion", 0), literally=True)

    assert values(message.blocks, "search_corrected") == ['{"q":"difusion","start":0}']


def test_a_long_pasted_link_is_shown_short_and_cannot_be_followed():
    message = search.nothing_found(page("https://a.org/" + "x" * 3000, 0))

    assert not values(message.blocks, "preview_subscription")


def test_a_days_list_counts_what_it_leaves_out():
    message = lists.day_list(TODAY, DAY, DAY, some(31), previous=date(2026, 6, 25))

    assert message.text.startswith("Friday 26 June: 10 of 31 papers, most votes first.")
    [carried] = values(message.blocks, "show_previous_day")
    assert json.loads(carried) == {"kind": "today", "date": "2026-06-25", "top": 10}
    assert "There is no later list yet." in read_aloud(message.blocks)
    assert not values(message.blocks, "show_next_day")


def test_a_week_names_its_first_and_last_day():
    message = lists.day_list(Wanted(Kind.WEEK), date(2026, 6, 20), DAY, some(1))

    assert message.text.startswith("Sat 20 Jun to Fri 26 Jun: 1 of 1 paper")


def test_a_day_without_papers_says_so():
    assert "No papers on this day." in lists.day_list(TODAY, DAY, DAY, []).text


@pytest.mark.parametrize(("stored", "shown"), [(9, 5), (2, 2)])
def test_picks_are_five_at_most_in_a_line_each(stored, shown):
    message = lists.picks(DAY, some(stored))

    assert len(message.text.splitlines()) == 1 + shown
    assert f"{shown}. " in read_aloud(message.blocks)


def test_before_the_first_papers_the_picks_say_when_they_come():
    assert lists.NO_PAPERS in lists.picks(DAY, []).text
