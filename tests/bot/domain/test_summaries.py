"""A paper in a sentence: the source's summary, else what its abstract says best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.summaries import FROM_ABSTRACT, Summary, most_telling, summary
from tests.factories import a_paper


def test_a_summary_of_the_source_is_taken_with_its_author():
    assert summary(a_paper(tldr="Short.", tldr_by="a model")) == Summary("Short.", "a model")


def test_a_summary_that_nobody_is_said_to_have_written_is_a_models():
    assert summary(a_paper(tldr="Short.")).by == "a model"


def test_without_one_it_is_a_sentence_of_the_abstract_and_says_so():
    found = summary(a_paper(abstract="We propose nets that learn from very little data."))

    assert found == Summary("We propose nets that learn from very little data.", FROM_ABSTRACT)


def test_a_paper_without_any_text_has_no_summary():
    assert summary(a_paper(abstract="")) == Summary("", "")


@pytest.mark.parametrize(
    ("abstract", "told"),
    [
        (
            "Language models are used everywhere today. They are costly to run at scale. In "
            "this work, we introduce Thrift, which halves the cost. Experiments show it works.",
            "In this work, we introduce Thrift, which halves the cost.",
        ),
        (
            "This paper studies why small models forget what they have learnt. We find three "
            "causes of forgetting in all of them. Also, we release our code and all of the data.",
            "This paper studies why small models forget what they have learnt.",
        ),
        (
            "Bells are heard through water at any depth. They ring for hours on end in calm seas.",
            "Bells are heard through water at any depth.",
        ),
        ("Too short. No.", "Too short."),
    ],
    ids=["names what it brings", "says what it is", "nothing tells more", "only short ones"],
)
def test_the_sentence_is_the_one_that_says_what_a_paper_brings(abstract, told):
    assert most_telling(abstract) == told


@given(st.text(max_size=300))
def test_it_is_always_a_part_of_the_abstract(abstract):
    assert most_telling(abstract) in abstract
