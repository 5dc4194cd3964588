"""Slack says no, or says wait, or the fault is ours: each message waits, or stops for good."""

import logging
from datetime import timedelta

from bot.domain.delivery import LONGEST_RETRY, MAX_ATTEMPTS, State
from bot.errors import Blame, CannotPost
from bot.services import deliver
from tests.factories import NOW
from tests.fakes import FakeWorkspace

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATER = NOW + LONGEST_RETRY * 2
LIMITED = CannotPost("ratelimited", retry_after=40)
BROKEN = CannotPost("service_unavailable")
GONE = CannotPost("channel_not_found", permanent=True, blame=Blame.PLACE)


# -- told to wait, or no for good -----------------------------------------------------------------


def test_a_rate_limit_is_waited_out_for_as_long_as_slack_asks(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", LIMITED)

    assert send() == 0
    assert row().due_at == NOW + 40 * SECOND
    assert send(NOW + 39 * SECOND) == 0
    assert send(NOW + 40 * SECOND) == 1
    assert len(workspace.posted) == 1


def test_a_rate_limit_holds_for_the_rest_of_the_workspace_in_that_tick(database, workspace, owed):
    other = FakeWorkspace()
    owed("C1", "C2", "C3")
    owed("C4", team_id="T2")
    workspace.refuse("post", LIMITED)

    sent = deliver.deliver_due(database, {"T1": workspace, "T2": other}, NOW, threads=1)

    assert sent == 1
    assert [each.channel_id for each in other.posted] == ["C4"]
    assert workspace.posted == []


def test_however_often_slack_says_wait_a_message_is_never_given_up(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", *[LIMITED] * (MAX_ATTEMPTS + 3))
    for minute in range(MAX_ATTEMPTS + 3):
        send(NOW + minute * MINUTE)

    assert row().state == State.RETRY
    assert send(LATER) == 1


def test_being_told_to_wait_is_no_step_towards_giving_up(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", *[LIMITED] * MAX_ATTEMPTS, BROKEN)
    for minute in range(MAX_ATTEMPTS + 1):
        send(NOW + minute * MINUTE)

    assert row().state == State.RETRY
    assert row().attempts == 1


def test_waits_grow_with_each_refusal_up_to_an_hour(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", *[BROKEN] * 10)
    now, waits = NOW, []
    for _ in range(10):
        send(now)
        waits.append(row().due_at - now)
        now = row().due_at

    assert waits[:4] == [30 * SECOND, 60 * SECOND, 120 * SECOND, 240 * SECOND]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_RETRY


def test_after_so_many_refusals_a_message_is_given_up_and_says_why(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", *[BROKEN] * (MAX_ATTEMPTS + 1))
    for attempt in range(MAX_ATTEMPTS):
        assert row().state in {State.PENDING, State.RETRY}
        send(NOW + attempt * LONGEST_RETRY)

    assert (row().state, row().error) == (State.DEAD, "service_unavailable")
    assert send(NOW + timedelta(days=30)) == 0


def test_what_slack_refuses_for_good_is_never_tried_again(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", GONE)
    send()

    assert (row().state, row().error) == (State.DEAD, "channel_not_found")
    assert send(LATER) == 0
    assert workspace.posted == []


def test_one_refusal_does_not_keep_the_others_from_being_sent(send, workspace, owed):
    owed("C1", "C2", "C3")
    workspace.refuse("post", GONE, BROKEN)

    assert send() == 1
    assert len(workspace.posted) == 1


# -- our own faults -------------------------------------------------------------------------------


def test_a_message_that_cannot_be_made_does_not_stop_the_others(send, workspace, owed, caplog):
    owed("C1", kind="digest", content={"edition": 404})
    owed("C2", "C3")

    assert send() == 2
    assert {each.channel_id for each in workspace.posted} == {"C2", "C3"}
    assert "KeyError" in caplog.text


def test_a_message_that_can_never_be_made_is_given_up_in_the_end(send, workspace, owed, row):
    owed("C1", kind="digest", content={"edition": 404})
    for attempt in range(MAX_ATTEMPTS):
        assert row().state in {State.PENDING, State.RETRY}
        send(NOW + attempt * LONGEST_RETRY)

    assert row().state == State.DEAD
    assert workspace.posted == []


def test_a_message_of_unknown_kind_is_given_up_at_once(send, owed, row):
    owed("C1", kind="pigeon")
    send()

    assert row().state == State.DEAD


def test_no_topic_stands_in_the_log_of_a_message_that_cannot_be_made(send, owed, caplog):
    caplog.set_level(logging.DEBUG)
    group = {"subscription": 1, "topic": '"secret topic', "papers": ["2606.00001"]}
    owed("U1", kind="alert", content={"groups": [group]})
    send()

    assert "secret" not in caplog.text
