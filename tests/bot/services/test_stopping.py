"""Slack refuses for good: what would only be refused again stops, and its owner reads it once."""

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery import LONGEST_RETRY, State
from bot.domain.reader import FOREVER
from bot.domain.round_ups import Slot
from bot.domain.subscription import read_wish
from bot.errors import Blame, CannotPost
from bot.services import channel_topics, deliver, pauses, round_up_wishes
from bot.services.stopping import PAUSE
from storage import deliveries, digests, rates, readers, subscriptions
from tests.factories import NOW, owe
from tests.fakes import Crash, FakeWorkspace

SECOND = timedelta(seconds=1)
ARCHIVED = CannotPost("is_archived", permanent=True, blame=Blame.PLACE)
GONE = CannotPost("channel_not_found", permanent=True, blame=Blame.PLACE)
DISABLED = CannotPost("user_disabled", permanent=True, blame=Blame.PLACE)
REVOKED = CannotPost("token_revoked", permanent=True, blame=Blame.WORKSPACE)


@pytest.fixture
def topic_of_channel(database):
    def topic_of_channel(said: str, by: str = "U2", channel_id: str = "C1") -> None:
        wish = read_wish(said)
        channel_topics.follow(database, "T1", channel_id, wish, by=by, zone=None, now=NOW)

    return topic_of_channel


@pytest.fixture
def notices(workspace):
    """What people were told, by their DM."""

    def notices() -> dict[str, str]:
        said = [(each.channel_id, each.message) for each in workspace.posted]
        return {
            place: f"{message.text} {message.blocks}"
            for place, message in said
            if "any more" in message.text
        }

    return notices


def digest_of(database, channel_id: str = "C1"):
    with database.read() as session:
        return digests.get(session, "T1", channel_id)


def topics_of(database, audience: str):
    with database.read() as session:
        return subscriptions.of_audience(session, "T1", audience)


# -- a channel ------------------------------------------------------------------------------------


def test_a_digest_whose_channel_is_gone_stops_and_its_owner_reads_how_to_start_it_again(
    database, send, workspace, owed, outbox, switch_on, notices
):
    switch_on(set_by="U7", next_due_at=NOW + timedelta(days=1))
    switch_on("C2", set_by="U7", next_due_at=NOW + timedelta(days=1))
    owed("C1")
    workspace.refuse("post", ARCHIVED)

    assert send() == 1

    assert digest_of(database).next_due_at is None
    assert digest_of(database, "C2").next_due_at is not None
    [(place, said)] = notices().items()
    assert place == "DU7"
    assert "C1" in said
    for words in ("archived", "/papers digest on", "/invite @Daily Papers"):
        assert words in said
    assert {row.kind: row.state for row in outbox()} == {
        "welcome": State.DEAD,
        "notice": State.SENT,
    }


def test_a_week_whose_channel_is_gone_stops_with_the_digest_and_its_owner_is_told(
    database, send, workspace, owed, notices
):
    wanted = round_up_wishes.want(
        database, "T1", "C1", Slot.WEEKLY, fallback=ZoneInfo("UTC"), by="U7", now=NOW
    )
    assert wanted.round_ups[0].next_due_at is not None
    owed("C1")
    workspace.refuse("post", ARCHIVED)
    send()

    [week] = round_up_wishes.of_channel(database, "T1", "C1")
    assert week.next_due_at is None
    assert list(notices()) == ["DU7"]


def test_the_owner_is_told_once_however_many_messages_are_refused(
    database, send, workspace, owed, switch_on, notices, outbox
):
    switch_on(set_by="U7", next_due_at=NOW + timedelta(days=1))
    owed(*["C1"] * 5)
    workspace.shut("C1", GONE)
    send()
    send(NOW + timedelta(hours=1))

    assert [row.kind for row in outbox()].count("notice") == 1
    assert len(notices()) == 1


def test_what_is_started_again_and_refused_again_is_told_again(
    database, send, workspace, owed, switch_on, outbox
):
    for day in range(2):
        switch_on(set_by="U7", next_due_at=NOW + timedelta(days=9))
        with database.begin() as session:
            owe(session, kind="welcome", dedup_key=f"on day {day}", content={})
        workspace.shut("C1", GONE)
        send(NOW + timedelta(days=day))

    assert [row.kind for row in outbox()].count("notice") == 2


