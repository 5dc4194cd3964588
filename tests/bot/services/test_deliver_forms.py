"""Slack refuses how a message is drawn: a plainer form of it goes out, and that is reported."""

import logging

import pytest

from bot.blocks import kit
from bot.domain.delivery import LONGEST_RETRY, State
from bot.errors import Blame, CannotPost
from bot.services import sending
from storage import deliveries
from tests.factories import NOW

INVALID = CannotPost("invalid_blocks", permanent=True, blame=Blame.FORM)
LONG = CannotPost("msg_blocks_too_long", permanent=True, blame=Blame.FORM)
SILENT = CannotPost("TimeoutError", ambiguous=True)
PLAIN = kit.divider()
NEW = {"type": "card"}


@pytest.fixture
def drawn(monkeypatch):
    """Every message is drawn with these blocks."""

    def drawn(*blocks):
        message = kit.Message("In words", list(blocks))
        monkeypatch.setattr(sending, "render", lambda *_: message)

    return drawn


@pytest.mark.parametrize(
    ("blocks", "refusals", "taken"),
    [
        ([PLAIN, NEW], [], [PLAIN, NEW]),
        ([PLAIN, NEW], [INVALID], [PLAIN]),
        ([PLAIN, NEW], [INVALID, LONG], []),
        ([PLAIN], [LONG], []),
    ],
    ids=["as it is", "without newer blocks", "as text", "there are no newer blocks"],
)
def test_the_first_form_that_slack_takes_is_sent(
    send, workspace, owed, row, drawn, blocks, refusals, taken
):
    drawn(*blocks)
    owed("C1")
    workspace.refuse("post", *refusals)

    assert send() == 1

    [posted] = workspace.posted
    assert posted.message == kit.Message("In words", taken)
    assert posted.delivery_id == row().id
    assert (row().state, row().attempts) == (State.SENT, 0)
    assert row().error == (refusals[-1].reason if refusals else None)


def test_another_form_is_reported(database, send, workspace, owed, drawn, caplog):
    drawn(PLAIN)
    owed("C1")
    workspace.refuse("post", INVALID)
    caplog.set_level(logging.WARNING)

    send()

    assert "invalid_blocks" in caplog.text
    with database.read() as session:
        assert deliveries.last_error(session, "T1") == "invalid_blocks"


def test_a_message_that_is_refused_in_every_form_is_given_up(send, workspace, owed, row, drawn):
    drawn(PLAIN)
    owed("C1")
    workspace.refuse("post", INVALID, INVALID)
    send()

    assert (row().state, row().error) == (State.DEAD, "invalid_blocks")
    assert workspace.posted == []


def test_no_other_form_follows_one_that_may_have_arrived(send, workspace, owed, row, drawn):
    drawn(PLAIN, NEW)
    owed("C1")
    workspace.refuse("post", INVALID)
    workspace.lose(SILENT)

    assert send() == 0
    assert send(NOW + LONGEST_RETRY) == 1  # it is found
    assert len(workspace.posted) == 1


def test_a_refused_form_followed_by_a_fault_before_the_next_is_in_no_doubt(
    send, workspace, owed, row, drawn
):
    drawn(PLAIN)
    owed("C1")
    workspace.refuse("post", INVALID, CannotPost("ratelimited", retry_after=5))
    send()

    assert (row().state, row().ambiguous) == (State.RETRY, False)
