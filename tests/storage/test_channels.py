"""Channels: settings, and which digest is due, for one worker only."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.domain.digest import ChannelDigest, Look, Schedule
from storage import channels
from tests.factories import NOW, a_channel

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def save(database):
    def save(*digests: ChannelDigest) -> None:
        with database.begin() as session:
            for digest in digests:
                channels.save(session, digest)

    return save


@pytest.fixture
def get(database):
    def get(channel_id: str = "C1") -> ChannelDigest | None:
        with database.read() as session:
            return channels.get(session, "T1", channel_id)

    return get


def test_a_look_and_topics_come_back_as_they_went_in(save, get):
    digest = a_channel(look=Look.THREADS, topics='"diffusion policy" OR robots', size=7)
    save(digest)

    assert get() == digest


def test_a_channel_that_nobody_set_has_no_settings(get):
    assert get() is None


@pytest.mark.parametrize(
    "digest",
    [
        a_channel(),
        a_channel(next_due_at=None),
        a_channel(schedule=Schedule(time(0), ZoneInfo("Asia/Kolkata"), frozenset({6}))),
        a_channel(schedule=Schedule(time(23, 59), ZoneInfo("UTC"), frozenset(range(7)))),
    ],
    ids=["as usual", "off", "midnight on Sundays", "the last minute of every day"],
)
def test_settings_come_back_as_they_went_in(save, get, digest):
    save(digest)

    assert get() == digest


def test_settings_saved_again_take_the_place_of_the_old_ones(save, get):
    save(a_channel(size=3))
    save(a_channel(size=7))

    assert get().size == 7


def test_nothing_is_due_before_its_time_or_while_it_is_off(save, database, now):
    save(a_channel(next_due_at=TOMORROW), a_channel(channel_id="C2", next_due_at=None))

    with database.begin() as session:
        assert channels.claim_due(session, now) is None


def test_the_channel_that_waits_longest_comes_first(save, database, now):
    save(
        a_channel(channel_id="C1", next_due_at=now),
        a_channel(channel_id="C2", next_due_at=now - timedelta(minutes=5)),
    )

    with database.begin() as session:
        assert channels.claim_due(session, now).channel_id == "C2"


def test_channels_that_are_on_come_next_one_first(save, database):
    save(
        a_channel(channel_id="C1", next_due_at=TOMORROW),
        a_channel(channel_id="C2", next_due_at=NOW),
        a_channel(channel_id="C3", next_due_at=None),
    )

    with database.read() as session:
        on = channels.switched_on(session, "T1")

    assert [each.channel_id for each in on] == ["C2", "C1"]


def test_two_workers_on_postgresql_never_hold_the_same_channel(postgres_database, now):
    with postgres_database.begin() as session:
        for number in range(2):
            channels.save(session, a_channel(channel_id=f"C{number}", next_due_at=now))

    with postgres_database.begin() as first, postgres_database.begin() as second:
        second.execute(text("SET LOCAL lock_timeout = '5s'"))  # waiting would hang this test

        claimed = [
            channels.claim_due(first, now).channel_id,
            channels.claim_due(second, now).channel_id,
        ]

        assert sorted(claimed) == ["C0", "C1"]
        assert channels.claim_due(second, now).channel_id == claimed[1]  # still its own


def test_workers_at_once_take_every_due_channel_exactly_once(save, database, now, at_once):
    save(*(a_channel(channel_id=f"C{number:02}", next_due_at=now) for number in range(24)))

    def work() -> list[str]:
        taken = []
        while True:
            with database.begin() as session:
                digest = channels.claim_due(session, now)
                if digest is None:
                    return taken
                channels.save(session, replace(digest, next_due_at=TOMORROW))
            taken.append(digest.channel_id)

    taken = [channel for each in at_once(4, work) for channel in each]

    assert sorted(taken) == [f"C{number:02}" for number in range(24)]


def test_whoever_was_looked_at_is_followed_by_the_next_in_line(save, database, now):
    early = now - timedelta(hours=1)
    save(
        a_channel(channel_id="C2", next_due_at=early),
        a_channel(channel_id="C3", next_due_at=now),
        a_channel(channel_id="C1", next_due_at=now),
        a_channel("T0", "C9", next_due_at=now),
        a_channel(channel_id="C4", next_due_at=now + timedelta(seconds=1)),
    )
    found, last = [], None
    with database.begin() as session:
        while last := channels.claim_due(session, now, after=last):
            found.append((last.team_id, last.channel_id))

    assert found == [("T1", "C2"), ("T0", "C9"), ("T1", "C1"), ("T1", "C3")]
