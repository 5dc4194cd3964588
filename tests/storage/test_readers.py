"""People: their zone and their DM."""

from storage import readers
from storage.readers import Reader


def test_somebody_unknown_lives_in_utc_and_has_no_dm(database):
    with database.read() as session:
        assert readers.get(session, "T1", "U1") == Reader("T1", "U1", "UTC", None)


def test_zone_and_dm_are_remembered_apart(database):
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        readers.set_dm(session, "T1", "U1", "D1")
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Africa/Cairo")

    with database.read() as session:
        assert readers.get(session, "T1", "U1") == Reader("T1", "U1", "Africa/Cairo", "D1")


def test_a_dm_may_be_known_before_the_zone(database):
    with database.begin() as session:
        readers.set_dm(session, "T1", "U1", "D1")

        assert readers.get(session, "T1", "U1") == Reader("T1", "U1", "UTC", "D1")


def test_requests_of_somebody_new_at_once_make_one_reader(database, at_once):
    zones = iter(["Asia/Tokyo"] * 3 + ["Africa/Cairo"])

    def ask() -> None:
        with database.begin() as session:
            readers.set_zone(session, "T1", "U1", next(zones))
            readers.set_dm(session, "T1", "U1", "D1")

    at_once(4, ask)

    with database.read() as session:
        assert readers.get(session, "T1", "U1").dm_channel_id == "D1"


def test_a_second_request_of_somebody_new_takes_the_first_ones_reader(
    database, in_threads, until_blocked
):
    def set_dm() -> None:
        with database.begin() as session:
            readers.set_dm(session, "T1", "U1", "D1")

    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
        second = in_threads(set_dm)
        until_blocked()
    second.result()

    with database.read() as session:
        assert readers.get(session, "T1", "U1") == Reader("T1", "U1", "Asia/Tokyo", "D1")
