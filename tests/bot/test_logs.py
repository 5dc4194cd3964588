"""Logs: one line an event, and no secret in any of them."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs

TOKENS = [
    "xoxb-123-456-AbC",
    "xoxp-9-8-7",
    "xapp-1-A0-99-ff",
    "xoxe-1-refresh",
    "xoxe.xoxb-1-rotated",
    "hf_abcdefghijklmnop",
]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a process would write to its standard error."""
    written = io.StringIO()
    levels = {name: logging.getLogger(name).level for name in logs._LEVELS}
    root, before = logging.getLogger(), logging.getLogger().level
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr("sys.stderr", written)
    logs.set_up()
    yield written
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_taken_out_of_a_message_and_of_its_arguments(logged, token):
    logging.getLogger("any").warning("sent %s with %s", f"Bearer {token}", {"token": token})
    logging.getLogger("any").warning(f"wss://host/?ticket={token}&x=1")

    assert token not in logged.getvalue()
    assert logged.getvalue().count("[token]") == 3


def test_a_token_is_taken_out_of_a_traceback(logged):
    try:
        raise ValueError(f"no such token: {TOKENS[0]}")
    except ValueError:
        logging.getLogger("any").exception("it failed")

    assert "no such token: [token]" in logged.getvalue()
    assert TOKENS[0] not in logged.getvalue()


def test_a_line_says_when_how_bad_where_and_what(logged):
    logging.getLogger("bot.somewhere").info("it happened")

    [line] = logged.getvalue().splitlines()
    assert line.endswith(" INFO bot.somewhere: it happened")
    assert line[:4].isdigit()


@pytest.mark.parametrize("name", ["slack_bolt", "slack_sdk", "httpx", "alembic.runtime"])
def test_libraries_that_log_bodies_are_heard_only_when_they_warn(logged, name):
    logging.getLogger(name).info("the whole body of a request")
    logging.getLogger(name).warning("a warning")

    assert "body" not in logged.getvalue()
    assert "a warning" in logged.getvalue()


def test_a_word_that_only_looks_like_a_token_stays(logged):
    logging.getLogger("any").info("the xoxb format, hf_daily and pixapp-1")

    assert "the xoxb format, hf_daily and pixapp-1" in logged.getvalue()
