"""What messages were made with, when a paper of theirs turns out to be another."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.renaming import renamed, says_nothing, without


def group(*papers: str, rest: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"topic": "a", "papers": list(papers), "rest": list(rest), "also": {}, **more}


@pytest.mark.parametrize(
    ("content", "after"),
    [
        ({"groups": [group("old", "b")]}, {"groups": [group("new", "b")]}),
        ({"groups": [group("b", rest=("old",))]}, {"groups": [group("b", rest=("new",))]}),
        (
            {"groups": [group("old", also={"old": ["x"]})], "posted": {"old": {"url": "u"}}},
            {"groups": [group("new", also={"new": ["x"]})], "posted": {"new": {"url": "u"}}},
        ),
        ({"groups": [group("old", versions={"old": 2})]},
         {"groups": [group("new", versions={"new": 2})]}),
        ({"groups": [group("old"), group("new")]}, {"groups": [group("new")]}),
        ({"groups": [group("old", "new", rest=("c", "d"))]},
         {"groups": [group("new", "c", rest=("d",))]}),
        ({"edition": 1, "paper": "old"}, {"edition": 1, "paper": "new"}),
        ({"picks": [{"paper": "old", "by": "u"}]}, {"picks": [{"paper": "new", "by": "u"}]}),
        ({"picks": [{"paper": "old"}, {"paper": "new"}]}, {"picks": [{"paper": "new"}]}),
        ({"edition": 1}, {"edition": 1}),
    ],
)  # fmt: skip
def test_one_paper_stands_in_the_place_of_another_and_never_twice(content, after):
    assert renamed(content, "old", "new") == after


def test_without_its_only_paper_an_alert_says_nothing():
    assert says_nothing(without({"groups": [group("old")]}, "old"))
    assert not says_nothing(without({"groups": [group("old", rest=("b",))]}, "old"))
    assert not says_nothing(without({"edition": 1}, "old"))


names = st.lists(st.sampled_from("abcde"), unique=True, max_size=5)


@given(names, st.integers(1, 5))
def test_no_other_paper_is_lost_and_none_comes_twice(papers, size):
    content = {"groups": [group(*papers[:size], rest=tuple(papers[size:]))]} if papers else {}

    after = renamed(content, "a", "b")

    told = [each for one in after.get("groups", ()) for each in (*one["papers"], *one["rest"])]
    assert sorted(told) == sorted({"b" if each == "a" else each for each in papers})
