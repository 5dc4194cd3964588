"""Missing and wrong settings: one sentence that names the setting, exit code 2, no traceback."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot import stores
from bot.config import read_settings
from storage.database import Database

SERVING = ("run", "worker")
DEAD = "http://127.0.0.1:9/api/"


@pytest.fixture
def ready(no_settings, monkeypatch, slack, hugging_face):
    """Everything is set; a test then gets one thing wrong."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)


@pytest.fixture
def empty_postgres(postgres: str, monkeypatch) -> Iterator[str]:
    """A PostgreSQL database that nobody has migrated yet, as the setting names it."""
    name = "unmigrated"
    admin = Database(postgres)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        address = make_url(postgres).set(database=name)
        yield address.render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.close()


def one_sentence(ran) -> str:
    """What was said, if it was one sentence about a setting."""
    assert (ran.code, ran.out) == (2, ""), ran
    [line] = ran.err.splitlines()
    assert line.endswith((".", "instead."))
    return line


# -- what is missing ----------------------------------------------------------------------------


@pytest.mark.parametrize("command", SERVING)
def test_without_any_setting_the_bot_token_is_asked_for(papers, command):
    assert one_sentence(papers(command)).startswith("SLACK_BOT_TOKEN is not set.")


def test_run_with_a_bot_token_alone_says_both_ways_to_connect(papers, ready, monkeypatch):
    monkeypatch.delenv("SLACK_APP_TOKEN")
    said = one_sentence(papers("run"))

    assert said.startswith("SLACK_APP_TOKEN is not set.")
    assert "SLACK_SIGNING_SECRET" in said


@pytest.mark.parametrize("name", ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_run_without_a_bot_token_asks_for_it_in_either_mode(papers, monkeypatch, name):
    monkeypatch.setenv(name, "something")

    assert one_sentence(papers("run")).startswith("SLACK_BOT_TOKEN is not set.")


# -- what is wrong, whatever the command --------------------------------------------------------


@pytest.mark.parametrize("command", [*SERVING, "doctor"])
@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("PORT", "abc", "PORT must be a number"),
        ("PORT", "70000", "PORT must be a number"),
        ("SLACK_API_URL", "nonsense", "SLACK_API_URL must be an address"),
        ("HF_ENDPOINT", "nonsense", "HF_ENDPOINT must be an address"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    papers, ready, monkeypatch, command, name, said, sentence
):
    monkeypatch.setenv(name, said)

    assert one_sentence(papers(command)).startswith(sentence)


@pytest.mark.parametrize("command", SERVING)
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("xoxb-wrong", r"Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)\."),
        ("no token at all", r"Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)\."),
        ("令牌", r"SLACK_BOT_TOKEN is not a token\."),
    ],
)
def test_a_wrong_bot_token_is_said_with_slacks_reason(
    papers, ready, monkeypatch, command, said, reason
):
    monkeypatch.setenv("SLACK_BOT_TOKEN", said)

    assert re.match(reason, one_sentence(papers(command)))


def test_a_wrong_app_token_is_said_with_slacks_reason(papers, ready, monkeypatch):
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-wrong")

    assert one_sentence(papers("run")) == (
        "Slack refuses SLACK_APP_TOKEN (invalid_auth). Copy it again."
    )


def test_in_http_mode_a_wrong_token_is_said_before_any_server_starts(papers, ready, monkeypatch):
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")

    assert "(invalid_auth)" in one_sentence(papers("run"))


@pytest.mark.parametrize("command", SERVING)
def test_a_slack_that_does_not_answer_is_said_with_its_address(papers, ready, monkeypatch, command):
    monkeypatch.setenv("SLACK_API_URL", DEAD)

    assert one_sentence(papers(command)) == f"I can't reach Slack at {DEAD}."


# -- where it remembers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("nonsense", "must be like sqlite:////folder/papers.db or postgresql://user@host/name."),
        ("oracle+nothing://x/y", "must be like"),
        ("mysql://user:hush@x/y", "needs MySQLdb"),
        ("sqlite:////proc/nowhere/papers.db", "cannot be used: "),
        ("postgres://papers:hush@127.0.0.1:1/papers", "cannot be used: connection failed"),
    ],
)
@pytest.mark.parametrize("command", ["run", "doctor", "search x", "status", "migrate"])
def test_a_database_that_does_not_open_is_said_without_its_password(
    papers, ready, monkeypatch, command, address, reason
):
    monkeypatch.setenv("PAPERS_DATABASE_URL", address)
    ran = papers(*command.split())

    assert ran.code == 2
    assert f"PAPERS_DATABASE_URL {reason}" in ran.out + ran.err
    assert "hush" not in ran.out + ran.err


@pytest.mark.parametrize("command", ["run", "worker", "search x", "status", "migrate"])
@pytest.mark.parametrize("place", ["a-file", "a-file/within", "/proc/nowhere"])
def test_a_data_folder_that_cannot_be_one_is_said(papers, ready, monkeypatch, command, place):
    Path("a-file").write_text("not a folder")
    monkeypatch.setenv("PAPERS_DATA_DIR", place)

    said = one_sentence(papers(*command.split()))
    assert said.startswith("PAPERS_DATA_DIR cannot be used: ")


def test_a_data_folder_that_cannot_be_one_is_a_finding_of_the_doctor(papers, ready, monkeypatch):
    Path("a-file").write_text("not a folder")
    monkeypatch.setenv("PAPERS_DATA_DIR", "a-file")
    ran = papers("doctor")

    assert ran.code == 2
    assert "missing  PAPERS_DATA_DIR cannot be used: " in ran.out


def test_a_file_that_is_no_database_is_said(papers, ready, monkeypatch):
    Path("papers.db").write_bytes(b"something else entirely " * 100)
    monkeypatch.setenv("PAPERS_DATABASE_URL", "sqlite:///papers.db")

    assert one_sentence(papers("status")) == (
        "PAPERS_DATABASE_URL cannot be used: file is not a database."
    )


# -- the schema ---------------------------------------------------------------------------------


def test_sqlite_is_migrated_by_migrate_and_by_whatever_opens_it(papers):
    assert papers("migrate").out == papers("migrate").out == "The schema is current.\n"
    with closing(stores.open_database(read_settings())) as database:
        assert database.is_current()


def test_postgresql_waits_for_migrate_and_says_so(papers, ready, monkeypatch, empty_postgres):
    monkeypatch.setenv("DATABASE_URL", empty_postgres)
    for command in ("run", "worker", "status"):
        assert "Run `papers migrate`." in one_sentence(papers(command))
    assert "Run `papers migrate`." in papers("doctor").out

    assert papers("migrate").out == "The schema is current.\n"
    assert papers("status").code == 0
    assert papers("doctor").code == 0
