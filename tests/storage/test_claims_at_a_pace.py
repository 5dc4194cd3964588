"""Claims keep to the pace of Slack, and one workspace's many messages keep nobody else waiting."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.delivery import SKEW, SLACK_PACES, Delivery, Pace, Paces
from storage import claims, rates
from storage.claims import LEASE
from storage.models import DeliveryRow
from tests.factories import NOW, claim, mark_sent, owe

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
SLOW = Paces(workspace=Pace(SECOND, 3), channel=Pace(2 * SECOND, 1), looking=Pace(SECOND, 1))


@pytest.fixture
def owed(database):
    """Owe a workspace messages for these channels or people, each a second after the other."""

    def owed(*audiences: str, team: str = "T1", kind: str = "welcome") -> None:
        with database.begin() as session:
            for number, audience in enumerate(audiences):
                due_at = NOW - (len(audiences) - number) * SECOND
                key = f"{team}:{audience}:{number}"
                owe(session, team, kind=kind, audience=audience, dedup_key=key, due_at=due_at)

    return owed


@pytest.fixture
def lent(database):
    """What is lent at so many seconds after the test's morning; all of it is sent at once."""

    def lent(seconds: float = 0, limit: int = 100, paces: Paces = SLOW) -> list[Delivery]:
        now = NOW + seconds * SECOND
        with database.begin() as session:
            found = claims.claim(session, now, teams={"T1", "T2"}, limit=limit, paces=paces)
            for each in found:
                mark_sent(session, each)
        return found

    return lent


def places(found: list[Delivery]) -> list[str]:
    return [each.audience for each in found]


def test_a_workspace_is_lent_its_burst_and_then_its_pace_in_order(owed, lent):
    owed(*(f"C{number}" for number in range(8)))

    assert places(lent()) == ["C0", "C1", "C2"]
    assert places(lent(0.9)) == []
    assert places(lent(1)) == ["C3"]
    assert places(lent(3)) == ["C4", "C5"]
    assert places(lent(60)) == ["C6", "C7"]


def test_a_channel_is_lent_one_after_the_other_while_others_go_on(owed, lent):
    owed("C1", "C1", "C1", "C2")

    assert places(lent()) == ["C1", "C2"]
    assert places(lent(1.9)) == []
    assert places(lent(2)) == ["C1"]
    assert places(lent(4)) == ["C1"]


def test_a_channels_many_messages_cost_its_workspace_no_token(owed, lent):
    owed(*["C1"] * 50, "C2", "C3")

    assert places(lent(limit=60)) == ["C1", "C2", "C3"]


def test_one_workspaces_many_messages_keep_no_other_waiting(database, owed, lent):
    owed(*(f"U{number}" for number in range(500)))
    owed("C9", team="T2")

    assert Counter(each.team_id for each in lent(limit=10)) == {"T1": 3, "T2": 1}
    with database.read() as session:
        times = list(session.scalars(select(DeliveryRow.due_at).where(DeliveryRow.ts.is_(None))))
    assert sorted(times) == [NOW + (number + 1) * SECOND for number in range(497)]


def test_whoever_waits_is_lent_in_the_end_once_and_at_the_pace(owed, lent):
    owed(*(f"U{number}" for number in range(30)))
    times = [(each.audience, second) for second in range(40) for each in lent(second, limit=4)]

    assert [audience for audience, _ in times] == [f"U{number}" for number in range(30)]
    assert [second for _, second in times] == [0, 0, 0, *range(1, 28)]


def test_after_a_rest_a_workspace_is_lent_no_more_than_its_burst(owed, lent):
    """As when no worker ran for an hour."""
    owed(*(f"U{number}" for number in range(9)))
    lent()

    assert len(lent(3600)) == 3
    assert len(lent(3601)) == 1


def test_four_workers_keep_to_one_pace_and_lend_nothing_twice(database, owed, at_once):
    owed(*(f"U{number}" for number in range(120)))
    owed(*(f"U{number}" for number in range(120)), team="T2")

    def work() -> list[Delivery]:
        found: list[Delivery] = []
        for _ in range(8):
            with database.begin() as session:
                found += claims.claim(session, NOW, teams={"T1", "T2"}, limit=9)
        return found

    found = [each for some in at_once(4, work) for each in some]

    burst = SLACK_PACES.workspace.burst
    assert Counter(each.team_id for each in found) == {"T1": burst, "T2": burst}
    assert len({each.id for each in found}) == len(found)


def test_messages_in_doubt_wait_for_their_look_up_while_others_go_on(database, owed, lent):
    owed("C1", "C2")
    with database.begin() as session:
        claim(session)
        claims.take_back(session, NOW + LEASE)
    owed("C3")

    after = LEASE.total_seconds()
    assert places(lent(after)) == ["C1", "C3"]
    assert places(lent(after + 1)) == ["C2"]


def test_a_workspace_told_to_wait_is_lent_nothing_until_then(database, owed, lent):
    owed("C1", "C2")
    owed("C1", team="T2")
    with database.begin() as session:
        bucket = ("T1", rates.WORKSPACE)
        rates.close(session, bucket, NOW + 40 * SECOND, SLOW.workspace, NOW)

    assert [each.team_id for each in lent()] == ["T2"]
    assert lent(39) == []
    assert places(lent(40)) == ["C1"]
    assert places(lent(41)) == ["C2"]


# -- a clock that jumps back ----------------------------------------------------------------------


@pytest.fixture
def leased(database, owed):
    """A message lent at 10:59 by a clock that says 10:01 a minute later."""
    owed("C1")
    with database.begin() as session:
        [delivery] = claim(session, NOW + HOUR)
    return delivery


def test_a_lease_of_a_clock_that_jumped_back_ends_a_whole_lease_later(database, leased):
    """Its worker may be alive: not at once. But not in an hour."""
    with database.begin() as session:
        assert claim(session, NOW) == []
        assert claim(session, NOW + LEASE - SECOND) == []
        [again] = claim(session, NOW + LEASE)

    assert (again.id, again.ambiguous, again.fence) == (leased.id, True, 2)


def test_a_worker_whose_clock_jumped_back_still_marks_its_message(database, leased):
    with database.begin() as session:
        claims.take_back(session, NOW)
        assert mark_sent(session, leased)
        assert claim(session, NOW + HOUR * 2) == []


def test_a_lease_of_a_machine_whose_clock_is_ahead_is_left_alone(database, owed):
    owed("C1")
    ahead = NOW + SKEW
    with database.begin() as session:
        assert claim(session, ahead)
        claims.take_back(session, NOW)

        [until] = session.scalars(select(DeliveryRow.lease_until))
        assert until == ahead + LEASE


def test_a_thousand_workspaces_are_named_in_one_parameter(database):
    with database.begin() as session:
        for number in range(3):
            owe(session, f"T{number}", audience="C1", dedup_key=str(number))
        session.execute(update(DeliveryRow).values(due_at=NOW))
        teams = {f"T{number}" for number in range(1, 50_000)}

        assert {each.team_id for each in claim(session, teams=teams)} == {"T1", "T2"}
