"""A digest's choice: the same everywhere, of the size asked for, fair to votes, and varied."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.curation import (
    SHARE_OF_ORGANIZATION,
    SHARE_OF_TOPIC,
    WEIGHTS,
    Candidate,
    Part,
    choose,
    places,
    reason,
    score,
)
from bot.domain.titles import are_alike
from bot.domain.votes import Tally
from tests.factories import a_listing, a_paper

TUESDAY = date(2026, 6, 23)
TOPICS = ("Streaming video generation", "Proof search in Lean", "Robots that fold laundry")

numbers = st.sampled_from([0, 0, 1, 2, 5, 40])


@st.composite
def a_drawn_candidate(draw: st.DrawFn) -> Candidate:
    number = draw(st.integers(1, 60))
    paper = a_paper(
        f"2606.{number:05d}",
        f"{draw(st.sampled_from(TOPICS))}, {number} ways",
        organization=draw(st.sampled_from(["", "Lab", "LAB", "Institute"])),
        authors=("A",) * draw(numbers),
        code_url=draw(st.sampled_from(["", "https://a.org"])),
    )
    listing = a_listing(paper, upvotes=draw(numbers), source=draw(st.sampled_from(["hf", "arxiv"])))
    return Candidate(
        listing,
        risen=draw(st.integers(0, listing.upvotes)),
        since=draw(st.sampled_from([None, TUESDAY])),
        tally=Tally(draw(st.integers(0, 3)), draw(st.integers(0, 3))),
        savers=draw(st.integers(0, 2)),
        topic=draw(st.sampled_from(["", "", "robotics"])),
        hours=draw(st.sampled_from([0.0, 3.5, 12.0, 400.0])),
        picked_by=draw(st.sampled_from(["", "", "", "U1"])),
    )


candidates = st.lists(
    a_drawn_candidate(), max_size=14, unique_by=lambda each: each.listing.paper.id
)
sizes = st.integers(0, 10)


@given(candidates, sizes, st.randoms())
def test_the_order_of_the_candidates_does_not_matter(found, size, random):
    mixed = random.sample(found, len(found))

    assert choose(mixed, size) == choose(found, size)


@given(candidates, sizes)
def test_as_many_as_asked_for_are_chosen_as_far_as_there_are_and_each_once(found, size):
    chosen = [pick.paper_id for pick in choose(found, size)]

    assert len(chosen) == min(size, len(found))
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= {each.listing.paper.id for each in found}


@pytest.mark.parametrize("count", [0, 1, 9, 120])
def test_a_day_may_have_any_number_of_candidates(count):
    found = [a_candidate(number, votes=number % 7) for number in range(count)]

    assert len(choose(found, 5)) == min(count, 5)


@given(candidates.filter(bool), sizes, st.data(), st.integers(1, 5))
def test_a_vote_more_never_lowers_a_paper(found, size, data, votes):
    at = data.draw(st.integers(0, len(found) - 1))
    listing = found[at].listing
    more = data.draw(
        st.sampled_from(
            [
                replace(
                    found[at],
                    listing=replace(listing, upvotes=listing.upvotes + votes),
                    risen=found[at].risen + votes,
                ),
                replace(found[at], tally=replace(found[at].tally, up=found[at].tally.up + votes)),
                replace(found[at], savers=found[at].savers + votes),
            ]
        )
    )
    raised = [*found[:at], more, *found[at + 1 :]]

    assert place(raised, size, listing.paper.id) <= place(found, size, listing.paper.id)


@given(candidates.filter(bool), sizes, st.data())
def test_a_vote_against_never_raises_a_paper(found, size, data):
    at = data.draw(st.integers(0, len(found) - 1))
    tally = found[at].tally
    lowered = [*found]
    lowered[at] = replace(found[at], tally=replace(tally, down=tally.down + 1))

    paper_id = found[at].listing.paper.id
    assert place(lowered, size, paper_id) >= place(found, size, paper_id)


@given(candidates, sizes)
def test_what_people_picked_comes_first_whatever_its_score(found, size):
    picked = {each.listing.paper.id for each in found if each.picked_by}

    chosen = [bool(pick.picked_by) for pick in choose(found, size)]

    assert sum(chosen) == min(len(picked), size)
    assert chosen == sorted(chosen, reverse=True)


@given(candidates, st.integers(1, 10))
@settings(max_examples=200)
def test_nobody_is_over_the_cap_while_a_paper_within_its_caps_is_left_out(found, size):
    chosen = of_picks(choose(found, size), found)
    left = [each for each in found if each not in chosen]
    last = chosen[-1] if chosen else None

    if last and not last.picked_by and shares(last, chosen[:-1], size) >= 1:
        assert all(shares(each, chosen[:-1], size) >= 1 for each in left)


def test_an_organisation_has_two_places_of_five():
    house = [a_candidate(number, votes=90 - number, organization="Lab") for number in range(6)]
    others = [a_candidate(number, votes=1) for number in range(10, 14)]

    chosen = of_picks(choose([*house, *others], 5), [*house, *others])

    assert Counter(each.listing.paper.organization for each in chosen) == {"Lab": 2, "": 3}
    assert chosen[:2] == house[:2]


def test_papers_alike_by_title_have_two_places_of_five():
    wave = [
        a_candidate(number, votes=90, title=f"Streaming video generation, part {number}")
        for number in range(1, 5)
    ]
    others = [a_candidate(number, votes=1) for number in range(10, 14)]

    chosen = of_picks(choose([*wave, *others], 5), [*wave, *others])

    assert sum(each in wave for each in chosen) == 2


def test_a_source_gives_its_fifth_place_to_another_that_somebody_voted_for():
    lists = [a_candidate(number, votes=50) for number in range(6)]
    feed = a_candidate(20, votes=1, source="arxiv")

    chosen = of_picks(choose([*lists, feed], 5), [*lists, feed])

    assert feed in chosen
    assert len(chosen) == 5


def test_a_vote_against_is_nobody_wanting_a_paper():
    plain = [a_candidate(number, votes=0) for number in (1, 2)]
    disliked = replace(plain[1], tally=Tally(down=1))

    assert [each.paper_id for each in choose([plain[0], disliked], 1)] == ["2606.00001"]


def test_a_source_keeps_its_places_where_nobody_wants_the_others():
    lists = [a_candidate(number, votes=50) for number in range(6)]
    feed = [a_candidate(number, votes=0, source="arxiv") for number in range(20, 90)]

    chosen = of_picks(choose([*lists, *feed], 5), [*lists, *feed])

    assert {each.listing.source for each in chosen} == {"hf"}


def test_where_nothing_else_is_left_a_digest_is_filled_all_the_same():
    house = [a_candidate(number, votes=9, organization="Lab") for number in range(5)]

    assert len(choose(house, 5)) == 5


def test_a_paper_on_the_channels_topics_comes_before_far_more_votes():
    popular, wanted = a_candidate(1, votes=150), a_candidate(2, votes=7)

    chosen = choose([popular, replace(wanted, topic="robotics")], 1)

    assert [pick.reason for pick in chosen] == ["matches robotics"]


def test_a_colleagues_vote_counts_as_much_as_doubling_the_others():
    voted = replace(a_candidate(1, votes=15), tally=Tally(1))

    assert sum(score(voted).values()) == pytest.approx(
        sum(score(a_candidate(1, votes=31)).values())
    )


def test_every_part_has_a_weight_and_is_told_where_it_speaks():
    everything = replace(
        a_candidate(1, votes=9, code_url="https://a.org", media_urls=("https://a.org/m",)),
        risen=4,
        since=TUESDAY,
        tally=Tally(2, 1),
        savers=1,
        topic="robotics",
        hours=1.0,
    )

    assert set(WEIGHTS) == set(Part) == set(score(everything))
    [pick] = choose([everything], 1)
    assert dict(pick.score).keys() == {part.value for part in Part}


def test_what_says_nothing_is_not_told():
    assert set(score(a_candidate(1, votes=0, authors=()))) == set()


@pytest.mark.parametrize(
    ("candidate", "words"),
    [
        ({"votes": 0}, "no votes yet"),
        ({"votes": 1}, "1 vote"),
        ({"votes": 1310}, "1,310 votes"),
        ({"votes": 9, "topic": "robotics", "tally": Tally(2)}, "matches robotics"),
        ({"votes": 9, "tally": Tally(2, 1)}, "1 vote here"),
        ({"votes": 9, "tally": Tally(1, 2)}, "9 votes"),
        ({"votes": 9, "savers": 2}, "saved by 2 here"),
        ({"votes": 30, "risen": 12, "since": TUESDAY}, "12 votes since Tuesday"),
        ({"votes": 30, "risen": 9, "since": TUESDAY}, "30 votes"),
    ],
)
def test_each_choice_says_why(candidate, words):
    fields = dict(candidate)
    made = replace(a_candidate(1, votes=fields.pop("votes")), **fields)

    assert reason(made) == words
    assert [pick.reason for pick in choose([made], 1)] == [words]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Stream-T1: Streaming video generation", "Stream-R1: Streaming video generation", True),
        ("Residual context diffusion models", "Introspective diffusion of context", True),
        ("A survey of large language models", "Training large language models", False),
        ("Small nets learn", "Proteins fold", False),
        ("", "", False),
    ],
)
def test_titles_are_alike_by_the_words_that_tell(first, second, alike):
    assert are_alike(first, second) is alike


def a_candidate(number, *, votes, title="", source="hf", **fields):
    # A word of its own, so that no two of these are alike.
    own = title or "".join(chr(ord("a") + int(digit)) * 3 for digit in str(number * 7919))
    paper = a_paper(f"2606.{number:05d}", own, **fields)
    return Candidate(a_listing(paper, upvotes=votes, source=source))


def of_picks(picks, found):
    by_id = {each.listing.paper.id: each for each in found}
    return [by_id[pick.paper_id] for pick in picks]


def place(found, size, paper_id):
    """A paper's place in a digest; behind all places where it is left out."""
    chosen = [pick.paper_id for pick in choose(found, size)]
    return chosen.index(paper_id) if paper_id in chosen else size


def shares(candidate, others, size):
    """How full the fullest of a paper's shares is, from 0 to 1 and beyond."""
    paper = candidate.listing.paper
    papers = [each.listing.paper for each in others]
    house = paper.organization.casefold()
    of_house = sum(bool(house) and house == each.organization.casefold() for each in papers)
    alike = sum(are_alike(paper.title, each.title) for each in papers)
    return max(of_house / places(size, SHARE_OF_ORGANIZATION), alike / places(size, SHARE_OF_TOPIC))
