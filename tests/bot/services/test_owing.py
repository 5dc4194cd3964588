"""What each look of a digest owes: one message, or a list and a reply for each paper."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Pace, Paces, State
from bot.domain.digest import Look
from bot.errors import Blame, CannotPost
from bot.services import editions
from bot.services.deliver import deliver_due
from bot.services.owing import STEP
from tests.factories import NOW, papers

AFTER = NOW + 10 * STEP
AT_ONCE = Paces(*[Pace(timedelta(microseconds=1), burst=100)] * 3)


@pytest.fixture
def made(database, switch_on, arrive):
    """A digest of three papers that is owed."""

    def made(look: Look = Look.THREADS, count: int = 3) -> None:
        switch_on(look=look)
        arrive(*papers(count), now=NOW)
        editions.make_due(database, NOW)

    return made


def test_a_list_and_a_reply_for_each_paper_are_owed(made, outbox):
    made()

    first, *replies = outbox()
    assert (first.kind, first.due_at) == ("digest", NOW)
    assert [each.kind for each in replies] == ["reply"] * 3
    assert {each.content["thread"] for each in replies} == {first.id}
    assert [each.content["paper"] for each in replies] == [each.id for each in papers(3)]
    assert [each.due_at for each in replies] == [NOW + place * STEP for place in (1, 2, 3)]


@pytest.mark.parametrize("look", [Look.COMPACT, Look.CARDS])
def test_the_other_looks_owe_one_message(made, outbox, look):
    made(look)

    [owed] = outbox()
    assert owed.content["look"] == look


def test_a_day_without_papers_has_no_replies(made, outbox):
    made(count=0)

    [owed] = outbox()
    assert owed.kind == "digest"


def test_replies_stand_below_the_list_in_its_order(made, send, workspace):
    made()
    assert send(AFTER) + send(AFTER + STEP) == 4  # a channel takes three at once

    first, *replies = workspace.posted
    assert first.message.thread_ts == ""
    assert {each.message.thread_ts for each in replies} == {first.ts}
    assert [each.message.text[:2] for each in replies] == ["1.", "2.", "3."]


def test_replies_that_fall_due_together_come_one_after_the_other(made, database, workspace):
    made()

    deliver_due(database, {"T1": workspace}, AFTER, threads=8, paces=AT_ONCE)

    assert [each.message.text[:2] for each in workspace.posted[1:]] == ["1.", "2.", "3."]


def test_a_reply_waits_for_its_list(made, send, workspace, outbox):
    made()
    workspace.refuse("post", CannotPost("internal_error"))
    send(AFTER)
    assert workspace.posted == []

    send(AFTER + timedelta(minutes=1))
    send(AFTER + timedelta(minutes=5))

    first, *replies = workspace.posted
    assert {each.message.thread_ts for each in replies} == {first.ts}
    assert len(replies) == 3
    assert {each.state for each in outbox()} == {State.SENT}


def test_a_reply_whose_answer_was_lost_is_looked_for_in_its_thread(made, send, workspace, outbox):
    made(count=1)
    send(NOW)
    workspace.lose(CannotPost("timeout", ambiguous=True))
    send(AFTER)

    send(AFTER + timedelta(minutes=5))

    first, reply = workspace.posted
    assert workspace.threads_looked_into == [first.ts]
    assert {each.state for each in outbox()} == {State.SENT}
    assert outbox()[1].ts == reply.ts


def test_cards_that_a_workspace_refuses_come_in_the_compact_look(made, send, workspace):
    made(Look.CARDS)
    workspace.refuse("post", CannotPost("invalid_blocks", permanent=True, blame=Blame.FORM))
    send(NOW)
    send(AFTER)

    [posted] = workspace.posted
    assert "carousel" not in [each["type"] for each in posted.message.blocks]
    assert posted.message.text.startswith("3 papers for Friday 26 June\n1. Paper number 1")


def test_a_digest_made_before_looks_were_known_is_compact(made, database, send, workspace, outbox):
    made(Look.COMPACT)
    with database.begin() as session:
        row = session.merge(outbox()[0])
        row.content = {"edition": row.content["edition"]}

    send(AFTER)

    [posted] = workspace.posted
    assert "actions" in [each["type"] for each in posted.message.blocks]
