"""The two kinds of session, what each database promises, and instants in and out."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from storage import fetches, papers, readers
from storage.database import Database
from storage.models import FetchRow, ListingRow
from tests.factories import DAY, a_paper, owe


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],
)
def test_sqlite_is_opened_for_durable_and_concurrent_use(sqlite_database, pragma, value):
    with sqlite_database.begin() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_writer_on_sqlite_holds_the_lock_from_its_first_statement_even_a_select(
    sqlite_database,
):
    with sqlite_database.begin() as session:
        papers.count(session)

        assert not _can_write(sqlite_database)


def test_a_reader_on_sqlite_holds_no_writer_up(sqlite_database):
    with sqlite_database.read() as session:
        papers.count(session)

        assert _can_write(sqlite_database)


def test_a_reader_sees_one_snapshot_whatever_is_committed_meanwhile(database, now):
    with database.read() as reading:
        before = papers.count(reading)
        with database.begin() as writing:
            papers.save(writing, [a_paper()], now)

        assert papers.count(reading) == before == 0

    with database.read() as reading:
        assert papers.count(reading) == 1


def test_a_reading_session_is_refused_a_write_and_harms_no_later_one(database, now):
    with pytest.raises(DBAPIError, match=r"read-?only"), database.read() as session:
        papers.save(session, [a_paper()], now)

    for _ in range(5):
        with database.begin() as session:
            papers.save(session, [a_paper()], now)


def test_an_exception_takes_everything_back(database, now):
    def save_and_fail() -> None:
        with database.begin() as session:
            papers.save(session, [a_paper()], now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()

    with database.read() as session:
        assert papers.count(session) == papers.revision(session) == 0


def test_a_row_that_points_nowhere_is_refused(database, now):
    orphan = ListingRow(
        paper_id="2606.99999",
        source="hf",
        day=DAY,
        rank=1,
        upvotes=0,
        comments=0,
        submitter="",
        first_read_at=now,
        read_at=now,
    )

    with pytest.raises(IntegrityError), database.begin() as session:
        session.add(orphan)


def test_a_refusal_shows_no_topic(database):
    secret = {"topic": "a secret project"}
    with database.begin() as session:
        owe(session, dedup_key="alert:1", content=secret)

    with pytest.raises(IntegrityError) as refusal, database.begin() as session:
        owe(session, dedup_key="alert:1", content=secret)

    assert "secret" not in str(refusal.value)


def test_an_instant_comes_back_in_utc_whatever_zone_it_was_given_in(database):
    in_tokyo = datetime(2026, 6, 26, 8, tzinfo=ZoneInfo("Asia/Tokyo"))
    with database.begin() as session:
        fetches.add_failure(session, "hf", DAY, "silent", in_tokyo)

    with database.read() as session:
        read = fetches.last_read(session, "hf", DAY)

    assert read.read_at.isoformat() == "2026-06-25T23:00:00+00:00"


def test_a_postgresql_server_in_another_zone_changes_nothing(postgres_database, now):
    mark = "&" if "?" in postgres_database.url else "?"
    elsewhere = Database(f"{postgres_database.url}{mark}options=-c%20timezone%3DAsia/Tokyo")
    with elsewhere.begin() as session:
        fetches.add_failure(session, "hf", DAY, "silent", now)

    with elsewhere.read() as session:
        read = fetches.last_read(session, "hf", DAY)
    elsewhere.close()

    assert read.read_at.isoformat() == now.isoformat()
    assert read.read_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database):
    naive = datetime(2026, 6, 26, 9)  # noqa: DTZ001 - the naive one is what is refused

    with pytest.raises(StatementError, match="needs its zone"), database.begin() as session:
        session.add(FetchRow(source="hf", day=DAY, read_at=naive))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_as_hosts_write_it_means_psycopg(scheme):
    database = Database(f"{scheme}://me@db.test/papers")

    assert database.engine.driver == "psycopg"
    assert not database.is_sqlite


def test_the_folder_of_a_sqlite_file_is_made(tmp_path, now):
    database = Database(f"sqlite:///{tmp_path}/not/yet/papers.db")
    database.migrate()
    with database.begin() as session:
        readers.set_zone(session, "T1", "U1", "Asia/Tokyo")
    database.close()

    assert (tmp_path / "not/yet/papers.db").is_file()


def _can_write(database: Database) -> bool:
    """Whether another connection would get the writer's lock without waiting."""
    path = database.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True
