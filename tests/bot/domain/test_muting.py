"""What can be muted, in the words of the matching language, and what that hides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.muting import (
    Mute,
    MutesAll,
    NothingToMute,
    author,
    muted,
    read_mutes,
    silences,
)
from bot.domain.query import parse_subscription
from bot.errors import QueryProblem
from tests.factories import NOW, a_listing, a_paper


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("survey", ("survey",)),
        ("Surveys", ("surveys",)),
        ("small nets", ("small nets",)),
        ("survey, benchmark", ("benchmark", "survey")),
        ("survey OR benchmark", ("benchmark", "survey")),
        ("agents -robots", ("agents -robots",)),
        ('author:"Yann LeCun"', ('author:"yann lecun"',)),
        ("2606.27377", ("id:2606.27377",)),
        ("https://arxiv.org/abs/2606.27377v2", ("id:2606.27377",)),
        ("cat:cs.CL", ("cat:cs.CL",)),
    ],
)
def test_what_is_muted_is_read_as_a_topic_is(said, read):
    assert read_mutes(said) == read


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", NothingToMute),
        ('"', NothingToMute),
        ("the", MutesAll),
        ("survey, the", MutesAll),
        ("-survey", QueryProblem),
        ("x" * 300, QueryProblem),
    ],
)
def test_what_names_nothing_or_nearly_everything_is_refused(said, problem):
    with pytest.raises(problem):
        read_mutes(said)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_and_what_is_read_reads_as_itself(said):
    try:
        read = read_mutes(said)
    except QueryProblem:
        return
    assert [read_mutes(each) for each in read] == [(each,) for each in read]


def hidden(text: str, *papers) -> list[str]:
    return sorted(muted([Mute(1, text, NOW)], [a_listing(each) for each in papers]))


@pytest.mark.parametrize(
    ("text", "title", "hides"),
    [
        ("rag", "Better RAG with less context", True),
        ("rag", "Fragments of storage paragraphs", False),  # whole words only
        ("survey", "Two surveys of nets", True),
        ("state space", "State-space models", True),
        ("state space", "The space of a state", False),
    ],
)
def test_a_word_hides_what_has_it_as_a_whole(text, title, hides):
    paper = a_paper(title=title, abstract="Nothing else.")

    assert hidden(text, paper) == ([paper.id] if hides else [])


@pytest.mark.parametrize(
    ("name", "hides"), [("Yann LeCun", True), ("LeCun, Y.", True), ("Jean Lecunet", False)]
)
def test_an_author_is_one_person_in_every_spelling(name, hides):
    paper = a_paper(authors=("Ann Ot", name))

    assert bool(hidden(author("Y. LeCun"), paper)) == hides


def test_a_name_with_quotes_or_signs_in_it_is_an_author_all_the_same():
    paper = a_paper(authors=('Ann "Annie" Ot-Her',))

    assert hidden(author(paper.authors[0]), paper) == [paper.id]


def test_one_paper_is_hidden_by_its_id_and_its_neighbour_is_not():
    one, other = a_paper("2606.00001"), a_paper("2606.00002")

    assert hidden("id:2606.00001", one, other) == [one.id]


def test_the_first_mute_that_a_paper_matches_is_the_one_that_hides_it():
    mutes = [Mute(3, "robots", NOW), Mute(5, "nets", NOW), Mute(7, "small", NOW)]
    listing = a_listing(a_paper(title="Small nets"))

    assert muted(mutes, [listing])[listing.paper.id].id == 5


@pytest.mark.parametrize(
    ("texts", "topic", "silent"),
    [
        (["rag"], "rag", True),
        (["rag"], "rag, agents", False),
        (["rag", "agents"], "rag, agents", True),
        (["rag"], "rag AND agents", True),
        (["rag"], "agents -rag", False),
        (["survey"], "rag", False),
    ],
)
def test_a_topic_of_which_nothing_is_left_is_known(texts, topic, silent):
    assert silences(texts, parse_subscription(topic)) == silent
