"""The schema: up from nothing, down and up again with data, and equal to the models."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Date, bindparam, func, inspect, select, text

from bot.domain.paper import TRENDING, Batch
from bot.services import merging
from storage import (
    aliases,
    digests,
    fetches,
    listings,
    papers,
    rankings,
    readings,
    recording,
    round_ups,
    seen,
)
from storage.database import Database, Session, UtcDateTime
from storage.models import Base
from tests.factories import DAY, a_batch, a_channel, a_listing, a_paper
from tests.factories import papers as papers_of

CHECKOUT = Path(__file__).parents[2]


def test_a_database_without_tables_is_not_current_until_it_is_migrated(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/papers.db")

    assert not database.is_current()
    database.migrate()
    assert database.is_current()
    database.close()


def test_migrating_again_changes_nothing(database, now):
    with database.begin() as session:
        papers.save(session, [a_paper()], now)

    database.migrate()

    with database.read() as session:
        assert papers.count(session) == 1


def test_the_schema_goes_down_and_up_again_with_data_in_every_table(two_teams, now):
    with two_teams.begin() as session:
        fetches.add_failure(session, "hf", DAY, "silent", now)
    assert not _empty_tables(two_teams)

    two_teams.migrate("base")

    assert inspect(two_teams.engine).get_table_names() == ["alembic_version"]
    assert not two_teams.is_current()

    two_teams.migrate()

    assert two_teams.is_current()
    with two_teams.begin() as session:
        assert papers.save(session, [a_paper()], now).new == [a_paper()]
        assert papers.revision(session) == 1


@pytest.mark.parametrize(
    ("lease_until", "error", "state"),
    [(None, None, "pending"), ("2026-06-26 07:02:00", "late", "sending"), (None, "late", "retry")],
)
def test_the_outbox_of_an_earlier_version_goes_on(database, lease_until, error, state):
    database.migrate("base")
    database.migrate("0004")
    with database.begin() as session:
        session.execute(
            text(
                "INSERT INTO deliveries (id, team_id, kind, audience, dedup_key, content, state,"
                " due_at, lease_until, fence, attempts, ambiguous, error) VALUES ('d1', 'T1',"
                " 'digest', 'C1', 'd1', '{}', 'pending', '2026-06-26 07:00:00', :lease_until,"
                " 1, 1, :ambiguous, :error)"
            ),
            {"lease_until": lease_until, "error": error, "ambiguous": False},
        )

    database.migrate("0005")
    assert _states(database) == [state]
    database.migrate("-1")
    assert _states(database) == ["pending"]


def _states(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT state FROM deliveries")))


def test_papers_and_what_refers_to_them_outlive_the_loss_of_what_arxiv_says(two_teams):
    def kept() -> dict[str, int]:
        with two_teams.engine.connect() as connection:
            return {
                name: connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608
                for name in ("papers", "listings", "matches", "seen", "vectors")
            }

    _step(two_teams, command.downgrade, "0008")  # a paper has one vector there
    before = kept()
    for step, revision in ((command.downgrade, "0004"), (command.upgrade, "0008")):
        _step(two_teams, step, revision)

        assert kept() == before
    assert all(before.values())


def _step(database: Database, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def test_votes_that_were_there_before_growth_was_counted_are_where_it_begins(database, now):
    database.migrate("base")
    database.migrate("0006")
    with database.begin() as session:
        _store_as_before(session, a_paper().id)
        session.execute(
            text(
                "INSERT INTO listings (paper_id, source, day, rank, upvotes, comments, submitter,"
                " first_read_at, read_at) VALUES (:id, 'hf', :day, 1, 31, 0, '', :now, :now)"
            ).bindparams(bindparam("day", type_=Date), bindparam("now", type_=UtcDateTime)),
            {"id": a_paper().id, "day": DAY, "now": now},
        )

    database.migrate()

    with database.read() as session:
        found = listings.beginnings(session, [a_paper().id])
    assert found == {a_paper().id: listings.Beginning(now, 31)}


def test_an_earlier_version_takes_nothing_for_news_that_is_only_on_lists_beside_those_of_days(
    database, now
):
    with database.begin() as session:
        papers.save(session, papers_of(2), now)
        recording.record(session, a_batch(*papers_of(1)), now)
        trending = (a_listing(each, source=TRENDING) for each in papers_of(2))
        rankings.record(session, Batch(TRENDING, DAY, tuple(trending)), now)

    _step(database, command.downgrade, "0009")
    with database.engine.connect() as connection:
        left = connection.execute(text("SELECT paper_id, source FROM listings")).all()
    assert [tuple(each) for each in left] == [("2606.00001", "hf")]

    database.migrate()
    with database.read() as session:
        assert papers.count(session) == 2


def test_papers_of_an_earlier_version_are_compared_with_others_after_the_next_start(database, now):
    database.migrate("base")
    database.migrate("0011")
    with database.begin() as session:
        _store_as_before(session, "2606.00001", "Sparse neural codes of mice", "Jane Smith")

    database.migrate()
    with database.read() as session:
        assert list(aliases.alike(session, {"smith:sncm"})) == []
    merging.follow_rules(database)

    with database.read() as session:
        assert list(aliases.alike(session, {"smith:sncm"})) == [("smith:sncm", "2606.00001")]


def test_votes_that_were_read_before_they_were_kept_by_day_are_those_of_that_day(database, now):
    database.migrate("base")
    database.migrate("0012")
    with database.begin() as session:
        for paper in (a_paper(), a_paper("2606.00002")):
            papers.save(session, [paper], now)
            session.execute(
                text(
                    "INSERT INTO listings (paper_id, source, day, rank, upvotes, first_upvotes,"
                    " comments, submitter, first_read_at, read_at)"
                    " VALUES (:id, 'hf', :day, 1, :votes, 3, 0, '', :now, :now)"
                ).bindparams(bindparam("day", type_=Date), bindparam("now", type_=UtcDateTime)),
                {"id": paper.id, "day": DAY, "now": now, "votes": 31 * (paper == a_paper())},
            )

    database.migrate()

    with database.read() as session:
        assert readings.by_day(session, DAY, DAY) == {a_paper().id: [(DAY, 31)]}


def test_a_channels_digest_outlives_the_loss_of_round_ups(two_teams):
    _step(two_teams, command.downgrade, "0012")
    with two_teams.engine.connect() as connection:
        sizes = set(connection.scalars(text("SELECT size FROM channels")))

    two_teams.migrate()

    with two_teams.read() as session:
        again = digests.get(session, "T1", "C1")
        assert round_ups.of_channel(session, "T1", "C1") == ()
    assert (sizes, again and again.change) == ({3, 7}, 0)


def test_the_migrations_make_exactly_what_the_models_describe(database):
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection

        command.check(config)  # raises where they differ


def test_digests_of_channels_outlive_the_loss_of_those_of_people(two_teams, now):
    with two_teams.begin() as session:
        for team in ("T1", "T2"):
            digests.save(session, a_channel(team, "U1", only_topics=True, topics="robots"))
            digests.save(session, a_channel(team, "W1"))
        before = digests.get(session, "T1", "C1")
        shown = seen.among(session, "T1", "C1", [a_paper().id])

    _step(two_teams, command.downgrade, "0013")
    with two_teams.engine.connect() as connection:
        kept = connection.scalars(text("SELECT channel_id FROM channels")).all()
    two_teams.migrate()

    assert kept == ["C1", "C1"]
    with two_teams.begin() as session:
        assert digests.get(session, "T1", "U1") is None
        assert digests.get(session, "T1", "C1") == before
        assert seen.among(session, "T1", "C1", [a_paper().id]) == shown
        digests.save(session, a_channel("T1", "U1", next_due_at=now))
        assert digests.due_person(session, now) is not None


@pytest.mark.parametrize("step", [("upgrade", "head"), ("check",)], ids=" ".join)
def test_a_developers_alembic_finds_its_way(tmp_path, step):
    url = f"sqlite:///{tmp_path}/papers.db"
    if step == ("check",):
        Database(url).migrate()

    done = subprocess.run(
        [sys.executable, "-m", "alembic", "-x", f"database={url}", *step],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def _store_as_before(session: Session, paper_id: str, title: str = "Old", *authors: str) -> None:
    """A paper as versions before the current one stored it."""
    session.execute(
        text(
            "INSERT INTO papers (id, title, abstract, authors, categories, tldr, tldr_by, keywords,"
            " organization, code_url, project_url, thumbnail_url, media_urls, first_seen_at,"
            " revision) VALUES (:id, :title, '', :authors, '[]', '', '', '[]', '', '', '', '',"
            " '[]', '2026-06-26 07:00:00', 1)"
        ),
        {"id": paper_id, "title": title, "authors": json.dumps(authors)},
    )


def _empty_tables(database: Database) -> list[str]:
    with database.read() as session:
        return [
            table.name
            for table in Base.metadata.sorted_tables
            if not session.scalar(select(func.count()).select_from(table))
        ]
