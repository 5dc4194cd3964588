"""How things stand, and the first message in a channel."""

from datetime import timedelta

import pytest

from bot.domain.delivery import State
from bot.errors import CannotPost, SourceFailed
from bot.services import deliver, digests, ingest
from bot.services.status import status
from bot.services.welcome import welcome
from storage import channels, readers
from tests.factories import DAY, NOW, a_channel, owe, papers
from tests.fakes import FakeSource, FakeWorkspace


def test_at_first_there_is_nothing_to_tell(database):
    now = status(database, "T1", "U1")

    assert (now.papers, now.reads, now.digests, now.owed, now.last_error) == (0, (), (), {}, None)
    assert now.zone.key == "UTC"


def test_papers_reads_digests_and_the_zone_of_whoever_asks(database, arrive):
    arrive(*papers(3))
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        channels.save(session, a_channel(channel_id="C2", next_due_at=NOW + timedelta(hours=1)))
        channels.save(session, a_channel(channel_id="C1"))
    digests.move(
        database,
        "T1",
        "C3",
        at=a_channel().schedule.at,
        zone=None,
        fallback=a_channel().schedule.zone,
        by="U1",
        now=NOW,
    )
    digests.turn_off(database, "T1", "C3", by="U1")

    now = status(database, "T1", "U1")

    assert (now.papers, now.zone.key) == (3, "Asia/Tokyo")
    assert [(each.source, each.seen) for each in now.reads] == [("hf", 3)]
    assert [each.channel_id for each in now.digests] == ["C1", "C2"]


def test_a_source_that_failed_last_is_said_to_have_failed(database, arrive):
    arrive(*papers(3))
    source = FakeSource()
    source.fail_on([DAY], SourceFailed("Hugging Face answered 503."))
    ingest.ingest(database, source, "hf", DAY, NOW + timedelta(minutes=10))

    [read] = status(database, "T1").reads
    assert read.error == "Hugging Face answered 503."


def test_what_waits_what_was_given_up_and_why_are_told_per_workspace(database):
    with database.begin() as session:
        for number, team in enumerate(("T1", "T1", "T2")):
            owe(session, team, kind="welcome", content={}, dedup_key=str(number))
    workspace = FakeWorkspace()
    workspace.refuse("post", CannotPost("is_archived", permanent=True), CannotPost("internal"))
    deliver.deliver_due(database, {"T1": workspace}, NOW)

    mine, theirs = status(database, "T1"), status(database, "T2")

    assert mine.owed == {State.DEAD: 1, State.PENDING: 1}
    assert mine.last_error in {"is_archived", "internal"}
    assert (theirs.owed, theirs.last_error) == ({State.PENDING: 1}, None)


def test_no_topic_is_among_what_status_tells(database, follow, arrive):
    follow("paper")
    arrive(*papers(1))

    assert "paper'" not in str(status(database, "T1", "U1"))


@pytest.mark.parametrize("times", [1, 3])
def test_a_channel_is_welcomed_once_however_often_slack_says_that_we_joined(
    database, outbox, times
):
    for _ in range(times):
        welcome(database, "T1", "C1", NOW)

    [owed] = outbox()
    assert (owed.kind, owed.audience, owed.due_at) == ("welcome", "C1", NOW)


def test_a_welcome_that_was_sent_is_not_owed_again(database, outbox):
    welcome(database, "T1", "C1", NOW)
    deliver.deliver_due(database, {"T1": FakeWorkspace()}, NOW)
    welcome(database, "T1", "C1", NOW + timedelta(days=1))

    assert len(outbox()) == 1


def test_every_channel_of_every_workspace_has_its_own_welcome(database, outbox):
    for team, channel_id in (("T1", "C1"), ("T1", "C2"), ("T2", "C1")):
        welcome(database, team, channel_id, NOW)

    assert len(outbox()) == 3
