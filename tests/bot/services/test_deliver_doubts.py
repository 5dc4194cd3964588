"""A message may have arrived: answers get lost, workers die. Nothing is lost, nothing doubled."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery import LONGEST_RETRY, MAX_ATTEMPTS, State
from bot.errors import CannotPost
from bot.services import deliver
from storage import deliveries
from storage.claims import LEASE
from tests.factories import NOW, owe
from tests.fakes import Crash, FakeWorkspace

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATER = NOW + LONGEST_RETRY * 2
BROKEN = CannotPost("service_unavailable")
SILENT = CannotPost("TimeoutError", ambiguous=True)
GONE = CannotPost("channel_not_found", permanent=True)


def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(send, workspace, owed, row):
    owed("C1")
    workspace.lose(SILENT)

    assert send() == 0
    assert row().ambiguous
    assert send(LATER) == 1
    [posted] = workspace.posted
    assert (row().state, row().ts) == (State.SENT, posted.ts)


def test_a_message_that_never_arrived_is_looked_for_and_then_sent(send, workspace, owed):
    owed("C1")
    workspace.refuse("post", SILENT)

    assert send() == 0
    assert send(LATER) == 1
    [(channel_id, _, since)] = workspace.looked_up
    assert len(workspace.posted) == 1
    assert (channel_id, since) == ("C1", NOW - MINUTE)  # Slack's clock is not ours


def test_doubt_outlives_a_refusal_that_follows(send, workspace, owed):
    owed("C1")
    workspace.lose(SILENT)
    send()
    workspace.refuse("find", BROKEN)

    assert send(LATER) == 0
    assert send(LATER + LONGEST_RETRY) == 1
    assert len(workspace.posted) == 1


def test_a_crash_between_the_post_and_its_mark_is_made_good_when_the_lease_ends(
    send, workspace, owed, row
):
    owed("C1")
    workspace.lose(Crash())
    with pytest.raises(Crash):
        send()

    assert send(NOW + LEASE - SECOND) == 0
    assert send(NOW + LEASE) == 1
    assert (row().state, len(workspace.posted)) == (State.SENT, 1)


def test_a_database_that_fails_at_the_mark_doubles_nothing(send, workspace, owed, row, monkeypatch):
    owed("C1")
    with monkeypatch.context() as broken:
        broken.setattr(deliveries, "mark_sent", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send()

    assert send(NOW + LEASE) == 1
    assert (row().state, len(workspace.posted)) == (State.SENT, 1)


def test_an_error_nobody_thought_of_after_a_post_doubles_nothing(send, workspace, owed, row):
    owed("C1")
    workspace.lose(RuntimeError("the SDK broke"))

    assert send() == 0
    assert send(LATER) == 1
    assert (row().state, len(workspace.posted)) == (State.SENT, 1)


def test_a_worker_that_died_before_it_posted_loses_nothing(send, workspace, owed):
    owed("C1", "C2")
    workspace.refuse("post", Crash())
    with pytest.raises(Crash):
        send()

    assert send(NOW + SECOND) == 1  # the other one waits for nobody
    assert send(NOW + LEASE) == 1
    assert sorted(each.channel_id for each in workspace.posted) == ["C1", "C2"]


@pytest.mark.parametrize("problem", [SILENT, Crash()], ids=["lost answer", "crash"])
def test_where_history_cannot_be_read_a_doubtful_message_is_held(
    send, workspace, owed, row, problem
):
    owed("C1")
    workspace.lose(problem)
    with suppress(Crash):
        send()
    workspace.refuse("find", CannotPost("missing_scope", permanent=True))
    send(LATER)

    assert (row().state, row().error) == (State.HELD, "missing_scope")
    assert send(LATER + LONGEST_RETRY) == 0
    assert len(workspace.posted) == 1


def test_a_message_that_is_not_there_and_refused_for_good_is_dead_not_held(
    send, workspace, owed, row
):
    owed("C1")
    workspace.refuse("post", SILENT, GONE)
    send()
    send(LATER)

    assert row().state == State.DEAD


# -- a slow Slack, and other workers --------------------------------------------------------------


def test_a_lease_counts_from_the_moment_its_message_is_taken_up(database, owed, monkeypatch):
    """Six posts that hang for 20 s each outlast a lease: the seventh must not be lent yet."""
    monkeypatch.setattr(deliver, "TURN", 1000)
    owed(*(f"C{number}" for number in range(7)))
    slow, other, seconds = FakeWorkspace(), FakeWorkspace(), [0.0]
    post = slow.post

    def post_slowly(*message):
        if len(slow.posted) == 6:  # another worker looks for work, two minutes in
            deliver.deliver_due(database, {"T1": other}, NOW + timedelta(seconds=seconds[0]))
        seconds[0] += 20
        return post(*message)

    slow.post = post_slowly
    deliver.deliver_due(database, {"T1": slow}, NOW, stopwatch=lambda: seconds[0], threads=1)

    channels = [each.channel_id for each in (*slow.posted, *other.posted)]
    assert sorted(channels) == [f"C{number}" for number in range(7)]


def test_workers_at_once_send_each_message_once(database, owed, at_once):
    workspace = FakeWorkspace()
    owed(*(f"C{number}" for number in range(30)))

    at_once(6, lambda: deliver.deliver_due(database, {"T1": workspace}, NOW))

    channels = [each.channel_id for each in workspace.posted]
    assert sorted(channels) == sorted(f"C{number}" for number in range(30))


MISHAPS = {
    "fine": lambda workspace: None,
    "limited": lambda workspace: workspace.refuse("post", CannotPost("r", retry_after=1)),
    "refused": lambda workspace: workspace.refuse("post", CannotPost("internal_error")),
    "silent": lambda workspace: workspace.refuse("post", CannotPost("t", ambiguous=True)),
    "lost": lambda workspace: workspace.lose(CannotPost("t", ambiguous=True)),
    "crash before": lambda workspace: workspace.refuse("post", Crash()),
    "crash after": lambda workspace: workspace.lose(Crash()),
    "unreadable": lambda workspace: workspace.refuse("find", CannotPost("internal_error")),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mishaps=st.lists(st.sampled_from(sorted(MISHAPS)), max_size=MAX_ATTEMPTS - 2))
def test_whatever_goes_wrong_each_message_arrives_exactly_once(sqlite_database, mishaps):
    workspace = FakeWorkspace()
    with sqlite_database.begin() as session:
        delivery_id = owe(session, kind="welcome", dedup_key=uuid4().hex, content={})
    now = NOW
    for mishap in [*mishaps, *["fine"] * MAX_ATTEMPTS]:
        MISHAPS[mishap](workspace)
        with suppress(Crash):
            deliver.deliver_due(sqlite_database, {"T1": workspace}, now, threads=1)
        now += LONGEST_RETRY

    assert [each.delivery_id for each in workspace.posted] == [delivery_id]
