"""Spelling: the word that was meant is found, and none where none was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.domain.spelling import best, fewest_papers, slips


@pytest.mark.parametrize(
    ("word", "known", "why"),
    [
        ("transfomer", "transformer", "a letter left out"),
        ("transfformer", "transformer", "a letter twice"),
        ("trasnformer", "transformer", "two neighbours swapped"),
        ("transformwr", "transformer", "a wrong letter"),
        ("tarnsfomer", "transformer", "a swap and a letter left out"),
        ("rtansfromer", "transformer", "two swaps, one at the beginning"),
        ("iffusion", "diffusion", "the first letter left out"),
        ("aglayx", "galaxy", "two swaps, in six"),
        ("gans", "gan", "four letters, one too many"),
        ("diffsn", "diffusion", None),  # three letters left out
        ("tagx", "rag", None),  # two slips in four letters
        ("skinn", "spinx", None),  # two slips in five letters
        ("rga", "rag", None),  # three letters are often a name
        ("深", "度", None),
        ("", "a", None),
    ],
)
def test_a_slip_is_recognised(word, known, why):
    assert best(word, [(known, 5)]) == (known if why else None)


def test_the_fewest_slips_win():
    assert best("tarnsfer", [("transfer", 1), ("transform", 9000), ("answer", 9000)]) == "transfer"
    assert best("modelz", [("modes", 9000), ("model", 1), ("morels", 9000)]) == "model"


def test_of_words_equally_far_the_more_frequent_wins():
    assert best("clasp", [("class", 300), ("clash", 3), ("clamp", 20)]) == "class"


def test_a_letter_left_out_is_likelier_than_a_wrong_one():
    assert best("modls", [("modes", 9), ("models", 3)]) == "models"


def test_a_far_more_frequent_word_outweighs_a_wrong_letter():
    assert best("modls", [("modes", 900), ("models", 3)]) == "modes"


@pytest.mark.parametrize(
    ("word", "known"),
    [("word3vec", "word2vec"), ("10240", "1024"), ("h100", "a100"), ("resnet50", "resnet")],
)
def test_another_number_is_no_slip(word, known):
    assert best(word, [(known, 50)]) is None


def test_letters_beside_a_number_are_corrected():
    assert best("wrod2vec", [("word2vec", 50)]) == "word2vec"


def test_without_candidates_nothing_is_meant():
    assert best("transformer", []) is None


def test_a_word_of_one_paper_is_proposed_where_papers_are_few():
    assert fewest_papers(3_000) == 1
    assert fewest_papers(50_000) == 2


words = st.text(alphabet="abcé1", max_size=9)
candidates = st.dictionaries(words, st.integers(1, 9000), max_size=20)


@given(word=words, known=candidates)
def test_nothing_nearer_is_passed_over(word, known):
    close = {
        OSA.distance(word, each)
        for each in known
        if slips(word) and each.count("1") == word.count("1")
    }

    found = best(word, known.items())

    if found is None:
        assert min(close, default=9) > slips(word)
    else:
        assert OSA.distance(word, found) == min(close) <= slips(word)


@given(word=words, known=candidates.map(lambda each: list(each.items())), data=st.data())
def test_the_order_of_the_candidates_decides_nothing(word, known, data):
    assert best(word, data.draw(st.permutations(known))) == best(word, known)
