"""The bot as it is built from settings, and as it runs in Socket Mode."""

import logging
import os
import signal
import time
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot import app
from bot.config import Settings, SettingsProblem
from bot.domain.announcements import latest
from bot.quirks import spare_this_machine_the_proxy
from bot.serve import listening, ticking
from bot.services import turns
from bot.services.reading import alone
from tests.arxiv import ArxivHere, a_feed, an_answer, an_entry, an_item
from tests.house import words
from tests.process import Visitor, started
from tests.waiting import until

CONNECTED = "Connected to Slack over Socket Mode"

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def settings(slack, hugging_face, tmp_path) -> Settings:
    return Settings(
        SLACK_BOT_TOKEN=SecretStr(slack.bot_token),
        SLACK_API_URL=slack.api_url,
        HF_ENDPOINT=hugging_face.url,
        data_dir=tmp_path,
    )


@pytest.fixture
def environment(slack, hugging_face) -> dict[str, str]:
    """What a person sets for Socket Mode."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "HF_ENDPOINT": hugging_face.url,
    }


@pytest.fixture
def page(slack):
    with Visitor(slack.url) as visitor:
        yield visitor


# -- as a process -------------------------------------------------------------------------------


def test_run_answers_over_socket_mode_and_stops_in_order(tmp_path, environment, page):
    with started(tmp_path, "run", **environment) as process:
        process.says(CONNECTED)

        assert "/papers subscribe" in words(page.type("ana", "help"))
        assert "Nothing found" in words(page.type("ana", "search satellite payload"))
        assert process.stop(signal.SIGTERM) == 0
    assert process.err == ""
    assert len(process.out.splitlines()) == 1


def test_run_stops_at_once_while_it_waits_to_ask_a_silent_source_again(
    tmp_path, environment, hugging_face
):
    hugging_face.status = 503
    with started(tmp_path, "run", **environment) as process:
        until(lambda: "Try 1 failed" in process.err)
        begun = time.monotonic()

        assert process.stop() == 0
        assert time.monotonic() - begun < 5
    assert "Traceback" not in process.err


def test_worker_reads_sources_listens_to_nobody_and_stops_in_order(
    tmp_path, environment, hugging_face, page
):
    with started(tmp_path, "worker", **environment) as process:
        until(lambda: hugging_face.asked)

        assert not page.state()["connected"]
        assert process.stop(signal.SIGTERM) == 0
    assert process.err == ""


# -- in Socket Mode -----------------------------------------------------------------------------


def test_a_command_that_says_payload_is_answered(settings, slack, page):
    bot = app.build(settings)
    with ticking(bot), listening(bot, slack.app_token, slack.api_url):
        answer = page.type("ana", "search payload=satellite payload")

    assert "Nothing found" in words(answer)


def test_a_wrong_app_token_is_said_with_slacks_reason(settings, slack):
    bot = app.build(settings)
    with (
        pytest.raises(SettingsProblem, match=r"refuses SLACK_APP_TOKEN \(invalid_auth\)\. Copy"),
        ticking(bot),
        listening(bot, "xapp-wrong", slack.api_url),
    ):
        pass


# -- several workers ----------------------------------------------------------------------------


def test_while_another_worker_reads_the_lists_this_one_sends_nothing(settings, hugging_face):
    bot = app.build(settings)
    another = app.build(settings)
    with alone(another.database, "hf.lists", another.now(), timedelta(minutes=1)):
        bot.read_sources()
        assert not bot.sources_read.is_set()
    bot.read_sources()

    assert bot.sources_read.is_set()
    bot.close()
    another.close()


# -- arXiv --------------------------------------------------------------------------------------


@pytest.fixture
def arxiv(monkeypatch):
    monkeypatch.setattr(turns, "PAUSE", timedelta())
    here = ArxivHere()
    yield here
    here.close()


def test_announcements_are_read_where_categories_are_followed(settings, arxiv, slack, page):
    day = latest(app.utc_now())
    arxiv.announce("/rss/cs.SD", a_feed(an_item("2606.20001"), day=f"{day:%d %b %Y}"))
    following = settings.model_copy(update={"arxiv_url": arxiv.url, "arxiv_categories": "cs.SD"})
    bot = app.build(following)
    with ticking(bot), listening(bot, slack.app_token, slack.api_url):
        until(lambda: arxiv.paths)  # whoever asks for the paper before has arXiv asked for it
        until(lambda: "Paper 2606.20001" in words(page.type("ana", "search 2606.20001")))

    assert arxiv.paths[0] == "/rss/cs.SD"


def test_without_a_category_arxiv_is_not_asked(settings, arxiv):
    bot = app.build(settings.model_copy(update={"arxiv_url": arxiv.url}))
    bot.read_announcements()
    bot.close()

    assert arxiv.paths == []


def test_a_pasted_paper_that_hugging_face_does_not_know_comes_from_arxiv(
    settings, arxiv, hugging_face, slack, page
):
    hugging_face.status = 404
    arxiv.answer_api([an_answer(an_entry("hep-th/9901001", "hep-th"))])
    bot = app.build(settings.model_copy(update={"arxiv_url": arxiv.url}))
    with listening(bot, slack.app_token, slack.api_url):
        answer = page.type("ana", "search https://arxiv.org/abs/hep-th/9901001v2")

    assert "Paper hep-th/9901001" in words(answer)
    assert "on arXiv, not stored here" in words(answer)
    assert arxiv.asked("/api/query") == [{"id_list": "hep-th/9901001", "max_results": "1"}]


# -- as it is built -----------------------------------------------------------------------------


def test_a_token_in_the_environment_as_well_raises_no_warning(settings, monkeypatch, caplog):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-in-the-environment")
    with caplog.at_level(logging.WARNING):
        app.build(settings).close()

    assert caplog.text == ""


def test_another_apps_client_id_in_the_environment_does_not_turn_oauth_on(
    settings, monkeypatch, slack, page
):
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    bot = app.build(settings)
    with ticking(bot), listening(bot, slack.app_token, slack.api_url):
        assert "/papers subscribe" in words(page.type("ana", "help"))


def test_five_slow_answers_do_not_keep_the_sixth_person_waiting(settings, slack, page):
    bot = app.build(settings)
    slow = {"user": "ben", "channel": "general", "command": "/papers", "text": "digest on"}
    with listening(bot, slack.app_token, slack.api_url):
        page.door("faults", {"method": "conversations.info", "delay": 2, "times": 8})
        begun = time.monotonic()
        for _ in range(8):
            page.door("command", slow)
        answer = page.type("ana", "help")

        assert "/papers subscribe" in words(answer)
        assert time.monotonic() - begun < 2
        until(lambda: len(page.sees("ben", "general")) == 8)
        assert time.monotonic() - begun >= 2
    bot.close()


@pytest.mark.parametrize("no_proxy", [None, "example.org", "*"])
def test_a_slack_on_this_machine_is_reached_past_any_proxy(
    settings, monkeypatch, slack, page, no_proxy
):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", no_proxy or "")  # put back afterwards, whatever becomes of it
    bot = app.build(settings)
    with ticking(bot), listening(bot, slack.app_token, slack.api_url):
        assert "Nothing found" in words(page.type("ana", "search agents"))


def test_slack_itself_is_reached_as_the_machine_says(monkeypatch):
    monkeypatch.setenv("no_proxy", "example.org")
    spare_this_machine_the_proxy("https://slack.com/api/")

    assert os.environ["no_proxy"] == "example.org"
