"""What a title, votes and age add to the score of a paper's words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.query import Sort
from bot.domain.ranking import (
    FRESH_WEIGHT,
    VOTES_WEIGHT,
    Headline,
    headline,
    in_order,
    is_titled,
    prior,
    published,
    ranked,
    scaled,
)
from tests.factories import DAY, a_listing, a_paper

scores = st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), max_size=8)
headlines = st.builds(
    Headline,
    st.just("a"),
    st.text(max_size=9),
    st.dates(date(2000, 1, 1), DAY),
    st.integers(0, 10**6),
)


def a_headline(id: str, title: str = "", days: int = 0, votes: int = 0) -> Headline:
    return Headline(id, title, DAY - timedelta(days), votes)


@given(scores)
def test_scaled_scores_lie_from_0_to_1_in_the_same_order(given_scores):
    found = scaled(given_scores)

    assert all(0 <= score <= 1 for score in found.values())
    assert list(found) == list(given_scores)
    for one, other in zip(sorted(given_scores.values()), sorted(found.values()), strict=True):
        assert (one == max(given_scores.values())) <= (other == 1)


def test_one_score_is_the_best_there_is():
    assert scaled({"a": 3.5}) == {"a": 1.0}


def test_a_pasted_title_is_that_paper_however_the_words_score():
    found = ranked(
        "Small nets, learn!",
        {"a": 1.0, "b": 0.0},
        [
            a_headline("a", "Why small nets learn so much", votes=999),
            a_headline("b", "Small nets learn", days=3_000),
        ],
    )

    assert list(found) == ["b", "a"]


def test_half_a_title_with_slips_is_nearer_to_it_than_other_words_are():
    found = ranked(
        "dexterous manipulaton with difusion",
        {"a": 0.9, "b": 0.8},
        [
            a_headline("a", "A survey of manipulation"),
            a_headline("b", "Dexterous manipulation with diffusion policies"),
        ],
    )

    assert list(found) == ["b", "a"]


def test_a_short_word_within_another_is_no_part_of_a_title():
    found = ranked(
        "rag",
        {"a": 0.5, "b": 0.5},
        [a_headline("a", "Fragment shaders"), a_headline("b", "RAG for code")],
    )

    assert list(found) == ["b", "a"]


def test_a_title_that_begins_with_the_words_comes_before_one_that_holds_them():
    found = ranked(
        "heat flow in",
        {"a": 0.55, "b": 0.5},
        [a_headline("a", "Linear heat flow in a slab"), a_headline("b", "Heat flow in slabs")],
    )

    assert list(found) == ["b", "a"]


@pytest.mark.parametrize(
    "words",
    ["Small nets learn", "small nets learn from", "nets learn from little", "smal nets lern"],
)
def test_beside_meaning_too_a_title_or_a_part_of_it_comes_first(words):
    found = ranked(
        words,
        {"a": 1.0, "b": 0.85},
        [a_headline("a", "Learning without data"), a_headline("b", "Small nets learn from little")],
        by_meaning=True,
    )

    assert list(found) == ["b", "a"]


@pytest.mark.parametrize("by_meaning", [False, True])
@given(title=st.text("abc ", min_size=1, max_size=9), other=st.text("abc ", max_size=9))
def test_nothing_outweighs_the_title_itself(by_meaning, title, other):
    heads = [a_headline("a", other, votes=10**6), a_headline("b", title, days=9_999)]
    found = ranked(title, {"a": 1.0, "b": 0.0}, heads, by_meaning=by_meaning)

    assert found["b"] > found["a"] or other.split() == title.split()


def test_beside_meaning_a_short_title_within_a_long_question_says_little():
    question = "does aspirin help against headache of children and adults"
    found = ranked(
        question,
        {"a": 0.5, "b": 0.5},
        [a_headline("a", "Aspirin"), a_headline("b")],
        by_meaning=True,
    )

    assert found["a"] == found["b"]


def test_papers_that_are_not_looked_at_stay_behind_those_before_them():
    found = ranked(
        "nets", {"a": 1.0, "b": 0.5, "c": 0.1}, [a_headline("a"), a_headline("b", "Nets")]
    )

    assert list(found)[-1] == "c"
    assert found["c"] == 0.1


@pytest.mark.parametrize(
    "better", [a_headline("b", votes=50), a_headline("b", days=0)], ids=["votes", "age"]
)
def test_of_papers_that_fit_alike_the_one_with_votes_or_the_newer_comes_first(better):
    found = ranked("nets", {"a": 0.5, "b": 0.5}, [a_headline("a", days=300), better])

    assert list(found) == ["b", "a"]


@given(headlines)
def test_votes_and_age_together_never_outweigh_what_fits_clearly_better(paper):
    assert 0 <= prior(paper, DAY) <= VOTES_WEIGHT + FRESH_WEIGHT < 0.05


@given(scores)
def test_ranking_neither_loses_nor_invents_a_paper(given_scores):
    heads = [a_headline(each, each) for each in given_scores]

    assert ranked("nets", given_scores, heads).keys() == given_scores.keys()


def test_papers_are_sorted_by_day_or_votes_and_ties_stay():
    old = a_listing(a_paper("1", published=datetime(2025, 1, 1, tzinfo=UTC)), upvotes=9)
    new = a_listing(a_paper("2", published=datetime(2026, 1, 1, tzinfo=UTC)), upvotes=1)
    same = a_listing(a_paper("3", published=datetime(2026, 1, 1, tzinfo=UTC)), upvotes=1)
    hits = [old, new, same]

    assert in_order(hits, Sort.BEST) == hits
    assert in_order(hits, Sort.NEW) == [new, same, old]
    assert in_order(hits, Sort.TOP) == [old, new, same]


def test_a_paper_is_of_its_day_in_utc_or_of_its_list():
    evening = datetime(2026, 1, 1, 23, tzinfo=timezone(-timedelta(hours=5)))

    assert published(a_listing(a_paper(published=evening))) == date(2026, 1, 2)
    assert headline(a_listing(a_paper(published=None))).published == DAY


def test_a_title_is_known_by_its_marks_as_well():
    assert is_titled("Angina with “normal” arteries ", 'Angina with "Normal" arteries')
    assert not is_titled('"diffusion policy"', "Diffusion policy")
