"""A digest's choice: the same everywhere, of the size asked for, and fair to votes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation import choose, reason
from bot.domain.paper import Listing
from tests.factories import a_listing, a_paper

candidates = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 6)), unique_by=lambda each: each[0], max_size=12
).map(lambda drawn: [a_listing(a_paper(f"2606.{n:05d}"), upvotes=votes) for n, votes in drawn])
sizes = st.integers(0, 15)


@given(candidates, sizes, st.randoms())
def test_the_order_of_the_candidates_does_not_matter(found, size, random):
    mixed = random.sample(found, len(found))

    assert choose(mixed, size) == choose(found, size)


@given(candidates, sizes)
def test_as_many_as_asked_for_are_chosen_as_far_as_there_are(found, size):
    chosen = [pick.paper_id for pick in choose(found, size)]

    assert len(chosen) == min(size, len(found))
    assert len(set(chosen)) == len(chosen)


@given(candidates.filter(bool), st.data(), st.integers(1, 5))
def test_adding_a_vote_never_lowers_a_paper(found, data, votes):
    at = data.draw(st.integers(0, len(found) - 1))
    paper_id = found[at].paper.id
    raised = [*found[:at], replace(found[at], upvotes=found[at].upvotes + votes), *found[at + 1 :]]

    assert _place(raised, paper_id) <= _place(found, paper_id)


@given(candidates, sizes)
def test_no_paper_left_out_has_more_votes_than_one_chosen(found, size):
    chosen = {pick.paper_id for pick in choose(found, size)}
    inside = [each.upvotes for each in found if each.paper.id in chosen]
    outside = [each.upvotes for each in found if each.paper.id not in chosen]

    if inside and outside:
        assert min(inside) >= max(outside)


@pytest.mark.parametrize(
    ("votes", "words"), [(0, "no votes yet"), (1, "1 vote"), (2, "2 votes"), (310, "310 votes")]
)
def test_each_choice_says_why(votes, words):
    listing = a_listing(upvotes=votes)

    assert reason(listing) == words
    assert [pick.reason for pick in choose([listing], 1)] == [words]


def _place(found: list[Listing], paper_id: str) -> int:
    return [pick.paper_id for pick in choose(found, len(found))].index(paper_id)
