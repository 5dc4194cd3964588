"""A second `papers run` on one app token says so and ends; a dead one is not waited for."""

import logging
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot import app
from bot.alone import AnotherListens, Line, name_of, running_alone
from bot.config import Settings
from bot.domain.holder import Holder
from bot.services import connection
from tests.house import words
from tests.process import Process, Visitor, started

CONNECTED = "Connected to Slack over Socket Mode"
TAKEN = re.compile(
    r"Another process holds the connection to Slack until \d\d:\d\d:\d\d: process \d+ on .+\. "
    r"If it runs, stop it first; if it was killed, start again after that time\. "
    r"`papers run --anyway` listens beside it\.\n"
)
ELSEWHERE = Holder("lab-4", 11, "there", "far")

pytestmark = pytest.mark.usefixtures("no_settings")


@pytest.fixture
def given(slack, hugging_face, tmp_path) -> dict[str, str]:
    """What a person sets for Socket Mode; every process has the same database."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "HF_ENDPOINT": hugging_face.url,
        "PAPERS_DATABASE_URL": f"sqlite:///{tmp_path / 'papers.db'}",
    }


@pytest.fixture
def run(tmp_path, given):
    """`papers run`, each time in a folder of its own."""

    @contextmanager
    def run(name: str, *options: str) -> Iterator[Process]:
        with started(tmp_path / name, "run", *options, **given) as process:
            yield process

    return run


def test_a_second_one_says_who_listens_and_ends_and_may_start_when_the_first_has_stopped(run):
    with run("first") as first:
        first.says(CONNECTED)
        with run("second") as second:
            assert second.wait() == 1
        assert TAKEN.fullmatch(second.err)
        assert second.out == ""

        assert first.stop(signal.SIGTERM) == 0
    with run("third") as third:
        third.says(CONNECTED)
        assert third.stop() == 0
    assert (first.err, third.err) == ("", "")


def test_after_kill_9_the_next_one_starts_at_once(run):
    with run("first") as first:
        first.says(CONNECTED)
        first.kill()
    with run("second") as second:
        second.says(CONNECTED)
        assert second.stop() == 0


def test_told_to_a_second_one_listens_beside_and_people_get_one_answer(run, slack):
    with run("first") as first, Visitor(slack.url) as page:
        first.says(CONNECTED)
        with run("second", "--anyway") as second:
            second.says(CONNECTED)
            for _ in range(4):
                before = {each["ts"] for each in page.sees("ana")}
                assert "/papers subscribe" in words(page.type("ana", "help"))
                assert len({each["ts"] for each in page.sees("ana")} - before) == 1
            assert second.stop() == 0
        assert "listens to Slack as well; each of us gets a part." in second.err


# -- within one process ---------------------------------------------------------------------------


@pytest.fixture
def bot(slack, hugging_face, tmp_path) -> Iterator[app.Bot]:
    built = app.build(
        Settings(
            SLACK_BOT_TOKEN=SecretStr(slack.bot_token),
            SLACK_API_URL=slack.api_url,
            HF_ENDPOINT=hugging_face.url,
            data_dir=tmp_path,
        )
    )
    yield built
    built.close()


def taken(bot: app.Bot, by: Holder = ELSEWHERE, **later: timedelta) -> bool:
    """Whether somebody else gets the connection now."""
    at = bot.now() + later.get("later", timedelta())
    return connection.take(bot.database, name_of("xapp-1"), by, at, lambda _: True) is None


def test_a_token_is_not_in_the_name_of_its_lease(slack):
    assert slack.app_token not in name_of(slack.app_token)
    assert name_of("xapp-1") != name_of("xapp-2")


def test_while_it_runs_nobody_else_gets_it_and_afterwards_anybody(bot):
    with running_alone(bot, "xapp-1"):
        assert not taken(bot)

    assert taken(bot)


def test_one_that_is_refused_leaves_the_other_as_it_was(bot):
    assert taken(bot)

    with pytest.raises(AnotherListens, match="process 11 on lab-4"), running_alone(bot, "xapp-1"):
        pytest.fail("it runs")

    held = connection.holder(bot.database, name_of("xapp-1"), bot.now())
    assert held is not None
    assert held.by == "process 11 on lab-4"


def test_losing_it_is_told_once_and_so_is_having_it_again(bot, caplog):
    caplog.set_level(logging.INFO)
    line = Line(bot, "xapp-1")
    line.take()
    assert taken(bot, later=connection.LENGTH)  # this machine slept for a minute

    line.renew()
    line.renew()
    connection.give_back(bot.database, name_of("xapp-1"), ELSEWHERE)
    line.renew()
    line.renew()

    ours = [each.getMessage() for each in caplog.records if each.name == "bot.alone"]
    assert [each.partition(" ")[0] for each in ours] == ["process", "This"]
    assert "process 11 on lab-4 has taken the connection to Slack" in ours[0]


def test_what_was_given_back_is_not_taken_again_by_a_last_tick(bot):
    line = Line(bot, "xapp-1")
    line.take()
    line.give_back()
    line.renew()

    assert taken(bot)
