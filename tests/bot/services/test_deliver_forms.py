"""Slack refuses how a message is drawn: a plainer form of it goes out, and that is reported."""

import logging
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from bot.blocks import kit
from bot.domain.delivery import LONGEST_RETRY, State
from bot.domain.digest import Look
from bot.domain.votes import Vote
from bot.errors import Blame, CannotPost
from bot.services import digests, editions, redraws, sending, votes
from storage import deliveries
from tests.factories import NOW, a_paper

INVALID = CannotPost("invalid_blocks", permanent=True, blame=Blame.FORM)
LONG = CannotPost("msg_blocks_too_long", permanent=True, blame=Blame.FORM)
SILENT = CannotPost("TimeoutError", ambiguous=True)
PLAIN = kit.divider()
DAY, UTC = timedelta(days=1), ZoneInfo("UTC")
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


# -- cards that are refused -----------------------------------------------------------------------


@pytest.fixture
def cards(database, switch_on, arrive):
    """A channel's digest, as cards, is owed; and those of the days after it, one a call."""
    switch_on(look=Look.CARDS)
    days = count()

    def cards() -> datetime:
        number = next(days)
        now = NOW + (number + 2 * (number > 0)) * DAY  # over the weekend
        arrive(a_paper(f"2606.1000{number}", f"News {number}"), now=now, day=now.date())
        assert editions.make_due(database, now) == 1
        return now

    return cards


def test_a_channel_whose_cards_are_refused_is_not_tried_each_morning(
    database, send, workspace, cards
):
    workspace.refuse("post", INVALID)
    send(cards())
    send(cards())

    digest = digests.settings(database, "T1", "C1")
    assert digest is not None
    assert (digest.look, digest.refused_look) == (Look.CARDS, Look.CARDS)
    assert len(workspace.posted) == 2
    assert not any(has_cards(each.message) for each in workspace.posted)
    with database.read() as session:
        assert deliveries.last_error(session, "T1") == "invalid_blocks"


def test_who_sets_the_look_again_has_it_tried_again(database, send, workspace, cards):
    workspace.refuse("post", INVALID)
    send(cards())
    again = digests.looking(Look.CARDS)
    digests.prefer(database, "T1", "C1", change=again, fallback=UTC, by="U1", now=NOW)
    send(cards())

    assert [has_cards(each.message) for each in workspace.posted] == [False, True]


def test_cards_that_are_refused_are_not_drawn_anew_as_cards(
    database, send, workspace, cards, outbox
):
    workspace.refuse("post", INVALID)
    send(cards())
    [row] = outbox()
    votes.vote(database, "T1", "U1", "2606.10000", Vote.UP, NOW)
    redraws.draw_due(database, {"T1": workspace}, NOW + DAY)

    assert row.content["look"] == Look.COMPACT
    [drawn] = workspace.updated
    assert not has_cards(drawn.message)


def test_a_digest_refused_for_another_reason_keeps_its_cards(database, send, workspace, cards):
    workspace.refuse("post", INVALID, LONG)
    send(cards())

    digest = digests.settings(database, "T1", "C1")
    assert digest is not None
    assert digest.refused_look is None


def has_cards(message):
    return any(each["type"] == "carousel" for each in message.blocks)
