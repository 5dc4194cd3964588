"""When subscriptions are told: planned, held back, noted as told."""

from datetime import timedelta

import pytest

from bot.domain.subscription import Cadence, Subscription, Wish
from storage import papers as stored_papers
from storage import queries, seen, subscriptions
from tests.factories import DAY, NOW, a_paper

HOUR = timedelta(hours=1)
MAMBA, RAG = Wish("mamba"), Wish('"retrieval augmented"')


@pytest.fixture
def of(database):
    def of(user_id: str = "U1", team_id: str = "T1") -> list[Subscription]:
        with database.read() as session:
            return subscriptions.of_audience(session, team_id, user_id)

    return of


def test_a_subscription_waits_for_one_plan_until_it_is_told(follow, database):
    mine = follow()
    with database.begin() as session:
        found = queries.candidates(session, ["mamba"])
        assert subscriptions.waiting(session, found) == [mine]

        subscriptions.plan(session, {mine.id: NOW})

        assert subscriptions.waiting(session, found) == []
        assert subscriptions.claim_due(session, NOW) == [mine]
        assert subscriptions.waiting(session, found) == [mine]


def test_many_queries_are_asked_for_in_parts(follow, database, monkeypatch):
    monkeypatch.setattr(subscriptions, "AT_ONCE", 1)
    both = [follow(MAMBA), follow(RAG)]

    with database.begin() as session:
        found = queries.candidates(session, ["mamba", "retrieval"])
        assert subscriptions.waiting(session, found) == both


def test_a_match_that_comes_while_an_alert_is_built_waits_for_the_next(
    database, follow, in_threads, until_blocked
):
    mine = follow()
    with database.begin() as session:
        query_ids = queries.candidates(session, ["mamba"])
        subscriptions.plan(session, {mine.id: NOW})

    def arrive() -> list[Subscription]:
        with database.begin() as session:
            stored_papers.hold_revision(session)
            return subscriptions.waiting(session, query_ids)

    with database.begin() as session:
        assert subscriptions.claim_due(session, NOW) == [mine]  # has not seen the match
        arriving = in_threads(arrive)
        until_blocked()

    assert arriving.result() == [mine]


def test_only_what_is_planned_for_later_is_planned_anew(follow, database):
    due, later, _ = follow(MAMBA), follow(RAG), follow(Wish("vision"))
    others = follow(RAG, "U2")
    with database.begin() as session:
        times = {due.id: NOW, later.id: NOW + HOUR, others.id: NOW + HOUR}
        subscriptions.plan(session, times)

        assert subscriptions.planned(session, "T1", "U1", NOW) == [later]


def test_a_pause_is_kept_until_it_is_taken_back(follow, of, database):
    first, second = follow(MAMBA), follow(RAG)
    others = follow(RAG, "U2")
    for until in (NOW + HOUR, None):
        with database.begin() as session:
            subscriptions.pause(session, "T1", "U1", {second.id: until, others.id: until})

        assert [each.paused_until for each in of()] == [None, until]
    assert of() == [first, second]
    assert of("U2") == [others]


def test_what_one_topic_told_on_a_day_counts_for_all_of_its_cadence(follow, of, database):
    told, _, weekly = (
        follow(Wish(topic, cadence))
        for topic, cadence in (
            ("mamba", Cadence.DAILY),
            ("rag", Cadence.DAILY),
            ("vision", Cadence.WEEKLY),
        )
    )
    follow(Wish("rag", Cadence.DAILY), "U2")
    with database.begin() as session:
        subscriptions.note_told(session, [told.id], DAY)

    assert [each.told_on for each in of()] == [DAY, DAY, None]
    assert [each.told_on for each in of("U2")] == [None]
    assert of()[2] == weekly
    assert follow(Wish("agents", Cadence.DAILY)).told_on == DAY


def test_when_somebody_was_last_told_is_known_for_a_span(database):
    with database.begin() as session:
        stored_papers.save(session, [a_paper("2606.1"), a_paper("2606.2")], NOW)
        for paper, at in (("2606.1", NOW), ("2606.2", NOW + HOUR)):
            seen.add(session, "T1", "U1", [paper], "d1", at)

        def last(since, until):
            return subscriptions.last_told(session, "T1", "U1", NOW + since, NOW + until)

        assert last(HOUR * 0, HOUR * 2) == NOW + HOUR
        assert last(HOUR * 0, HOUR) == NOW
        assert last(HOUR * 2, HOUR * 3) is None
        assert subscriptions.last_told(session, "T1", "U2", NOW, NOW + HOUR) is None
