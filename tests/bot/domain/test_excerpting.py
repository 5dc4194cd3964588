"""What of the hits answers a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.excerpting import likeliest, shown
from bot.domain.query import parse_search
from bot.errors import QueryProblem
from tests.factories import a_paper

PAPER = a_paper(
    title="Policies for hands",
    abstract="We begin. Diffusion helps hands. Policies for diffusion by Sato. Fragments end it.",
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("diffusion", "Diffusion helps hands."),
        ("policy by diffusion", "Policies for diffusion by Sato."),
        ("diffusion it", "Diffusion helps hands."),  # *it* says nothing
        ("helps fragments", "Diffusion helps hands."),
        ("+fragments", "Fragments end it."),
    ],
)
def test_the_sentence_is_the_first_that_holds_most_of_the_words(text, sentence):
    [found] = shown(parse_search(text), [PAPER])

    assert found.excerpt.text == sentence


@pytest.mark.parametrize("text", ["rag", "by it", "since:2026-06-01"])
def test_without_any_of_the_words_no_sentence_is_shown(text):
    [found] = shown(parse_search(text), [PAPER])

    assert not found.title
    assert found.excerpt is None


def test_each_hit_has_its_own():
    found = shown(parse_search("policy"), [PAPER, a_paper(title="Nets"), PAPER])

    assert [bool(each.title) for each in found] == [True, False, True]


@given(text=st.text(max_size=60), asked=st.text(min_size=1, max_size=20))
def test_it_is_a_part_of_the_text_whatever_is_asked(text, asked):
    try:
        [found] = shown(parse_search(asked), [a_paper(abstract=text)])
    except QueryProblem:
        return

    assert found.excerpt is None or found.excerpt.text in text


# -- which sentence is worth reading closely -----------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["diffusion"], "Diffusion helps hands. "),
        (["policy", "diffusion"], "Policies for diffusion by Sato. "),
        (["rag"], ""),  # no word begins so
        (["fragment"], "Fragments end it."),
        (["c++", "(a"], ""),
        ([], ""),
    ],
)
def test_the_likeliest_is_the_first_in_which_most_of_the_words_begin(words, sentence):
    assert likeliest(PAPER.abstract, words) == sentence


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=4))
def test_the_likeliest_is_a_part_of_the_text_whatever_is_asked(text, words):
    assert likeliest(text, words) in text
