"""What a channel follows: changed by anybody there, and said there each time it changes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.subscription import read_wish
from bot.services import alerts, channel_topics, subscriptions
from bot.services.channel_topics import NameTakenHere, NotFollowedHere
from tests.factories import NOW, a_paper

RAG = a_paper("2606.10003", "Better RAG with less context")


@pytest.fixture
def here(database):
    """Somebody has a channel follow a topic."""

    def here(said: str, by: str = "U1", channel: str = "C1", zone: str = "UTC"):
        return channel_topics.follow(
            database, "T1", channel, read_wish(said), by=by, zone=ZoneInfo(zone), now=NOW
        )

    return here


@pytest.fixture
def announced(outbox):
    """Who did what, in the order in which it was done."""

    def announced() -> list[tuple[str, str, list[str]]]:
        owed = [each.content for each in outbox() if each.kind == "announcement"]
        found = [(c["by"], c["did"], [topic["q"] for topic in c["topics"]]) for c in owed]
        return sorted(found, key=lambda each: str(each))

    return announced


def test_a_channels_topic_is_the_channels_and_nobodys_own(database, here):
    here("rag weekly")

    [topic] = channel_topics.of_channel(database, "T1", "C1")
    assert (topic.wish, topic.audience, topic.created_by) == (read_wish("rag weekly"), "C1", "U1")
    assert subscriptions.mine(database, "T1", "U1", NOW).subscriptions == ()
    assert channel_topics.of_channel(database, "T2", "C1") == ()


def test_every_change_is_said_in_the_channel_and_no_change_is_not(database, here, announced):
    here("rag")
    here("rag", by="U2")
    here("rag daily", by="U3")
    channel_topics.leave(database, "T1", "C1", "all", by="U4", now=NOW)

    assert announced() == [
        ("U1", "follows", ["rag"]),
        ("U3", "changed", ["rag"]),
        ("U4", "left", ["rag"]),
    ]


def test_the_terms_before_are_given_back_for_undo(here):
    first, same, other = here("rag"), here("rag"), here("rag daily max:3")

    assert (first.before, same.before, other.before) == (None, read_wish("rag"), read_wish("rag"))
    assert other.topic.wish == read_wish("rag daily max:3")


def test_two_people_at_once_make_one_topic_and_one_message(database, here, announced):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: here("rag", by=who), ["U1", "U2"]))

    assert len(announced()) == 1
    assert len(channel_topics.of_channel(database, "T1", "C1")) == 1


def test_a_message_goes_to_the_channel_that_changed(here, outbox):
    here("rag", channel="C2")

    [owed] = outbox()
    assert (owed.team_id, owed.audience, owed.kind) == ("T1", "C2", "announcement")


def test_a_new_paper_is_told_the_channel_once_whoever_follows_the_same_alone(
    database, here, follow, arrive, outbox
):
    here("rag")
    follow("rag", "U1")
    arrive(RAG)
    alerts.build_due(database, NOW)
    alerts.build_due(database, NOW)

    told = sorted(each.audience for each in outbox() if each.kind == "alert")
    assert told == ["C1", "U1"]


def test_gathered_papers_come_at_the_hour_of_the_channels_digest(
    database, here, arrive, switch_on, outbox
):
    switch_on("C1")  # at nine in Berlin, seven in UTC
    here("rag daily", zone="Asia/Tokyo")
    arrive(RAG, now=NOW + timedelta(minutes=1))
    alerts.build_due(database, NOW + timedelta(hours=71, minutes=59))  # Monday, a minute before
    early = [each for each in outbox() if each.kind == "alert"]
    alerts.build_due(database, NOW + timedelta(hours=72))

    assert early == []
    assert [each.audience for each in outbox() if each.kind == "alert"] == ["C1"]


def test_what_is_stopped_by_a_button_is_stopped_once(database, here, announced):
    topic = here("rag").topic
    stop = (database, "T1", "C1", topic.id)
    left = channel_topics.leave_one(*stop, by="U2", now=NOW)

    assert ([each.id for each in left.gone], left.topics) == ([topic.id], ())
    with pytest.raises(NotFollowedHere):
        channel_topics.leave_one(*stop, by="U2", now=NOW)
    assert len(announced()) == 2


@pytest.mark.parametrize("said", ["2", "agents", "all 3", ""])
def test_what_a_channel_does_not_follow_cannot_be_stopped(database, here, said):
    here("rag")

    with pytest.raises(NotFollowedHere):
        channel_topics.leave(database, "T1", "C1", said, by="U1", now=NOW)


def test_a_persons_topic_cannot_be_stopped_as_a_channels(database, here, follow):
    here("rag")
    mine = follow("agents", "U1")

    with pytest.raises(NotFollowedHere):
        channel_topics.leave_one(database, "T1", "C1", mine.id, by="U1", now=NOW)


def test_two_topics_of_a_channel_cannot_have_one_name(here):
    here("rag as:notes")

    with pytest.raises(NameTakenHere):
        here("agents as:notes")
    assert here("agents as:notes", channel="C2").topic.wish.name == "notes"
