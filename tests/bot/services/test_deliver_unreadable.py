"""A message may have arrived and its channel's history may not be read: held, or told again."""

import pytest

from bot.blocks.repeats import MARK
from bot.domain.delivery import LONGEST_RETRY, SETTLING, State
from bot.errors import Blame, CannotPost
from bot.services import editions
from storage import rates, subscriptions
from tests.factories import NOW, a_paper

LATER = NOW + LONGEST_RETRY * 2
SILENT = CannotPost("TimeoutError", ambiguous=True)
UNREADABLE = [
    CannotPost("missing_scope", permanent=True),
    CannotPost("not_in_channel", permanent=True, blame=Blame.PLACE),
    CannotPost("channel_not_found", permanent=True, blame=Blame.PLACE),
]
ALERT = {"groups": [{"subscription": 1, "topic": "agents", "papers": [], "rest": []}]}
BY = {"by": "U1", "did": "follows", "topics": []}
STOPPED = {"channel": "C1", "reason": "is_archived", "digest": True, "topics": []}


def any_of(refusals):
    return pytest.mark.parametrize("refusal", refusals, ids=[each.reason for each in refusals])


@any_of(UNREADABLE)
@pytest.mark.parametrize(
    ("kind", "audience", "content"),
    [
        ("alert", "U1", ALERT),
        ("alert", "C1", ALERT),
        ("announcement", "C1", BY),
        ("notice", "U1", STOPPED),
    ],
)
def test_what_somebody_must_learn_is_sent_again_and_says_so(
    send, workspace, owed, row, refusal, kind, audience, content
):
    owed(audience, kind=kind, content=content)
    workspace.lose(SILENT)
    send()
    workspace.refuse("find", refusal)

    assert send(LATER) == 1

    first, second = workspace.posted
    assert MARK not in first.message.text
    assert second.message.text == f"{MARK} {first.message.text}"
    assert second.message.blocks[1:] == first.message.blocks
    assert MARK in str(second.message.blocks[0])
    assert (row().state, row().ts) == (State.SENT, second.ts)


@any_of(UNREADABLE)
@pytest.mark.parametrize("kind", ["digest", "welcome"])
def test_what_a_channel_would_read_twice_is_held(
    database, send, workspace, owed, row, arrive, switch_on, refusal, kind
):
    if kind == "digest":
        switch_on(next_due_at=None)
        arrive(a_paper())
        editions.post_now(database, "T1", "C1", NOW)
    else:
        owed("C1")
    workspace.lose(SILENT)
    send()
    workspace.refuse("find", refusal)

    assert send(LATER) == 0

    assert (row().state, row().error) == (State.HELD, refusal.reason)
    assert send(LATER + LONGEST_RETRY) == 0
    assert len(workspace.posted) == 1


@any_of(UNREADABLE)
def test_not_to_read_a_history_stops_nothing(database, send, workspace, owed, follow, refusal):
    follow("agents")
    owed("U1", kind="alert", content=ALERT)
    workspace.lose(SILENT)
    send()
    workspace.refuse("find", refusal)
    send(LATER)

    with database.read() as session:
        [topic] = subscriptions.of_audience(session, "T1", "U1")
        assert topic.paused_until is None
        assert rates.stopped(session, "T1") is None


def test_a_message_that_was_found_is_no_repeat(send, workspace, owed):
    owed("U1", kind="alert", content=ALERT)
    workspace.lose(SILENT)
    send()

    assert send(LATER) == 1
    assert len(workspace.posted) == 1


def test_a_history_is_given_a_minute_to_show_a_message(send, workspace, owed, row):
    owed("C1")
    workspace.lose(SILENT)
    send()

    assert row().due_at == NOW + SETTLING
    assert send(NOW + SETTLING / 2) == 0
    assert workspace.looked_up == []


def test_a_repeat_that_may_have_arrived_is_marked_again(send, workspace, owed, row):
    owed("U1", kind="alert", content=ALERT)
    workspace.lose(SILENT, SILENT)
    send()
    workspace.refuse("find", UNREADABLE[0], UNREADABLE[0])

    assert send(LATER) == 0
    assert send(LATER + LONGEST_RETRY) == 1
    assert [MARK in each.message.text for each in workspace.posted] == [False, True, True]
