"""From a match to the person: what counts for whom, and who builds whose alert."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.paper import Paper
from bot.domain.subscription import Subscription, Wish
from storage import papers as stored_papers
from storage import queries, seen, subscriptions
from tests.factories import NOW, a_paper, papers

MINUTE = timedelta(minutes=1)


@pytest.fixture
def follow(database):
    def follow(
        user_id: str = "U1", topic: str = "mamba", team_id: str = "T1", due_after=None
    ) -> Subscription:
        with database.begin() as session:
            stored = subscriptions.save(
                session, team_id, user_id, Wish(topic), [topic], created_by=user_id, now=NOW
            )
            if due_after is not None:
                subscriptions.plan(session, {stored.id: NOW + due_after})
        return stored

    return follow


@pytest.fixture
def arrive(database):
    """Papers come in, each about this topic."""

    def arrive(*found: Paper, topic: str = "mamba") -> None:
        with database.begin() as session:
            _arrive(session, *found, topic=topic)

    return arrive


@pytest.fixture
def unseen(database):
    def unseen(subscription: Subscription) -> list[str]:
        with database.read() as session:
            return subscriptions.unseen_matches(session, subscription)

    return unseen


@pytest.fixture
def claim(database):
    def claim(after: timedelta = MINUTE) -> list[Subscription]:
        with database.begin() as session:
            return subscriptions.claim_due(session, NOW + after)

    return claim


def test_a_match_from_before_a_subscription_never_shows_and_one_from_after_does(
    follow, arrive, unseen
):
    follow("U2")  # keeps the query and its matches
    arrive(a_paper("2606.00001"))

    mine = follow("U1")
    assert unseen(mine) == []

    arrive(a_paper("2606.00002"))
    assert unseen(mine) == ["2606.00002"]


def test_matches_come_newest_first(follow, arrive, unseen):
    mine = follow()
    arrive(*papers(3))

    assert unseen(mine) == ["2606.00003", "2606.00002", "2606.00001"]


def test_subscribing_again_does_not_start_over(follow, arrive, unseen):
    follow()
    arrive(a_paper())

    assert unseen(follow()) == [a_paper().id]


def test_somebody_who_comes_back_starts_with_the_next_paper(follow, arrive, unseen, database):
    gone = follow("U1")
    follow("U2")
    arrive(a_paper("2606.00001"))
    with database.begin() as session:
        subscriptions.remove(session, "T1", "U1", [gone.id])

    back = follow("U1")
    arrive(a_paper("2606.00002"))

    assert unseen(back) == ["2606.00002"]


def test_a_paper_of_another_topic_does_not_show(follow, arrive, unseen):
    mine = follow("U1", "mamba")
    follow("U1", "vision")
    arrive(a_paper(), topic="vision")

    assert unseen(mine) == []


def test_what_a_person_was_shown_does_not_show_again_and_others_still_see_it(
    follow, arrive, unseen, database
):
    mine, other = follow("U1"), follow("U2")
    same_name_elsewhere = follow("U1", team_id="T2")
    arrive(a_paper())

    with database.begin() as session:
        seen.add(session, "T1", "U1", [a_paper().id], "d1", NOW)

    assert unseen(mine) == []
    assert unseen(other) == unseen(same_name_elsewhere) == [a_paper().id]


def test_papers_being_stored_while_somebody_subscribes_are_from_before(
    database, follow, unseen, in_threads, until_blocked
):
    follow("U2")
    with database.begin() as session:
        _arrive(session, a_paper("2606.00001"))
        subscribing = in_threads(follow, "U1")
        until_blocked()

    assert unseen(subscribing.result()) == []


def test_papers_that_wait_for_somebody_to_subscribe_are_from_after(
    database, arrive, unseen, in_threads, until_blocked
):
    with database.begin() as session:
        mine = subscriptions.save(
            session, "T1", "U1", Wish("mamba"), ["mamba"], created_by="U1", now=NOW
        )
        arriving = in_threads(arrive, a_paper())
        until_blocked()

    arriving.result()
    assert unseen(mine) == [a_paper().id]


def test_nothing_is_due_before_its_time_and_nothing_twice(follow, claim):
    mine = follow(due_after=MINUTE)

    assert claim(timedelta()) == []
    assert claim(MINUTE) == [mine]
    assert claim(MINUTE) == []


def test_a_claim_is_all_that_is_due_for_the_one_person_who_waits_longest(follow, claim):
    first_person = [
        follow("U1", "mamba", due_after=timedelta()),
        follow("U1", "vision", due_after=MINUTE),
    ]
    follow("U1", "speech", due_after=MINUTE * 2)  # not yet due
    same_name_elsewhere = follow("U1", "mamba", team_id="T2", due_after=MINUTE)
    second_person = follow("U2", "mamba", due_after=MINUTE / 2)

    assert claim(MINUTE) == first_person
    assert claim(MINUTE) == [second_person]
    assert claim(MINUTE) == [same_name_elsewhere]
    assert claim(MINUTE) == []


def test_two_workers_on_postgresql_build_for_different_people(postgres_database, follow_on):
    for user_id in ("U1", "U2"):
        for topic in ("mamba", "vision"):
            follow_on(postgres_database, user_id, topic)

    with postgres_database.begin() as first, postgres_database.begin() as second:
        second.execute(text("SET LOCAL lock_timeout = '5s'"))  # waiting would hang this test

        claims = [subscriptions.claim_due(each, NOW) for each in (first, second)]

        assert [{each.audience for each in claim} for claim in claims] == [{"U1"}, {"U2"}]
        assert [len(claim) for claim in claims] == [2, 2]


def test_workers_at_once_build_one_alert_for_each_person(database, follow_on, at_once):
    for number in range(120):
        follow_on(database, f"U{number % 30:02}", f"topic {number}")

    def work() -> list[list[Subscription]]:
        claims = []
        while True:
            with database.begin() as session:
                claimed = subscriptions.claim_due(session, NOW)
            if not claimed:
                return claims
            claims.append(claimed)

    claims = [claim for each in at_once(4, work) for claim in each]

    assert Counter(each.id for claim in claims for each in claim).most_common(1)[0][1] == 1
    assert Counter(each.audience for claim in claims for each in claim).total() == 120
    assert {len(claim) for claim in claims} == {4}
    assert all(len({each.audience for each in claim}) == 1 for claim in claims)


@pytest.fixture
def follow_on():
    """Subscribe somebody to a topic of which a match is due."""

    def follow_on(database, user_id: str, topic: str) -> None:
        with database.begin() as session:
            stored = subscriptions.save(
                session, "T1", user_id, Wish(topic), [topic], created_by=user_id, now=NOW
            )
            subscriptions.plan(session, {stored.id: NOW})

    return follow_on


def _arrive(session, *found: Paper, topic: str = "mamba") -> None:
    for paper in stored_papers.save(session, found, NOW).new:
        matched = queries.candidates(session, [topic])
        queries.add_matches(session, {paper.id: matched})
