"""The outbox is emptied: what is sent, where, and what every kind of message says."""

from datetime import timedelta

import pytest

from bot.domain.delivery import State
from bot.errors import CannotPost
from bot.services import alerts, deliver, editions, welcome
from storage import digests, readers
from tests.factories import NOW, a_channel, a_paper, owe, papers
from tests.fakes import FakeWorkspace

SECOND = timedelta(seconds=1)


@pytest.fixture
def owe_welcomes(database):
    """Owe a first message to each of these channels or people, in this order."""

    def owe_welcomes(*audiences: str, team: str = "T1") -> None:
        with database.begin() as session:
            for number, audience in enumerate(audiences):
                owe(
                    session,
                    team,
                    kind="welcome",
                    audience=audience,
                    dedup_key=f"welcome:{team}:{audience}:{number}",
                    content={},
                    due_at=NOW - (len(audiences) - number) * SECOND,
                )

    return owe_welcomes


def test_a_message_is_posted_once_and_its_ts_is_kept(send, workspace, owe_welcomes, outbox):
    owe_welcomes("C1")

    assert (send(), send(NOW + timedelta(days=1))) == (1, 0)
    [posted], [row] = workspace.posted, outbox()
    assert (row.state, row.ts, row.channel_id) == (State.SENT, posted.ts, "C1")
    assert posted.delivery_id == row.id
    assert workspace.looked_up == []  # nothing was ambiguous


def test_a_message_is_not_sent_before_it_is_due(database, send, workspace):
    with database.begin() as session:
        owe(session, kind="welcome", due_at=NOW + SECOND)

    assert send() == 0
    assert workspace.posted == []


def test_messages_go_out_in_the_order_in_which_they_are_due(send, workspace, owe_welcomes):
    owe_welcomes("C3", "C1", "C2")
    send()

    assert [each.channel_id for each in workspace.posted] == ["C3", "C1", "C2"]


def test_a_dm_is_opened_once_and_remembered(database, send, workspace, owe_welcomes, outbox):
    owe_welcomes("U1")
    send()
    with database.begin() as session:
        owe(session, kind="welcome", audience="U1", dedup_key="another", content={})
    send()

    assert workspace.opened == ["U1"]
    assert [each.channel_id for each in workspace.posted] == ["DU1", "DU1"]
    assert {row.channel_id for row in outbox()} == {"DU1"}
    with database.read() as session:
        assert readers.get(session, "T1", "U1").dm_channel_id == "DU1"


def test_a_dm_that_cannot_be_opened_is_tried_again(send, workspace, owe_welcomes):
    owe_welcomes("U1")
    workspace.refuse("open_dm", CannotPost("ratelimited", retry_after=5))

    assert send() == 0
    assert send(NOW + 10 * SECOND) == 1
    assert [each.channel_id for each in workspace.posted] == ["DU1"]


def test_each_workspace_gets_its_own_and_others_wait(database, owe_welcomes, outbox):
    first, second = FakeWorkspace(), FakeWorkspace()
    for team in ("T1", "T2", "T3"):
        owe_welcomes("C1", team=team)

    assert deliver.deliver_due(database, {"T1": first, "T2": second}, NOW) == 2
    assert (len(first.posted), len(second.posted)) == (1, 1)
    states = {row.team_id: row.state for row in outbox()}
    assert states == {"T1": State.SENT, "T2": State.SENT, "T3": State.PENDING}


# -- what they say --------------------------------------------------------------------------------


def test_a_digest_shows_its_papers_with_the_votes_of_now(database, send, workspace, arrive):
    with database.begin() as session:
        digests.save(session, a_channel(size=2))
    arrive(*papers(4), votes=10)
    editions.make_due(database, NOW)
    arrive(*papers(4), votes=99, now=NOW + SECOND)
    send(NOW + SECOND)

    [posted] = workspace.posted
    assert "Paper number 1 (99 votes)" in posted.message.text
    assert "Paper number 3" not in posted.message.text


def test_an_alert_names_its_topic_and_its_papers(database, send, workspace, follow, arrive):
    follow("diffusion policy")
    arrive(a_paper(title="Diffusion policies for hands"))
    alerts.build_due(database, NOW)
    send()

    [posted] = workspace.posted
    assert posted.channel_id == "DU1"
    assert "diffusion policy" in posted.message.text
    assert "Diffusion policies for hands" in posted.message.text


def test_a_channel_is_welcomed(database, send, workspace):
    welcome.welcome(database, "T1", "C1", NOW)
    send()

    [posted] = workspace.posted
    assert "/papers digest on" in posted.message.text
