"""How words rank papers in the engine: neighbours together, common words last, names beside."""

import pytest

from bot.domain.paper import Paper
from bot.domain.query import parse_search
from storage import papers, recording, search_query
from storage.search_index import SearchIndex
from tests.factories import NOW, a_batch

QUESTION = "which of the diffusion policies is as good for robots as it was for arms"


@pytest.fixture
def find(sqlite_database, index: SearchIndex):
    """Store papers with these abstracts, and ask for those that a query finds, best first."""

    def find(text: str, *abstracts: str, author: str = "") -> list[str]:
        made = {
            f"2606.{number:05}": Paper(f"2606.{number:05}", "Untitled", each, (author,))
            for number, each in enumerate(abstracts)
        }
        with sqlite_database.begin() as session:
            papers.save(session, made.values(), NOW)
            recording.record(session, a_batch(*made.values()), NOW)
        with sqlite_database.read() as session:
            index.follow(session)
        return [made[each].abstract for each in index.find(parse_search(text), 100).scores]

    return find


def test_words_that_are_neighbours_in_the_query_count_more_side_by_side(find):
    apart, together = "policy for good diffusion", "for good diffusion policy"

    assert find("diffusion policy", apart, together) == [together, apart]


def test_where_pairs_would_have_to_be_looked_for_in_too_many_papers_words_alone_decide(
    find, monkeypatch
):
    monkeypatch.setattr(search_query, "READ", 1)
    apart, together = "policy for good diffusion", "for good diffusion policy"

    assert find("diffusion policy", apart, together) == [apart, together]  # as they were stored


def test_of_a_long_question_words_that_tell_nothing_find_nothing(find):
    telling, idle = "robots move", "which is as it was for the"

    assert find(QUESTION, idle, telling) == [telling]


def test_of_a_few_words_each_one_finds(find):
    assert find("of the", "the arm") == ["the arm"]


def test_a_long_question_without_any_telling_word_is_searched_as_it_is(find):
    idle = "which is as it was for the"

    assert find("which of these is as it was for the", idle) == [idle]


def test_words_are_found_in_names_too(find):
    assert find("lecun", "robots move", author="Yann LeCun") == ["robots move"]


def test_beside_a_required_word_others_only_rank(find):
    both, required = "robots grasp with diffusion", "robots grasp in the dark"

    assert find("diffusion +robots", required, both, "diffusion of gas") == [both, required]
