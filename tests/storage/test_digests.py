"""Digests: what is set, and which is due, for one worker only."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.domain.digest import Digest, Look, Schedule
from storage import digests
from tests.factories import NOW, a_channel

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def save(database):
    def save(*given: Digest) -> None:
        with database.begin() as session:
            for digest in given:
                digests.save(session, digest)

    return save


@pytest.fixture
def get(database):
    def get(channel_id: str = "C1") -> Digest | None:
        with database.read() as session:
            return digests.get(session, "T1", channel_id)

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
        assert digests.claim_due(session, now) is None


def test_the_channel_that_waits_longest_comes_first(save, database, now):
    save(
        a_channel(channel_id="C1", next_due_at=now),
        a_channel(channel_id="C2", next_due_at=now - timedelta(minutes=5)),
    )

    with database.begin() as session:
        assert digests.claim_due(session, now).audience == "C2"


def test_channels_that_are_on_come_next_one_first(save, database):
    save(
        a_channel(channel_id="C1", next_due_at=TOMORROW),
        a_channel(channel_id="C2", next_due_at=NOW),
        a_channel(channel_id="C3", next_due_at=None),
    )

    with database.read() as session:
        on = digests.switched_on(session, "T1")

    assert [each.audience for each in on] == ["C2", "C1"]


def test_two_workers_on_postgresql_never_hold_the_same_channel(postgres_database, now):
    with postgres_database.begin() as session:
        for number in range(2):
            digests.save(session, a_channel(channel_id=f"C{number}", next_due_at=now))

    with postgres_database.begin() as first, postgres_database.begin() as second:
        second.execute(text("SET LOCAL lock_timeout = '5s'"))  # waiting would hang this test

        claimed = [
            digests.claim_due(first, now).audience,
            digests.claim_due(second, now).audience,
        ]

        assert sorted(claimed) == ["C0", "C1"]
        assert digests.claim_due(second, now).audience == claimed[1]  # still its own


def test_workers_at_once_take_every_due_channel_exactly_once(save, database, now, at_once):
    save(*(a_channel(channel_id=f"C{number:02}", next_due_at=now) for number in range(24)))

    def work() -> list[str]:
        taken = []
        while True:
            with database.begin() as session:
                digest = digests.claim_due(session, now)
                if digest is None:
                    return taken
                digests.save(session, replace(digest, next_due_at=TOMORROW))
            taken.append(digest.audience)

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
        while last := digests.claim_due(session, now, after=last):
            found.append((last.team_id, last.audience))

    assert found == [("T1", "C2"), ("T0", "C9"), ("T1", "C1"), ("T1", "C3")]


def test_people_and_channels_stand_in_lines_of_their_own(save, database, now):
    save(a_channel(channel_id="U1"), a_channel(channel_id="W1"), a_channel(channel_id="C1"))
    with database.read() as session:
        first = digests.due_person(session, now)
        assert first is not None
        second = digests.due_person(session, now, after=first)

        assert [each.audience for each in digests.switched_on(session, "T1")] == ["C1"]
        assert (first.audience, second and second.audience) == ("U1", "W1")
        assert digests.channel_is_due(session, "T1", now)


def test_a_person_who_paused_is_not_due_until_that_is_over(save, database, now):
    save(a_channel(channel_id="U1", paused_until=TOMORROW))
    with database.read() as session:
        assert digests.due_person(session, now) is None
        assert digests.due_person(session, TOMORROW) is not None


def test_what_was_looked_at_is_claimed_if_nobody_made_it_since(save, get, database):
    save(a_channel(channel_id="U1"))
    looked_at = get("U1")
    assert looked_at is not None
    with database.begin() as session:
        assert digests.claim(session, looked_at) == looked_at
        digests.save(session, replace(looked_at, next_due_at=TOMORROW))
    with database.begin() as session:
        assert digests.claim(session, looked_at) is None
