"""A person pastes a paper that nobody has listed, and asks for days and an order."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import app, manifest
from bot.sandbox import Sandbox
from bot.serve import listening
from bot.services import ingest
from tests.factories import a_batch, a_paper
from tests.house import House, settings, words
from tests.hugging_face import an_entry
from tests.server import Answer, Server

FRIDAY = date(2026, 6, 26)
PAPERS = (
    a_paper("2606.10001", "Old hands", published=datetime(2026, 5, 1, tzinfo=UTC)),
    a_paper("2606.10002", "Newer hands", published=datetime(2026, 6, 20, tzinfo=UTC)),
    a_paper("2606.10003", "Newest hands", published=datetime(2026, 6, 25, tzinfo=UTC)),
)


@pytest.fixture
def afar(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The Hugging Face that the bot asks."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Server()
    server.will_answer(
        Answer(json.dumps(an_entry("2601.00001", "From afar", "2026-01-05")["paper"]).encode())
    )
    yield server
    server.close()


@pytest.fixture
def house(tmp_path: Path, now: datetime, afar: Server) -> Iterator[House]:
    with ExitStack() as stack:
        sandbox = stack.enter_context(
            Sandbox(manifest.manifest(), folder=tmp_path / "slack", start_at=now)
        )
        given = settings(tmp_path, sandbox).model_copy(update={"hf_endpoint": afar.url})
        bot = app.build(given, now=sandbox.now)
        stack.callback(bot.close)
        stack.enter_context(listening(bot, sandbox.app_token, sandbox.api_url))
        opened = House(sandbox, bot, {})
        stack.callback(opened.close)
        ingest.store(bot.database, a_batch(*PAPERS, day=FRIDAY), now)
        bot.follow()
        yield opened


def titles(answer: dict[str, Any]) -> list[str]:
    """The titles in an answer, from the top."""
    known = [paper.title for paper in PAPERS]
    said = words(answer)
    return sorted((each for each in known if each in said), key=said.index)


def test_a_pasted_link_to_a_paper_that_nobody_listed_is_answered_with_it(house, afar):
    answer = house.type("ana", "search https://arxiv.org/abs/2601.00001")

    assert "From afar" in words(answer)
    assert afar.paths == ["/api/papers/2601.00001"]


def test_somebody_asks_for_the_latest_of_a_week(house):
    assert titles(house.type("ana", "search hands since:7d sort:new")) == [
        "Newest hands",
        "Newer hands",
    ]


def test_a_day_that_cannot_be_read_is_answered_with_one_that_can(house):
    assert "since:2026-10-01" in words(house.type("ana", "search hands since:soon"))


def test_somebody_who_follows_a_topic_is_told_where_days_belong(house):
    assert "/papers search" in words(house.type("ana", "subscribe hands since:7d"))
