"""What gets a second look: it rose much, and nothing else decides whether it may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation import Candidate
from bot.domain.second_look import (
    LEAST_RISEN,
    MOST,
    RISEN_BY,
    WEIGHTS,
    Part,
    Riser,
    choose,
    reason,
    score,
)
from bot.domain.votes import Tally
from tests.factories import DAY, a_listing, a_paper

TUESDAY = date(2026, 6, 23)


def riser(then: int, now: int, number: int = 1, passed_on: date = TUESDAY, **fields) -> Riser:
    listing = a_listing(a_paper(f"2606.{number:05d}"), upvotes=now)
    return Riser(Candidate(listing, **fields), then, passed_on)


risers = st.builds(
    riser,
    st.integers(0, 500),
    st.integers(0, 2000),
    st.integers(1, 99_999),
    tally=st.builds(Tally, st.integers(0, 5), st.integers(0, 5)),
    savers=st.integers(0, 3),
    topic=st.sampled_from(["", "robots"]),
)


def unique(found: list[Riser]) -> list[Riser]:
    return list({each.candidate.listing.paper.id: each for each in found}.values())


many = st.lists(risers, max_size=12).map(unique)


@pytest.mark.parametrize(
    ("then", "now", "rose"),
    [
        (3, 118, True),
        (3, 13, True),
        (3, 12, False),
        (300, 310, False),
        (100, 150, True),
        (9, 2, False),
    ],
)
def test_a_paper_must_rise_by_ten_votes_and_by_half_of_what_it_had(then, now, rose):
    assert riser(then, now).has_risen is rose


def test_the_reason_says_since_when_and_from_what():
    assert reason(riser(3, 118), DAY) == "risen since Tuesday: 3 → 118 votes"
    assert reason(riser(3, 1118), TUESDAY + timedelta(days=8)) == (
        "risen since Tue 23 Jun: 3 → 1,118 votes"
    )


def test_each_part_of_a_score_has_its_name():
    told = score(riser(3, 118, tally=Tally(2), savers=1, topic="robots"))

    assert set(told) == set(Part) == set(WEIGHTS)
    assert all(points > 0 for points in told.values())


@pytest.mark.parametrize(
    "better",
    [{"tally": Tally(3)}, {"savers": 2}, {"topic": "robots"}],
    ids=lambda each: str([*each]),
)
def test_of_two_that_rose_alike_people_here_decide(better):
    plain, wanted = riser(3, 50, number=1), riser(3, 50, number=2, **better)

    assert choose([plain, wanted], DAY)[0].paper_id == "2606.00002"


@given(found=many)
def test_only_what_rose_is_chosen_and_never_more_than_there_is_room_for(found):
    chosen = {each.paper_id for each in choose(found, DAY)}

    assert len(chosen) <= MOST
    for each in found:
        if each.candidate.listing.paper.id in chosen:
            assert each.now - each.then >= max(LEAST_RISEN, each.then * RISEN_BY)


@given(found=many, order=st.randoms())
def test_the_choice_is_the_same_in_whatever_order_papers_come(found, order):
    shuffled = list(found)
    order.shuffle(shuffled)

    assert choose(shuffled, DAY) == choose(found, DAY)


@given(found=many.filter(bool), more=st.integers(1, 500))
def test_a_paper_that_rises_further_is_not_passed_by(found, more):
    first, *others = found
    listing = first.candidate.listing
    higher = replace(listing, upvotes=listing.upvotes + more)
    further = replace(first, candidate=replace(first.candidate, listing=higher))

    before, after = (choose([each, *others], DAY) for each in (first, further))

    places = [[each.paper_id for each in chosen] for chosen in (before, after)]
    if listing.paper.id in places[0]:
        assert places[1].index(listing.paper.id) <= places[0].index(listing.paper.id)
