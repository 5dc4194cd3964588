"""Claims on the outbox: each row to one worker at a time, and what an expired lease means."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.delivery import Delivery, State
from storage import claims, deliveries
from storage.claims import LEASE
from storage.database import Database
from tests import factories
from tests.factories import NOW, mark_sent, owe

SECOND = timedelta(seconds=1)
TEAMS = tuple(f"T{number}" for number in range(8))
TOGETHER = {
    "mark_sent": mark_sent,
    "retry": lambda session, delivery: deliveries.retry(
        session, delivery, due_at=NOW, error="late", ambiguous=True
    ),
    "park": lambda session, delivery: deliveries.park(session, delivery, State.DEAD, "late"),
}


@pytest.fixture
def owed(database):
    """Owe this many messages, each a second after the one before."""

    def owed(count: int, team_id: str = "T1") -> list[str]:
        with database.begin() as session:
            return [
                owe(
                    session,
                    team_id,
                    audience=f"C{number}",
                    dedup_key=f"{team_id}:{number}",
                    due_at=NOW - (count - number) * SECOND,
                )
                for number in range(count)
            ]

    return owed


@pytest.fixture
def claim(database):
    def claim(limit: int = 10, *, teams: tuple[str, ...] = ("T1",), after: timedelta = SECOND * 0):
        with database.begin() as session:
            return factories.claim(session, NOW + after, teams=teams, limit=limit)

    return claim


def test_the_oldest_come_first_and_no_more_than_asked_for(owed, claim):
    ids = owed(5)

    assert [each.id for each in claim(2)] == ids[:2]
    assert [each.id for each in claim(10)] == ids[2:]


def test_a_message_is_not_lent_before_it_is_due(database, claim):
    with database.begin() as session:
        owe(session, due_at=NOW + SECOND)

    assert claim() == []
    assert len(claim(after=SECOND)) == 1


@pytest.mark.parametrize(
    ("teams", "claimed"),
    [(("T1",), {"T1"}), (("T1", "T3"), {"T1", "T3"}), (("T4",), set()), ((), set())],
    ids=["one", "two", "one that is owed nothing", "none"],
)
def test_only_messages_of_the_named_workspaces_are_lent(owed, claim, teams, claimed):
    for team_id in ("T1", "T2", "T3"):
        owed(2, team_id)

    assert {each.team_id for each in claim(teams=teams)} == claimed


def test_a_lent_message_is_lent_to_nobody_else_until_its_lease_ends(owed, claim):
    owed(1)
    claim()

    assert claim(after=LEASE - SECOND) == []
    assert len(claim(after=LEASE)) == 1


def test_an_expired_lease_makes_a_message_ambiguous_and_raises_its_fence(owed, claim):
    owed(1)
    [first] = claim()

    [second] = claim(after=LEASE)

    assert (first.ambiguous, first.fence) == (False, 1)
    assert (second.ambiguous, second.fence) == (True, 2)
    assert second.first_attempt_at == first.first_attempt_at == NOW


@pytest.mark.parametrize("settle", TOGETHER.values(), ids=TOGETHER)
def test_the_old_fence_settles_nothing_and_the_new_one_does(database, owed, claim, settle):
    owed(1)
    [first] = claim()
    [second] = claim(after=LEASE)

    with database.begin() as session:
        assert not settle(session, first)
        assert deliveries.counts(session, "T1") == {State.SENDING: 1}
        assert deliveries.last_error(session, "T1") is None
        assert settle(session, second)


def test_a_worker_late_for_its_lease_that_nobody_else_took_still_settles(database, owed, claim):
    owed(1)
    [delivery] = claim()

    with database.begin() as session:
        claims.take_back(session, NOW + LEASE)
        assert mark_sent(session, delivery)

    assert claim(after=LEASE * 2) == []


def test_two_workers_on_postgresql_hold_different_messages(postgres_database):
    with postgres_database.begin() as session:
        for number in range(4):
            owe(session, f"T{number}", dedup_key=str(number))

    with postgres_database.begin() as first, postgres_database.begin() as second:
        second.execute(text("SET LOCAL lock_timeout = '5s'"))  # waiting would hang this test

        held = [_claim(first, 2), _claim(second, 2)]

        assert [len(each) for each in held] == [2, 2]
        assert not held[0] & held[1]


def test_a_limit_holds_on_postgresql_whatever_way_it_plans(postgres_database):
    with postgres_database.begin() as session:
        for number in range(10):
            owe(session, dedup_key=str(number), audience=f"C{number}")

    with postgres_database.begin() as session:
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
            session.execute(text(f"SET LOCAL enable_{way} = off"))

        assert len(_claim(session, 3)) == 3


def test_workers_at_once_take_each_of_400_messages_exactly_once(database: Database, owed, at_once):
    ids = [each for team_id in TEAMS for each in owed(50, team_id)]

    def work() -> list[Delivery]:
        taken: list[Delivery] = []
        while True:
            with database.begin() as session:
                claimed = factories.claim(session, teams=TEAMS, limit=7)
                sent = [deliveries.Sent(each, each.audience, each.id) for each in claimed]
                assert deliveries.mark_sent(session, sent) == len(claimed)
            if not claimed:
                return taken
            taken += claimed

    taken = [delivery for each in at_once(4, work) for delivery in each]

    assert sorted(each.id for each in taken) == sorted(ids)
    assert {each.fence for each in taken} == {1}
    with database.read() as session:
        assert deliveries.counts(session, "T1") == {State.SENT: 50}


def _claim(session, limit: int) -> set[str]:
    return {each.id for each in factories.claim(session, teams=TEAMS, limit=limit)}
