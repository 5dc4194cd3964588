"""`papers doctor`: each thing that a start needs, in a sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import manifest
from bot.blocks.words import short_day
from bot.sandbox import Sandbox
from tests.arxiv import ArxivHere, a_feed, an_item
from tests.feeds import FeedsHere, a_row
from tests.feeds import a_feed as a_feed_of
from tests.feeds import an_item as an_item_of_a_feed
from tests.hugging_face import an_entry

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def ready(monkeypatch, slack, hugging_face):
    """A machine on which everything is set."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)


def missing(ran) -> list[str]:
    return [
        line.removeprefix("missing").strip()
        for line in ran.out.splitlines()
        if line.startswith("missing")
    ]


def test_where_all_is_well_it_says_so_of_each_thing(papers, ready):
    ran = papers("doctor")

    assert (ran.code, ran.err, missing(ran)) == (0, "", [])
    assert "Every scope is granted." in ran.out
    assert "Socket Mode opens with SLACK_APP_TOKEN." in ran.out
    assert "The database opens and its schema is current." in ran.out
    assert "Who listens with SLACK_APP_TOKEN: nobody does yet." in ran.out
    assert "The search index can be read and written." in ran.out
    assert "Hugging Face answers: 0 papers on today's list." in ran.out


def test_without_any_setting_it_names_the_token_and_both_ways_to_connect(
    papers, monkeypatch, hugging_face
):
    monkeypatch.setenv("HF_ENDPOINT", hugging_face.url)
    ran = papers("doctor")

    token, transport = missing(ran)
    assert ran.code == 2
    assert token.startswith("SLACK_BOT_TOKEN is not set.")
    assert transport == "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
@pytest.mark.parametrize("said", ["xoxb-wrong", "no token at all", "tökén"])
def test_a_token_that_slack_refuses_is_named_with_slacks_reason(
    papers, ready, monkeypatch, name, said
):
    monkeypatch.setenv(name, said)
    ran = papers("doctor")

    [sentence] = missing(ran)
    assert ran.code == 2
    assert name in sentence
    assert sentence.endswith("Copy it again.")
    assert said not in ran.out + ran.err


def test_with_a_signing_secret_it_says_where_it_waits_for_slack(papers, ready, monkeypatch, slack):
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
    monkeypatch.setenv("PORT", "8123")

    assert "HTTP mode: Slack's requests are awaited on port 8123." in papers("doctor").out


def test_scopes_that_are_not_granted_are_named(papers, ready, monkeypatch):
    asked = manifest.manifest()
    asked["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write"]
    with Sandbox(asked) as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        ran = papers("doctor")

    [sentence] = missing(ran)
    assert ran.code == 1
    assert sentence.startswith("Missing scopes: channels:history, channels:read, ")
    assert sentence.endswith("Add them and install the app again.")


def test_a_slack_that_cannot_be_reached_is_said_with_its_address(papers, ready, monkeypatch):
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    ran = papers("doctor")

    assert ran.code == 2
    assert "I can't reach Slack at http://127.0.0.1:9/api/." in missing(ran)


def test_something_that_is_not_slack_is_called_so(papers, ready, monkeypatch, hugging_face):
    monkeypatch.setenv("SLACK_API_URL", f"{hugging_face.url}/api/")
    ran = papers("doctor")

    assert ran.code == 2
    assert f"What answers at {hugging_face.url}/api/ is not Slack." in missing(ran)


def test_a_silent_source_is_said_and_is_no_wrong_setting(papers, ready, hugging_face):
    hugging_face.status = 404
    ran = papers("doctor")

    [sentence] = missing(ran)
    assert ran.code == 1
    assert sentence.startswith("Hugging Face: The answer was 404")


def test_papers_on_todays_list_are_counted(papers, ready, hugging_face, monkeypatch):
    class EveryDay(dict):
        def get(self, day, _=None):
            return [an_entry("2606.00001", "One", day), an_entry("2606.00002", "Two", day)]

    hugging_face.lists = EveryDay()

    assert "Hugging Face answers: 2 papers on today's list." in papers("doctor").out


def test_a_search_index_that_cannot_be_used_is_named_with_the_systems_reason(
    papers, ready, monkeypatch, tmp_path
):
    monkeypatch.setenv("PAPERS_DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere.db")
    monkeypatch.setenv("PAPERS_DATA_DIR", str(tmp_path / "file"))
    (tmp_path / "file").write_text("no folder")
    ran = papers("doctor")

    [sentence] = missing(ran)
    assert ran.code == 1
    assert sentence.startswith("The search index in PAPERS_DATA_DIR cannot be used: ")


@pytest.fixture
def arxiv(monkeypatch):
    here = ArxivHere()
    monkeypatch.setenv("PAPERS_ARXIV_URL", here.url)
    monkeypatch.setenv("PAPERS_ARXIV_CATEGORIES", "cs.SD")
    yield here
    here.close()


def test_where_categories_are_followed_it_says_whether_arxiv_answers(papers, ready, arxiv):
    arxiv.announce("/rss/cs.SD", a_feed(an_item("2606.20001")))
    ran = papers("doctor")

    assert "arXiv answers: 1 papers on its latest announcement." in ran.out
    assert "Set PAPERS_CONTACT" in ran.out
    assert ran.code == 0


def test_an_arxiv_that_fails_is_told(papers, ready, arxiv, monkeypatch):
    monkeypatch.setattr("bot.services.turns.PAUSE", timedelta())

    assert missing(papers("doctor")) == ["arXiv: The answer was 404 Not Found."]


@pytest.fixture
def named(monkeypatch):
    here = FeedsHere()
    monkeypatch.setenv("PAPERS_FEEDS", f"{here.url}/feed.xml biorxiv:all")
    monkeypatch.setenv("PAPERS_BIORXIV_URL", here.url)
    monkeypatch.setattr("bot.live.HOST_PAUSE", timedelta())
    today = datetime.now(UTC).date()
    here.rows = [a_row("10.1101/1", "Cranes", str(today))]
    yield here
    here.close()


def test_where_feeds_are_named_it_says_of_each_whether_it_answers(papers, ready, named):
    item = an_item_of_a_feed("Tides", day=f"{datetime.now(UTC):%d %b %Y}")
    named.put("/feed.xml", a_feed_of(item))
    ran = papers("doctor")

    today = short_day(datetime.now(UTC).date())
    assert (ran.code, missing(ran)) == (0, [])
    assert f"Harbour Lab answers: 1 paper, the latest of {today}." in ran.out
    assert f"bioRxiv answers: 1 paper, the latest of {today}." in ran.out


def test_feeds_that_fail_or_list_nothing_are_told(papers, ready, named):
    named.rows = []
    feed, server = missing(papers("doctor"))

    assert feed.startswith("127.0.0.1:")
    assert feed.endswith(": The answer was 404 Not Found.")
    assert server == "bioRxiv answers: 0 papers. It is late: it lists nothing at all."


def test_an_entry_that_names_no_feed_ends_every_command_in_one_sentence(papers, ready, monkeypatch):
    monkeypatch.setenv("PAPERS_FEEDS", "lab.example.org/feed")

    for command in ("doctor", "run", "worker", "status"):
        ran = papers(command)
        assert ran.code == 2
        assert ran.err.startswith("PAPERS_FEEDS: lab.example.org/feed (entry 1) is no feed.")
