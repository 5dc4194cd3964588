"""How things stand, and the first message in a channel."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery import SLACK_PACES, State
from bot.domain.status import NextRead, Stopped
from bot.errors import CannotPost, SourceFailed
from bot.services import deliver, digests, ingest
from bot.services.status import LISTED, OVERDUE, status, teams
from bot.services.welcome import welcome
from storage import digests as stored_digests
from storage import rates, readers
from storage.models import DeliveryRow
from tests.factories import DAY, NOW, a_channel, owe, papers
from tests.fakes import FakeSource, FakeWorkspace


def test_at_first_there_is_nothing_to_tell(database):
    now = status(database, "T1", "U1", now=NOW)

    assert (now.papers, now.reads, now.digests, now.owed, now.last_error) == (0, (), (), {}, None)
    assert now.zone.key == "UTC"


def test_a_zone_that_slack_knows_counts_until_somebody_names_one(database):
    tokyo = ZoneInfo("Asia/Tokyo")
    assert status(database, "T1", "U1", tokyo, now=NOW).zone == tokyo
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Africa/Cairo")

    assert status(database, "T1", "U1", tokyo, now=NOW).zone.key == "Africa/Cairo"


def test_papers_reads_digests_and_the_zone_of_whoever_asks(database, arrive):
    arrive(*papers(3))
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        stored_digests.save(
            session, a_channel(channel_id="C2", next_due_at=NOW + timedelta(hours=1))
        )
        stored_digests.save(session, a_channel(channel_id="C1"))
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

    now = status(database, "T1", "U1", now=NOW)

    assert (now.papers, now.zone.key) == (3, "Asia/Tokyo")
    assert [(each.source, each.seen) for each in now.reads] == [("hf", 3)]
    assert [each.audience for each in now.digests] == ["C1", "C2"]


def test_a_source_that_failed_last_is_said_to_have_failed(database, arrive):
    arrive(*papers(3))
    source = FakeSource()
    source.fail_on([DAY], SourceFailed("Hugging Face answered 503."))
    ingest.ingest(database, source, "hf", DAY, NOW + timedelta(minutes=10))

    [read] = status(database, "T1", now=NOW).reads
    assert read.error == "Hugging Face answered 503."


def test_what_waits_what_was_given_up_and_why_are_told_per_workspace(database):
    with database.begin() as session:
        for number, team in enumerate(("T1", "T1", "T2")):
            owe(session, team, kind="welcome", content={}, dedup_key=str(number))
    workspace = FakeWorkspace()
    workspace.refuse("post", CannotPost("is_archived", permanent=True), CannotPost("internal"))
    deliver.deliver_due(database, {"T1": workspace}, NOW)

    mine, theirs = status(database, "T1", now=NOW), status(database, "T2", now=NOW)

    assert mine.owed == {State.DEAD: 1, State.RETRY: 1}
    assert mine.last_error in {"is_archived", "internal"}
    assert (theirs.owed, theirs.last_error) == ({State.PENDING: 1}, None)


@pytest.fixture
def stuck(database):
    """A message that is not tried again."""

    def stuck(audience: str, state: State = State.DEAD, *, number: int = 0, **fields) -> None:
        given = {"kind": "digest", "error": "is_archived", "first_attempt_at": NOW}
        row = DeliveryRow(
            id=f"{audience}{number}",
            dedup_key=f"{audience}{number}",
            audience=audience,
            state=state,
            content={},
            due_at=NOW,
            **{"team_id": "T1", **given, **fields},
        )
        with database.begin() as session:
            session.add(row)

    return stuck


def test_what_is_not_tried_again_is_listed_the_latest_first_and_counted(database, stuck):
    for number in range(LISTED + 3):
        stuck("C1", number=number, first_attempt_at=NOW + timedelta(minutes=number))
    stuck("C2", State.HELD, first_attempt_at=NOW + timedelta(hours=1))
    stuck("C3", State.SENT)
    stuck("C4", team_id="T2")

    now = status(database, "T1", now=NOW)

    assert now.owed == {State.DEAD: LISTED + 3, State.HELD: 1, State.SENT: 1}
    assert len(now.stuck) == LISTED
    assert (now.stuck[0].channel_id, now.stuck[0].state) == ("C2", State.HELD)
    assert (now.stuck[1].since, now.stuck[1].reason) == (
        NOW + timedelta(minutes=LISTED + 2),
        "is_archived",
    )


def test_whose_direct_message_is_stuck_is_known_to_them_alone(database, stuck):
    stuck("U1", kind="alert")

    [mine] = status(database, "T1", "U1", now=NOW).stuck
    [theirs] = status(database, "T1", "U2", now=NOW).stuck

    assert (mine.channel_id, mine.is_mine) == ("", True)
    assert (theirs.channel_id, theirs.is_mine) == ("", False)
    assert "U1" not in str(theirs)


def test_a_workspace_that_refuses_the_token_says_since_when(database):
    with database.begin() as session:
        until = NOW + timedelta(hours=1)
        rates.stop(session, "T1", "token_revoked", until, SLACK_PACES.workspace, NOW)

    assert status(database, "T1", now=NOW).stopped == Stopped("token_revoked", NOW)
    assert status(database, "T2", now=NOW).stopped is None


def test_when_a_source_is_read_again_and_whether_anybody_does(database, arrive):
    arrive(*papers(1))
    due = NOW + ingest.TODAY_EVERY

    on_time = status(database, "T1", now=due + OVERDUE).next_reads
    late = status(database, "T1", now=due + OVERDUE + timedelta(seconds=1)).next_reads

    assert on_time == {"hf": NextRead(due, False)}
    assert late == {"hf": NextRead(due, True)}


def test_a_workspace_is_known_by_its_channels_its_people_or_what_it_is_owed(database, stuck):
    assert teams(database) == [""]
    with database.begin() as session:
        stored_digests.save(session, a_channel("T3"))
        readers.set_zone(session, "T2", "U1", "UTC")
    stuck("C1")

    assert teams(database) == ["T1", "T2", "T3"]


def test_no_topic_is_among_what_status_tells(database, follow, arrive):
    follow("paper")
    arrive(*papers(1))

    assert "paper'" not in str(status(database, "T1", "U1", now=NOW))


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
