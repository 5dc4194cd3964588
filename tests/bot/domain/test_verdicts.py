"""Papers that people moved stand where they were put."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.verdicts import Decision, Verdict, arranged
from tests.factories import NOW


def moved(paper_id: str, place: int | None, minute: int = 0) -> Verdict:
    return Verdict(paper_id, Decision.PICK, "U1", NOW + timedelta(minutes=minute), place)


def order(verdicts, ids="abcd") -> str:
    return "".join(each for each, _ in arranged([(each, each) for each in ids], verdicts))


@pytest.mark.parametrize(
    ("verdicts", "result"),
    [
        ([], "abcd"),
        ([moved("c", 2)], "acbd"),
        ([moved("d", 1)], "dabc"),
        ([moved("d", 3), moved("c", 1)], "cadb"),
        ([moved("a", None)], "abcd"),  # picked, not moved
        ([moved("x", 1)], "abcd"),  # not in this digest
        ([moved("a", 9)], "bcda"),
    ],
)
def test_a_paper_that_was_moved_stands_at_its_place(verdicts, result):
    assert order(verdicts) == result


def test_of_two_moved_to_one_place_the_later_has_it():
    assert order([moved("c", 1, minute=1), moved("d", 1, minute=2)]) == "dcab"


@given(st.lists(st.tuples(st.sampled_from("abcdx"), st.none() | st.integers(1, 9)), max_size=6))
def test_nothing_is_lost_and_nothing_comes_twice(given_places):
    verdicts = [
        moved(paper, place, n) for n, (paper, place) in enumerate(dict(given_places).items())
    ]

    assert sorted(order(verdicts)) == list("abcd")


@given(st.permutations("abcd"), st.integers(1, 3))
def test_one_place_up_is_one_place_up(ids, at):
    before = "".join(ids)
    expected = before[: at - 1] + before[at] + before[at - 1] + before[at + 1 :]

    assert order([moved(before[at], at)], before) == expected
