"""Settings: what the README says is what is read, and a wrong one is a sentence."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices

from bot.config import Settings, SettingsProblem, read_settings
from storage.database import Database

ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \|(?P<default>[^|]*)\|(?P<meaning>.*)\|$", re.MULTILINE)
README = Path(__file__).parents[2] / "README.md"
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-hush-1",
    "SLACK_APP_TOKEN": "xapp-hush-2",
    "SLACK_SIGNING_SECRET": "hush-3",
    "HF_TOKEN": "hf_hush4",
    "PAPERS_DATABASE_URL": "postgresql://papers:hush-5@db/papers",
}

pytestmark = pytest.mark.usefixtures("no_settings")


def names() -> set[str]:
    """How each setting is called in the environment, by its first name."""
    found = set()
    for field, info in Settings.model_fields.items():
        alias = info.validation_alias or f"PAPERS_{field.upper()}"
        found.add(str(alias.choices[0] if isinstance(alias, AliasChoices) else alias))
    return found


def documented() -> dict[str, re.Match[str]]:
    return {row["name"]: row for row in ROW.finditer(README.read_text("utf-8"))}


def test_the_readmes_table_names_every_setting_and_no_other():
    assert documented().keys() == names()


def test_the_readme_says_what_each_setting_decides():
    assert all(row["meaning"].strip() for row in documented().values())


@pytest.mark.parametrize(
    ("name", "field"),
    [("SLACK_API_URL", "slack_api_url"), ("HF_ENDPOINT", "hf_endpoint"), ("PORT", "port")],
)
def test_a_default_that_the_readme_names_is_the_default(name, field):
    assert documented()[name]["default"].strip(" `") == str(getattr(read_settings(), field))


def test_without_any_setting_everything_is_kept_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("PAPERS_DATA_DIR", str(tmp_path / "here"))
    settings = read_settings()

    assert settings.database_url == f"sqlite:///{tmp_path / 'here' / 'papers.db'}"
    assert settings.index_folder.parent == tmp_path / "here"


def test_the_environment_comes_before_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("PAPERS_CONTACT=from the file\nPORT=4000\n")
    monkeypatch.setenv("PORT", "5000")
    settings = read_settings()

    assert (settings.contact, settings.port) == ("from the file", 5000)


def test_our_name_for_the_database_comes_before_the_hosts(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://theirs/papers")
    assert read_settings().database_url == "postgres://theirs/papers"

    monkeypatch.setenv("PAPERS_DATABASE_URL", "postgres://ours/papers")
    assert read_settings().database_url == "postgres://ours/papers"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_through_psycopg_however_its_address_begins(monkeypatch, scheme):
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://papers:secret@db.example/papers")
    database = Database(read_settings().database_url)

    assert database.engine.url.drivername == "postgresql+psycopg"
    assert database.engine.url.host == "db.example"


def test_two_databases_never_share_a_search_index(monkeypatch):
    one = read_settings().index_folder
    monkeypatch.setenv("PAPERS_DATABASE_URL", "postgres://elsewhere/papers")

    assert read_settings().index_folder != one


def test_names_it_does_not_know_are_ignored(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("PAPERS_COLOUR=blue\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PAPERS_TASTE", "sweet")

    assert read_settings().port == 3000


def test_an_empty_setting_is_no_setting(monkeypatch):
    for name in names() - {"PAPERS_DATA_DIR"}:
        monkeypatch.setenv(name, "")

    assert read_settings().slack_bot_token is None
    assert read_settings().port == 3000


def test_settings_do_not_change_once_read():
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1


def test_no_secret_is_shown_where_settings_are_printed(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()

    assert "hush" not in repr(settings) + str(settings) + str(settings.model_dump())
    assert settings.slack_bot_token.get_secret_value() == "xoxb-hush-1"


@pytest.mark.parametrize("said", ["abc", "0", "65536", "-1", "3000.5", "xoxb-pasted-wrong"])
def test_a_port_that_is_none_is_said_without_repeating_it(monkeypatch, said):
    monkeypatch.setenv("PORT", said)

    with pytest.raises(SettingsProblem, match=r"^PORT must be a number from 1 to 65535\.$"):
        read_settings()


@pytest.mark.parametrize("name", ["SLACK_API_URL", "HF_ENDPOINT"])
@pytest.mark.parametrize(
    "said",
    ["nonsense", "slack.com/api", "http://", "ftp://a/", "http://[", "http://a:b/", "http://a b/"],
)
def test_an_address_nobody_can_reach_is_said_by_its_name(monkeypatch, name, said):
    monkeypatch.setenv(name, said)

    with pytest.raises(SettingsProblem, match=rf"^{name} must be an address that begins with "):
        read_settings()


def test_feeds_are_named_with_spaces_commas_and_lines_between(monkeypatch):
    monkeypatch.setenv("PAPERS_FEEDS", "https://a.example/feed,\nbiorxiv:neuroscience")

    assert read_settings().feeds == "https://a.example/feed biorxiv:neuroscience"
    assert "a.example" not in repr(read_settings())


def test_a_feed_that_is_none_is_named_in_one_sentence(monkeypatch):
    monkeypatch.setenv("PAPERS_FEEDS", "https://a.example/feed ftp://me:hush@b.example/feed?k=hush")

    with pytest.raises(SettingsProblem) as problem:
        read_settings()
    assert str(problem.value).startswith(
        "PAPERS_FEEDS: ftp://b.example/feed (entry 2) is no feed. Name addresses that begin with"
    )
    assert "hush" not in str(problem.value)


def test_a_file_that_is_not_text_is_said_in_words(tmp_path):
    (tmp_path / ".env").write_bytes(b"PAPERS_CONTACT=caf\xe9\n")

    with pytest.raises(SettingsProblem, match=r"^The file \.env must be text in UTF-8\.$"):
        read_settings()
