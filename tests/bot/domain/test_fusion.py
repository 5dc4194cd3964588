"""Words and meaning in one ranking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fusion import fuse

ids = st.text("abcdef", min_size=1, max_size=3)
scores = st.dictionaries(ids, st.floats(0, 100), max_size=12)
closeness = st.dictionaries(ids, st.floats(-1, 1), max_size=12)


def test_each_score_counts_as_a_part_of_the_best_of_its_kind():
    found = fuse({"a": 30.0, "b": 15.0, "c": 6.0}, {"a": 0.1, "b": 0.8, "c": 0.4})

    assert found == pytest.approx({"b": 0.81, "a": 0.4575, "c": 0.386})
    assert list(found) == ["b", "a", "c"]


def test_of_a_paper_without_a_vector_its_words_alone_decide():
    found = fuse({"a": 30.0, "b": 27.0, "c": 9.0}, {"a": 0.1, "c": 0.8})

    assert found == pytest.approx({"b": 0.9, "c": 0.734, "a": 0.4575})


def test_a_paper_that_means_the_opposite_loses_what_meaning_gives_and_no_more():
    found = fuse({"a": 2.0, "b": 1.0}, {"a": -0.5, "b": 0.5})

    assert found == pytest.approx({"a": 0.38, "b": 0.81})


@given(lexical=scores)
def test_without_any_vector_the_order_is_that_of_the_words(lexical):
    best_first = dict(sorted(lexical.items(), key=lambda item: -item[1]))

    assert list(fuse(best_first, {})) == list(best_first)


@given(lexical=scores, semantic=closeness)
def test_what_words_did_not_find_is_never_added_and_nothing_is_lost(lexical, semantic):
    assert fuse(lexical, semantic).keys() == lexical.keys()


@given(lexical=scores, semantic=closeness)
def test_scores_lie_from_0_to_1_best_first(lexical, semantic):
    found = list(fuse(lexical, semantic).values())

    assert all(0 <= each <= 1 for each in found)
    assert found == sorted(found, reverse=True)


@given(lexical=scores, semantic=closeness, stretch=st.integers(1, 9))
def test_how_large_the_scores_of_an_engine_are_does_not_matter(lexical, semantic, stretch):
    whole = {each: float(round(score)) for each, score in lexical.items()}
    other = {each: score * stretch for each, score in whole.items()}
    first, second = fuse(whole, semantic), fuse(other, semantic)

    assert all(abs(first[each] - second[each]) < 1e-9 for each in whole)