def test_a_channels_topics_stop_and_each_owner_reads_which_were_theirs(
    database, send, workspace, switch_on, topic_of_channel, notices
):
    switch_on(set_by="U7", next_due_at=NOW + timedelta(days=1))
    topic_of_channel("diffusion policy weekly", by="U7")
    topic_of_channel("agents", by="U8")
    topic_of_channel("agents", by="U8", channel_id="C2")
    workspace.shut("C1", GONE)
    send()
    send(NOW + SECOND * 5)

    assert topics_of(database, "C1") == []
    assert len(topics_of(database, "C2")) == 1
    said = notices()
    assert said.keys() == {"DU7", "DU8"}
    assert "diffusion policy weekly" in said["DU7"]
    assert "agents now" in said["DU8"]
    assert "agents" not in said["DU7"]
    assert "digest" in said["DU7"]
    assert "digest" not in said["DU8"]


def test_where_nothing_runs_nobody_is_told(send, workspace, owed, outbox):
    owed("C1")
    workspace.refuse("post", GONE)
    send()

    assert [row.state for row in outbox()] == [State.DEAD]


def test_another_kind_of_refusal_stops_nothing(database, send, workspace, owed, switch_on, row):
    switch_on(next_due_at=NOW + timedelta(days=1))
    owed("C1")
    workspace.refuse("post", CannotPost("metadata_too_large", permanent=True))
    send()

    assert row().state == State.DEAD
    assert digest_of(database).next_due_at is not None


