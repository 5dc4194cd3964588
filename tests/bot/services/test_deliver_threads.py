"""Many messages at once: each thread sends one, what ends together is marked together."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Lock

import pytest

from bot.domain.delivery import State
from bot.services import deliver
from storage import deliveries
from tests.factories import NOW
from tests.fakes import FakeWorkspace
from tests.waiting import PATIENCE

SECOND = timedelta(seconds=1)


class Together(FakeWorkspace):
    """Takes messages only when so many are being posted at the same time."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._barrier = Barrier(count)

    def post(self, *message) -> str:
        self._barrier.wait(PATIENCE)
        return super().post(*message)


@pytest.fixture
def transactions(database, monkeypatch):
    """Every writing transaction, counted."""
    counted = []
    begin = database.begin

    @contextmanager
    def counting():
        counted.append(1)
        with begin() as session:
            yield session

    monkeypatch.setattr(database, "begin", counting)
    return counted


def test_as_many_messages_are_sent_at_once_as_there_are_threads(database, owed):
    workspace = Together(20)
    owed(*(f"C{number}" for number in range(40)))

    sent = deliver.deliver_due(database, {"T1": workspace}, NOW, threads=20)

    assert sent == 40
    assert len({each.delivery_id for each in workspace.posted}) == 40


def test_what_ends_together_is_claimed_and_marked_together(database, owed, transactions):
    workspace = Together(20)
    owed(*(f"C{number}" for number in range(40)))
    transactions.clear()

    deliver.deliver_due(database, {"T1": workspace}, NOW, threads=20)

    assert len(transactions) < 40


def test_no_more_is_lent_than_can_be_sent_at_once(database, owed):
    """A lease covers one attempt, and no waiting for a thread."""
    workspace, lent, lock = FakeWorkspace(), [], Lock()
    owed(*(f"C{number}" for number in range(12)))
    post = workspace.post

    def look_and_post(*message):
        with lock, database.read() as session:
            lent.append(deliveries.counts(session, "T1").get(State.SENDING, 0))
        return post(*message)

    workspace.post = look_and_post
    deliver.deliver_due(database, {"T1": workspace}, NOW, threads=3)

    assert len(workspace.posted) == 12
    assert max(lent) <= 3 + 3  # those that were sent and are not marked yet


def test_a_process_that_stops_takes_up_nothing_more_and_marks_what_it_sent(database, owed, outbox):
    workspace = FakeWorkspace()
    owed(*(f"C{number}" for number in range(9)))

    sent = deliver.deliver_due(
        database, {"T1": workspace}, NOW, threads=2, stopping=lambda: len(workspace.posted) >= 4
    )

    states = [row.state for row in outbox()]
    assert sent == len(workspace.posted) == states.count(State.SENT)
    assert 4 <= sent < 9
    assert states.count(State.PENDING) == 9 - sent


def test_one_call_takes_up_messages_for_some_seconds_only(database, owed):
    workspace, seconds = FakeWorkspace(), [0.0]
    owed(*(f"C{number}" for number in range(9)))
    post = workspace.post

    def post_slowly(*message):
        seconds[0] += deliver.TURN / 3
        return post(*message)

    workspace.post = post_slowly
    stopwatch = lambda: seconds[0]  # noqa: E731
    sent = deliver.deliver_due(database, {"T1": workspace}, NOW, threads=1, stopwatch=stopwatch)

    assert sent == 3


def test_a_post_does_not_begin_when_little_of_its_lease_is_left(database, owed, row):
    """A look-up that hung would else leave a post that outlives the lease."""
    workspace, seconds = FakeWorkspace(), [0.0]
    owed("U1")
    open_dm = workspace.open_dm

    def open_slowly(user_id):
        seconds[0] += 61
        return open_dm(user_id)

    workspace.open_dm = open_slowly
    stopwatch = lambda: seconds[0]  # noqa: E731
    deliver.deliver_due(database, {"T1": workspace}, NOW, threads=1, stopwatch=stopwatch)

    assert workspace.posted == []
    assert (row().state, row().ambiguous) == (State.RETRY, False)


def test_hundreds_of_messages_go_out_past_those_that_always_fail(database, owed, outbox):
    class Poisoned(FakeWorkspace):
        def post(self, channel_id, *message) -> str:
            if channel_id.startswith("CBAD"):
                raise RuntimeError("the message is poison")
            return super().post(channel_id, *message)

    good = [f"C{number}" for number in range(300)]
    bad = [f"CBAD{number}" for number in range(5)]
    owed(*bad, *good)
    workspace, now = Poisoned(), NOW
    for _ in range(20):
        deliver.deliver_due(database, {"T1": workspace}, now, stopwatch=lambda: 0.0)
        now += timedelta(hours=1)

    assert sorted(each.channel_id for each in workspace.posted) == sorted(good)
    parked = {row.audience: row.state for row in outbox() if row.state is not State.SENT}
    assert parked == dict.fromkeys(bad, State.HELD)  # each post may have arrived
