"""Which words of a search may be slips, and the text with them mended."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.correcting import doubtful, loosened, mended
from bot.errors import QueryProblem
from tests.bot.domain.typed import anything


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Difusion polcy", ["difusion", "polcy"]),
        ("difusion difusion", ["difusion"]),
        ("image-difusion", ["image", "difusion"]),
        ("(difusion OR flow) AND polcy", ["difusion", "flow", "polcy"]),
        ('"difusion" author:lecum title:polcy', []),
        ("+difusion -polcy", []),
        ("NOT polcy agents", ["agents"]),
        ("RAGG LoRRA", []),
        ("2606.10001 hep-th/9901001 10.1145/difusion https://polcy.org/a", []),
        ("since:7d difusion sort:new", ["difusion"]),
        ("", []),
    ],
)
def test_only_plain_words_are_doubted(text, words):
    assert doubtful(text) == words


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Difusion  polcy", "diffusion policy"),
        ('difusion "difusion" -difusion', 'diffusion "difusion" -difusion'),
        ("author:difusion (image-difusion, polcy)", "author:difusion (image-diffusion, policy)"),
        ("polcy since:7d", "policy since:7d"),
        ("nothing  known", "nothing  known"),
    ],
)
def test_only_the_mistyped_word_changes(text, now):
    assert mended(text, {"difusion": "diffusion", "polcy": "policy"}) == now


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"diffusion policy" +hands -survey', "diffusion policy hands"),
        ("title:diffusion author:li cat:cs.CL abstract:hands", "diffusion hands"),
        ("hands NOT survey since:7d sort:new", "hands"),
        ("-survey", ""),
    ],
)
def test_loosened_all_words_that_are_asked_for_are_left(text, plain):
    assert loosened(text) == plain


@given(anything)
def test_what_needs_no_mending_is_left_alone_whatever_it_is(text):
    with suppress(QueryProblem):
        assert mended(text, {}) == text


@given(st.lists(st.sampled_from(["polcy", "image-polcy", '"polcy"', "(polcy", ")", "a", "é,"])))
def test_every_place_of_a_mistyped_word_is_mended(parts):
    text = " ".join(parts)
    with suppress(QueryProblem):
        assert "polcy" not in doubtful(mended(text, {"polcy": "policy"}))
