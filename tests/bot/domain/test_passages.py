"""What of a paper gets a vector."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.passages import MOST, PIECE, passages
from tests.factories import a_paper

texts = st.text("ab .", max_size=3 * PIECE)


def test_of_a_short_text_it_is_the_whole_alone():
    paper = a_paper(title="Small nets", abstract="They learn.")

    assert passages(paper) == ["Small nets. They learn."]


def test_without_an_abstract_it_is_the_tldr():
    assert passages(a_paper(title="Nets", abstract="", tldr="Small.")) == ["Nets. Small."]


def test_of_a_longer_one_each_piece_follows_behind_the_title():
    abstract = "We train small nets on little data. " * 20

    whole, *pieces = passages(a_paper(title="Small nets", abstract=abstract))

    assert whole == f"Small nets. {abstract}"
    assert len(pieces) == 3
    assert all(each.startswith("Small nets. ") for each in pieces)


def test_a_text_without_end_has_no_more_pieces_than_are_worth_reading():
    assert len(passages(a_paper(abstract="word " * 9_000))) <= 1 + MOST


@given(texts)
def test_the_pieces_hold_every_word_once(text):
    whole, *pieces = passages(a_paper(title="T", abstract=text, tldr=""))

    said = [word for piece in pieces for word in piece.removeprefix("T. ").split()]
    if pieces:
        assert "".join(said) == "".join(whole.removeprefix("T. ").split())


@given(texts)
def test_no_piece_is_much_longer_than_two_sentences(text):
    _, *pieces = passages(a_paper(title="T", abstract=text, tldr=""))

    assert all(len(each) <= 1.2 * PIECE for each in pieces)