def test_a_message_is_parked_together_with_what_stops(
    database, send, workspace, owed, switch_on, row, monkeypatch
):
    switch_on(set_by="U7", next_due_at=NOW + timedelta(days=1))
    owed("C1")
    workspace.refuse("post", GONE)
    with monkeypatch.context() as broken:
        broken.setattr(deliveries, "queue", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send()

    assert row().state == State.SENDING  # and its lease will end
    assert digest_of(database).next_due_at is not None


def test_a_channel_deleted_between_claim_and_post_delays_nobody(send, workspace, owed):
    owed("C1", "C2", "C3")
    workspace.shut("C1", GONE)

    assert send() == 2
    assert {each.channel_id for each in workspace.posted} == {"C2", "C3"}


# -- a person -------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["open_dm", "post"])
def test_the_topics_of_a_person_who_left_wait_until_they_resume_them(
    database, send, workspace, owed, follow, outbox, stage
):
    follow("agents")
    follow("agents", user="U2")
    owed("U1")
    workspace.refuse(stage, DISABLED)
    send()

    assert topics_of(database, "U1")[0].paused_until == FOREVER
    assert topics_of(database, "U2")[0].paused_until is None
    assert [(row.kind, row.state) for row in outbox()] == [("welcome", State.DEAD)]
    resumed = pauses.resume(database, "T1", "U1", "", NOW)
    assert resumed.mine.subscriptions[0].paused_until is None


def test_a_remembered_dm_that_is_gone_is_opened_anew(database, send, workspace, owed, follow):
    follow("agents")
    with database.begin() as session:
        readers.set_dms(session, {("T1", "U1"): "DOLD"})
    owed("U1")
    workspace.refuse("post", GONE)

    assert send() == 1
    assert [each.channel_id for each in workspace.posted] == ["DU1"]
    assert topics_of(database, "U1")[0].paused_until is None
    with database.read() as session:
        assert readers.get(session, "T1", "U1").dm_channel_id == "DU1"


def test_an_owner_who_cannot_be_told_is_not_told_of_that(
    database, send, workspace, owed, follow, switch_on, outbox
):
    follow("agents", user="U7")
    switch_on(set_by="U7", next_due_at=NOW + timedelta(days=1))
    owed("C1")
    workspace.refuse("post", GONE)
    workspace.refuse("open_dm", DISABLED)
    send()

    assert {row.kind: row.state for row in outbox()} == {
        "welcome": State.DEAD,
        "notice": State.DEAD,
    }
    assert topics_of(database, "U7")[0].paused_until == FOREVER


# -- the bot's token ------------------------------------------------------------------------------


def test_where_slack_refuses_the_token_everything_waits_and_nothing_stops(
    database, owed, outbox, switch_on, caplog
):
    switch_on(next_due_at=NOW + timedelta(days=1))
    ours, other = FakeWorkspace(), FakeWorkspace()
    owed(*(f"C{number}" for number in range(30)))
    owed("C77", team_id="T2")
    ours.refuse("post", REVOKED)
    caplog.set_level(logging.ERROR)

    sent = deliver.deliver_due(
        database, {"T1": ours, "T2": other}, NOW, threads=1, stopwatch=lambda: 0.0
    )

    assert (sent, len(other.posted), ours.posted) == (1, 1, [])
    assert {row.state for row in outbox() if row.team_id == "T1"} == {State.PENDING, State.RETRY}
    assert digest_of(database).next_due_at is not None
    with database.read() as session:
        assert rates.stopped(session, "T1") == rates.Stop("token_revoked", NOW)
    assert caplog.text.count("token_revoked") == 1


def test_after_an_hour_one_message_tries_and_the_others_wait_on(database, send, workspace, owed):
    owed(*(f"C{number}" for number in range(5)))
    workspace.refuse("post", REVOKED)
    send()
    workspace.refuse("post", REVOKED)

    assert send(NOW + PAUSE - SECOND) == 0
    assert send(NOW + PAUSE) == 0
    assert send(NOW + PAUSE + SECOND) == 0
    with database.read() as session:
        assert rates.stopped(session, "T1").since == NOW


def test_once_the_token_works_again_everything_goes_out(database, send, workspace, owed):
    owed(*(f"C{number}" for number in range(5)))
    workspace.refuse("post", REVOKED)
    send()

    assert send(NOW + PAUSE) == 5
    with database.read() as session:
        assert rates.stopped(session, "T1") is None


def test_a_bot_that_starts_with_a_token_that_works_waits_no_hour(database, send, workspace, owed):
    owed("C1", "C2")
    workspace.refuse("post", REVOKED)
    send()

    deliver.resume(database, {"T1"}, NOW + SECOND)

    assert send(NOW + SECOND) == 2


def test_however_often_the_token_is_refused_no_message_is_given_up(send, workspace, owed, row):
    owed("C1")
    for hour in range(20):
        workspace.refuse("post", REVOKED)
        send(NOW + hour * PAUSE)

    assert (row().state, row().attempts) == (State.RETRY, 0)


# -- told to wait ---------------------------------------------------------------------------------


def test_a_rate_limit_holds_for_every_worker(database, send, workspace, owed):
    other = FakeWorkspace()
    owed("C1", "C2")
    workspace.refuse("post", CannotPost("ratelimited", retry_after=40))
    send()

    assert deliver.deliver_due(database, {"T1": other}, NOW + 39 * SECOND) == 0
    assert deliver.deliver_due(database, {"T1": other}, NOW + 41 * SECOND) == 2


def test_a_wait_for_nothing_lasts_a_second(send, workspace, owed, row):
    owed("C1")
    workspace.refuse("post", CannotPost("ratelimited", retry_after=0))
    send()

    assert row().due_at == NOW + SECOND


def test_a_rate_limit_of_histories_holds_back_only_what_is_in_doubt(send, workspace, owed):
    owed("C1")
    workspace.lose(CannotPost("TimeoutError", ambiguous=True))
    send()
    later = NOW + LONGEST_RETRY
    workspace.refuse("find", CannotPost("ratelimited", retry_after=60))
    owed("C2", "C3")

    assert send(later) == 2
    assert send(later + 59 * SECOND) == 0
    assert send(later + 60 * SECOND) == 1


def test_a_crash_before_something_stops_is_made_good(
    database, send, workspace, owed, switch_on, notices
):
    switch_on(set_by="U7", next_due_at=NOW + timedelta(days=1))
    owed("C1")
    workspace.refuse("post", Crash(), GONE)
    with pytest.raises(Crash):
        send()
    send(NOW + LONGEST_RETRY)

    assert digest_of(database).next_due_at is None
    assert len(notices()) == 1
