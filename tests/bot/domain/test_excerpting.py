"""The sentence worth reading closely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.excerpting import likeliest

TEXT = "We begin. Diffusion helps hands. Policies for diffusion by Sato. Fragments end it."


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
def test_it_is_the_first_in_which_most_of_the_words_begin(words, sentence):
    assert likeliest(TEXT, words) == sentence


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=4))
def test_it_is_a_part_of_the_text_whatever_is_asked(text, words):
    assert likeliest(text, words) in text
