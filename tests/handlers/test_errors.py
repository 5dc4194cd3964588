"""What fails after the acknowledgement is told privately, with a code that stands in the log."""

import logging
import re

import pytest

from handlers import commands, errors, events, home, views
from handlers.answers import NotTaken
from handlers.commands import COMMANDS
from tests.factories import a_batch, a_paper
from tests.house import House, words

CODE = re.compile(r"code ([0-9a-f]{6})")


def fails(*_: object, **__: object) -> None:
    raise RuntimeError("secret words")


def ask(house: House, text: str) -> dict:
    asked = {"user": "ana", "channel": "papers", "command": "/papers", "text": text}
    return house.door("command", asked)


def test_the_unexpected_is_one_sentence_with_a_code_that_stands_in_the_log(
    house, monkeypatch, caplog
):
    monkeypatch.setitem(COMMANDS, "today", fails)
    answer = house.type("ana", "today")

    [code] = CODE.findall(answer["text"])
    assert answer["ephemeral"]
    assert "Something went wrong on my side" in words(answer)
    assert "secret words" not in words(answer)
    assert f"code {code}: RuntimeError at fails:" in caplog.text
    assert "secret words" not in caplog.text


@pytest.mark.parametrize("attempt", range(5))
def test_a_listener_that_raises_right_after_its_acknowledgement_stays_acknowledged(
    house, monkeypatch, attempt
):
    """Bolt takes an acknowledgement back where its listener raises within ten milliseconds."""
    monkeypatch.setitem(COMMANDS, "today", fails)

    assert ask(house, "today")["status"] == 200


@pytest.mark.parametrize("attempt", range(5))
def test_it_stays_so_where_not_even_the_apology_can_be_sent(
    house, monkeypatch, caplog, until, attempt
):
    def refused(*_: object, **__: object) -> None:
        raise NotTaken("a response_url answered 404")

    monkeypatch.setitem(COMMANDS, "today", fails)
    monkeypatch.setattr(errors, "reply", refused)

    assert ask(house, "today")["status"] == 200
    until(lambda: "NotTaken" in caplog.text)
    seen = [words(each) for each in house.sees("ana")]
    assert not any("operation_timeout" in each or "failed with" in each for each in seen)


def test_a_button_that_fails_is_told_beside_the_message_which_stays(house, monkeypatch):
    found = house.type("ana", "search paper number")
    monkeypatch.setattr(commands, "search", fails)
    told = house.press("ana", found, "More")

    assert CODE.search(told["text"])
    assert told["ts"] != found["ts"]
    assert found in house.sees("ana")


def test_a_form_that_fails_is_closed_and_leaves_a_code(house, monkeypatch, caplog, until):
    house.door("open_home", {"user": "ana"})
    view = until(lambda: house.views("ana")["home"])
    house.door("click", {"user": "ana", "view_id": view["id"], "action_id": "open_follow_topic"})
    form = until(lambda: house.views("ana")["modals"])[0]
    monkeypatch.setattr(views.subscriptions, "subscribe", fails)
    values = {"topic": {"topic": "secret topic"}, "cadence": {"cadence": "now"}}

    sent = house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})

    assert sent["status"] == 200
    until(lambda: "RuntimeError at fails" in caplog.text)
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("module", "name", "door", "body"),
    [
        (events, "welcome", "invite", {"channel": "general", "user": "U00000001"}),
        (home, "publish", "open_home", {"user": "ana"}),
    ],
    ids=["member_joined_channel", "app_home_opened"],
)
def test_an_event_that_fails_leaves_a_code_though_there_is_nobody_to_tell(
    house, monkeypatch, caplog, until, module, name, door, body
):
    monkeypatch.setattr(module, name, fails)
    house.door(door, body)

    until(lambda: re.search(r"code [0-9a-f]{6}: RuntimeError", caplog.text))
    assert "secret words" not in caplog.text


# -- what stays private ---------------------------------------------------------------------------


@pytest.fixture
def as_in_production(caplog):
    """Logs as `bot.logs` sets them up, ours at their most talkative."""
    caplog.set_level(logging.DEBUG)
    for name in ("slack_bolt", "slack_sdk", "apscheduler", "httpx", "alembic", "werkzeug"):
        caplog.set_level(logging.WARNING, logger=name)
    return caplog


def test_personal_topics_reach_neither_a_channel_nor_a_log(
    house, follow, as_in_production, monkeypatch
):
    follow("ana", "secret topic weekly")
    follow("ana", "secret sauce")
    for typed in ("list", "subscribe secret sauce", "search secret", "unsubscribe secret plan"):
        house.type("ana", typed)
    house.lists[max(house.lists)] = a_batch(a_paper("2606.40000", "The secret sauce of nets"))
    house.clock(house.sandbox.now().replace(hour=20))
    house.tick()
    monkeypatch.setattr(commands.subscriptions, "unsubscribe", fails)
    house.type("ana", "unsubscribe secret sauce")

    assert len(house.dms("ana")) == 1
    for reader in ("ben", "mei"):
        assert not any("secret" in words(each) for each in house.sees(reader))
    assert "secret" not in as_in_production.text
