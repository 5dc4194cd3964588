"""What speaks for the papers of a digest, as far as it is stored."""

import random
from datetime import timedelta

import pytest

from bot.domain.curation import Candidate
from bot.domain.votes import Tally, Vote
from bot.services import curating, curators, editions
from storage import feedback, library, listings
from tests.factories import DAY, NOW, a_channel, a_paper, papers

HOUR, DAYS = timedelta(hours=1), timedelta(days=1)
ROBOTS = a_paper("2606.00001", "Robots that fold laundry", abstract="They use tool use.")
PROOFS = a_paper("2606.00002", "Proof search in Lean", abstract="Nothing moves here.")


@pytest.fixture
def candidates(database):
    """What a channel may be shown of the day's list, by paper id."""

    def candidates(now=NOW, **fields) -> dict[str, Candidate]:
        with database.begin() as session:
            news = listings.of_days(session, DAY, DAY)
            found = curating.candidates(session, a_channel(**fields), news, now)
        return {each.listing.paper.id: each for each in found}

    return candidates


def test_a_paper_is_as_old_as_its_first_read(arrive, candidates):
    arrive(ROBOTS, now=NOW - 3 * HOUR)
    arrive(ROBOTS, now=NOW - HOUR)

    assert candidates()[ROBOTS.id].hours == pytest.approx(3)


@pytest.mark.parametrize(
    ("first_read", "since"),
    [(NOW - HOUR, None), (NOW - 2 * DAYS, (NOW - 2 * DAYS).date())],
    ids=["today", "another day"],
)
def test_votes_since_the_first_read_are_told_with_its_day_unless_that_is_today(
    arrive, candidates, first_read, since
):
    arrive(ROBOTS, now=first_read, votes=10)
    arrive(ROBOTS, now=NOW, votes=42)

    found = candidates()[ROBOTS.id]
    assert (found.risen, found.since) == (32, since)


def test_votes_that_were_taken_back_are_no_fall(arrive, candidates):
    arrive(ROBOTS, now=NOW - DAYS, votes=10)
    arrive(ROBOTS, now=NOW, votes=4)

    assert candidates()[ROBOTS.id].risen == 0


def test_votes_and_saves_are_those_of_the_own_workspace(database, arrive, candidates):
    arrive(ROBOTS, PROOFS)
    with database.begin() as session:
        feedback.vote(session, "T1", "U1", ROBOTS.id, Vote.UP, NOW)
        feedback.vote(session, "T1", "U2", ROBOTS.id, Vote.DOWN, NOW)
        feedback.vote(session, "T2", "U3", ROBOTS.id, Vote.UP, NOW)
        library.save(session, "T1", "U1", PROOFS.id, NOW)
        library.save(session, "T2", "U3", PROOFS.id, NOW)

    found = candidates()
    assert (found[ROBOTS.id].tally, found[ROBOTS.id].savers) == (Tally(1, 1), 0)
    assert (found[PROOFS.id].tally, found[PROOFS.id].savers) == (Tally(), 1)


@pytest.mark.parametrize(
    ("topics", "about"),
    [
        ("", ("", "")),
        ("robots", ("robots", "")),
        ("robots OR proof search", ("robots", "proof search")),
        ('"tool use"', ("tool use", "")),
        ("has:code", ("", "")),
    ],
)
def test_a_paper_is_about_the_first_of_the_topics_that_it_matches(
    arrive, candidates, topics, about
):
    arrive(ROBOTS, PROOFS)

    found = candidates(topics=topics)

    assert (found[ROBOTS.id].topic, found[PROOFS.id].topic) == about


def test_the_topics_of_a_channel_come_first_and_the_reason_says_so(
    database, switch_on, arrive, last
):
    switch_on(topics="robots", size=1)
    arrive(PROOFS, ROBOTS, votes=50)
    editions.make_due(database, NOW)

    [pick] = last().picks
    assert (pick.paper_id, pick.reason) == (ROBOTS.id, "matches robots")
    assert dict(pick.score)["topic"] == 3.0


def test_a_pick_is_a_candidate_also_where_it_is_no_news(database, arrive, candidates):
    old = a_paper("2606.09999", "An older one")
    arrive(old, day=DAY - 5 * DAYS)
    arrive(ROBOTS)
    curators.pick(database, "T1", "C1", old.id, by="U7", now=NOW)

    found = candidates()
    assert (found[old.id].picked_by, found[ROBOTS.id].picked_by) == ("U7", "")


def test_what_was_skipped_is_none_here_and_is_one_in_another_channel(database, arrive, candidates):
    arrive(ROBOTS, PROOFS)
    curators.skip(database, "T1", "C1", ROBOTS.id, by="U7", now=NOW)

    assert set(candidates()) == {PROOFS.id}
    assert set(candidates(channel_id="C2")) == {ROBOTS.id, PROOFS.id}


def test_over_many_days_no_paper_is_shown_twice(database, switch_on, arrive):
    chance = random.Random(7)  # noqa: S311  # the same each time
    switch_on(size=4)
    shown: list[str] = []

    for day in range(12):
        now = NOW + day * DAYS
        listed = chance.sample(papers(30), 9)
        arrive(*listed, day=DAY + day * DAYS, now=now, votes=30)
        editions.make_due(database, now)
        edition = editions.last_edition(database, "T1", "C1")
        assert edition is not None
        if edition.local_date == DAY + day * DAYS:
            assert len(edition.picks) <= 4
            shown += [pick.paper_id for pick in edition.picks]

    assert len(shown) == len(set(shown)) > 20
