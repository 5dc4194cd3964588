"""People: their hours and their DM."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reader import Hours, Quiet
from storage import readers
from storage.readers import Reader

UTC, TOKYO, CAIRO = (ZoneInfo(name) for name in ("UTC", "Asia/Tokyo", "Africa/Cairo"))
NIGHT = Quiet(time(22), time(7, 15))


@pytest.fixture
def reader(database):
    """One person as stored."""

    def reader(team_id: str = "T1", user_id: str = "U1") -> Reader:
        with database.read() as session:
            return readers.get(session, team_id, user_id)

    return reader


def test_somebody_unknown_lives_in_utc_is_told_at_nine_and_has_no_dm(reader):
    assert reader() == Reader("T1", "U1", Hours(UTC, time(9)), None, knows_zone=False)
    assert reader().zone == "UTC"


def test_zone_hour_quiet_hours_and_dm_are_remembered_apart(database, reader):
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        readers.set_hour(session, "T1", "U1", time(8, 30))
        readers.set_dms(session, {("T1", "U1"): "D1"})
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Africa/Cairo")
        readers.set_quiet(session, "T1", "U1", NIGHT)

    assert reader() == Reader("T1", "U1", Hours(CAIRO, time(8, 30), NIGHT), "D1", knows_zone=True)


def test_quiet_hours_can_be_given_up(database, reader):
    for quiet in (NIGHT, None):
        with database.begin() as session:
            readers.set_quiet(session, "T1", "U1", quiet)

    assert reader().hours.quiet is None


def test_quiet_hours_may_begin_at_midnight(database, reader):
    quiet = Quiet(time(0), time(0, 1))
    with database.begin() as session:
        readers.set_quiet(session, "T1", "U1", quiet)

    assert reader().hours.quiet == quiet


def test_a_zone_is_learnt_from_slack_once_and_never_over_what_somebody_said(database, reader):
    with database.begin() as session:
        readers.set_dms(session, {("T1", "U1"): "D1"})  # a reader of whom no zone is known
    for learnt in ("Asia/Tokyo", "Africa/Cairo"):
        with database.begin() as session:
            readers.learn_zone(session, "T1", "U1", learnt)
    assert reader().zone == "Asia/Tokyo"

    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "UTC")
        readers.learn_zone(session, "T1", "U1", "Africa/Cairo")
    assert (reader().zone, reader().knows_zone) == ("UTC", True)


def test_a_dm_may_be_known_before_the_zone(database, reader):
    with database.begin() as session:
        readers.set_dms(session, {("T1", "U1"): "D1"})

    assert reader() == Reader("T1", "U1", Hours(UTC), "D1")


def test_the_hours_of_many_are_asked_for_at_once(database, monkeypatch):
    monkeypatch.setattr(readers, "AT_ONCE", 2)
    people = [("T1", "U1"), ("T1", "U2"), ("T2", "U1"), ("T2", "U3"), ("T3", "U1")]
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        readers.set_hour(session, "T2", "U1", time(6))
        readers.set_quiet(session, "T2", "U3", NIGHT)

        assert readers.hours(session, people) == {
            ("T1", "U1"): Hours(TOKYO),
            ("T1", "U2"): Hours(UTC),
            ("T2", "U1"): Hours(UTC, time(6)),
            ("T2", "U3"): Hours(UTC, quiet=NIGHT),
            ("T3", "U1"): Hours(UTC),
        }
        assert readers.hours(session, []) == {}


def test_requests_of_somebody_new_at_once_make_one_reader(database, at_once, reader):
    zones = iter(["Asia/Tokyo"] * 3 + ["Africa/Cairo"])

    def ask() -> None:
        with database.begin() as session:
            readers.set_zone(session, "T1", "U1", next(zones))
            readers.set_dms(session, {("T1", "U1"): "D1"})

    at_once(4, ask)

    assert reader().dm_channel_id == "D1"


def test_a_second_request_of_somebody_new_takes_the_first_ones_reader(
    database, in_threads, until_blocked, reader
):
    def set_dm() -> None:
        with database.begin() as session:
            readers.set_dms(session, {("T1", "U1"): "D1"})

    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        second = in_threads(set_dm)
        until_blocked()
    second.result()

    assert reader() == Reader("T1", "U1", Hours(TOKYO), "D1", knows_zone=True)


def test_no_more_readers_are_counted_than_matter(database):
    with database.begin() as session:
        assert readers.count(session, at_most=10) == 0
        for number in range(5):
            readers.set_zone(session, f"T{number % 2}", f"U{number}", "UTC")

        assert readers.count(session, at_most=10) == 5
        assert readers.count(session, at_most=3) == 3
