"""A channel's digest is turned on, off and moved."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest import WORKDAYS, Digest, Look
from bot.domain.preferences import Topics
from bot.services import digests
from tests.factories import NOW

BERLIN, TOKYO, UTC = (ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Tokyo", "UTC"))
MONDAY_AT_NINE = NOW + timedelta(days=3)  # in Berlin


@pytest.fixture
def turn_on(database):
    def turn_on(zone: ZoneInfo = BERLIN, *, by: str = "U1", now: datetime = NOW) -> Digest:
        return digests.turn_on(database, "T1", "C1", by=by, zone=zone, now=now)

    return turn_on


@pytest.fixture
def move(database):
    def move(
        at: time, zone: ZoneInfo | None = None, *, fallback: ZoneInfo = UTC, now: datetime = NOW
    ) -> Digest:
        return digests.move(
            database, "T1", "C1", at=at, zone=zone, fallback=fallback, by="U2", now=now
        )

    return move


@pytest.fixture
def settings(database):
    def settings(channel_id: str = "C1", team: str = "T1") -> Digest | None:
        return digests.settings(database, team, channel_id)

    return settings


def test_nobody_has_set_anything_at_first(settings):
    assert settings() is None


def test_on_alone_is_nine_on_workdays_in_the_zone_of_whoever_typed_it(turn_on, settings):
    digest = turn_on()

    assert (digest.schedule.at, digest.schedule.zone) == (time(9), BERLIN)
    assert digest.schedule.weekdays == WORKDAYS
    assert (digest.size, digest.set_by) == (5, "U1")
    assert digest.next_due_at == MONDAY_AT_NINE  # it is nine just now: the next one
    assert settings() == digest


def test_on_twice_changes_nothing_but_who_set_it(turn_on):
    first = turn_on()
    second = turn_on(TOKYO, by="U2", now=NOW + timedelta(hours=1))

    assert second.schedule == first.schedule
    assert (second.next_due_at, second.set_by) == (first.next_due_at, "U2")


def test_on_again_does_not_swallow_a_digest_that_is_due_and_waits_for_its_source(turn_on):
    turn_on()
    again = turn_on(now=MONDAY_AT_NINE + timedelta(minutes=5))

    assert again.next_due_at == MONDAY_AT_NINE


def test_off_keeps_the_settings_for_the_day_it_is_wanted_again(database, turn_on, move, settings):
    move(time(14, 30), TOKYO)
    stopped = digests.turn_off(database, "T1", "C1", by="U1")
    assert stopped.next_due_at is None

    again = turn_on()

    assert (again.schedule.at, again.schedule.zone) == (time(14, 30), TOKYO)
    assert again.next_due_at == datetime(2026, 6, 29, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("before", [[], ["on", "off"]], ids=["never on", "off before"])
def test_off_where_it_is_off_says_so(database, turn_on, before):
    if before:
        turn_on()
        digests.turn_off(database, "T1", "C1", by="U1")

    with pytest.raises(digests.DigestIsOff, match="digest on"):
        digests.turn_off(database, "T1", "C1", by="U1")


def test_moving_keeps_the_zone_unless_one_is_named(turn_on, move):
    turn_on()

    assert move(time(10)).schedule.zone == BERLIN
    assert move(time(10), TOKYO).schedule.zone == TOKYO
    assert move(time(11)).schedule.zone == TOKYO


def test_moving_what_was_never_set_takes_the_zone_of_whoever_moves_it(move):
    digest = move(time(8), fallback=TOKYO)

    assert digest.schedule.zone == TOKYO
    assert digest.next_due_at == datetime(2026, 6, 28, 23, tzinfo=UTC)  # Monday at eight there


def test_moving_turns_a_digest_on(database, turn_on, move):
    turn_on()
    digests.turn_off(database, "T1", "C1", by="U1")

    assert move(time(10)).next_due_at == NOW + timedelta(hours=1)


@pytest.fixture
def prefer(database):
    def prefer(change, *, now: datetime = NOW) -> Digest:
        return digests.prefer(database, "T1", "C1", change=change, fallback=TOKYO, by="U2", now=now)

    return prefer


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (digests.sized(3), "size", 3),
        (digests.looking(Look.CARDS), "look", Look.CARDS),
        (digests.preferring(Topics("robots")), "topics", "robots"),
    ],
)
def test_size_look_and_topics_are_kept_and_move_nothing(
    turn_on, prefer, settings, change, field, value
):
    turn_on()
    changed = prefer(change)

    assert getattr(changed, field) == value
    assert (changed.next_due_at, changed.set_by) == (MONDAY_AT_NINE, "U2")
    assert settings() == changed


def test_other_days_bring_another_next_date(turn_on, prefer):
    turn_on()

    assert prefer(digests.on_days(frozenset({2}))).next_due_at == NOW + timedelta(days=5)


def test_a_digest_that_is_due_stays_due_where_its_look_changes(turn_on, prefer):
    turn_on()
    late = prefer(digests.looking(Look.CARDS), now=MONDAY_AT_NINE + timedelta(minutes=5))

    assert late.next_due_at == MONDAY_AT_NINE


def test_what_is_set_while_a_digest_is_off_waits_for_it(database, prefer, turn_on):
    off = prefer(digests.sized(3))
    assert (off.next_due_at, off.schedule.zone) == (None, TOKYO)

    assert turn_on().size == 3


def test_other_channels_and_workspaces_are_left_alone(turn_on, settings):
    turn_on()

    assert settings("C2") is None
    assert settings(team="T2") is None
