"""Replies in the documented shape, a server that gives them, and the recorded data."""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.sources.arxiv import Arxiv
from bot.sources.hugging_face import HuggingFace
from tests.arxiv import ArxivHere
from tests.server import QUICK, Answer, Server

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = CHECKOUT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the recorded data (../shared/data) is not here")
    return folder


@pytest.fixture
def reply() -> Callable[[str], bytes]:
    """The bytes of a reply by its name."""
    return lambda name: (CHECKOUT / "tests" / "replies" / name).read_bytes()


@pytest.fixture
def an_entry(reply) -> Callable[..., dict[str, Any]]:
    """An entry with all its fields; what is given replaces fields of its `paper`."""
    full = json.loads(reply("hugging_face_day.json"))[0]

    def make(**paper: object) -> dict[str, Any]:
        entry = copy.deepcopy(full)
        entry["paper"] |= paper
        return entry

    return make


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")  # where the machine has a proxy
    server = Server()
    yield server
    server.close()


@pytest.fixture
def other_server() -> Iterator[Server]:
    """A second host to be sent to."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def waits() -> list[float]:
    """How long the source waited before it asked again."""
    return []


@pytest.fixture
def source(server: Server, waits: list[float]) -> HuggingFace:
    """The reader of Daily Papers, which asks the server on this machine."""
    return HuggingFace(
        server.url,
        token="hf_madeup",
        contact="https://papers.example.org",
        limits=QUICK,
        sleep=waits.append,
        jitter=lambda: 0.0,
    )


@pytest.fixture
def here(monkeypatch) -> Iterator[ArxivHere]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ArxivHere()
    yield server
    server.close()


@pytest.fixture
def turns() -> list[str]:
    """When turns were taken and given back, and for how long arXiv wanted to be left alone."""
    return []


@pytest.fixture
def arxiv(here, waits, turns) -> Arxiv:
    @contextmanager
    def turn():
        turns.append("taken")
        try:
            yield lambda seconds: turns.append(f"rest {seconds:g}") if seconds else None
        finally:
            turns.append("given back")

    return Arxiv(
        here.url,
        contact="me@example.org",
        turn=turn,
        limits=QUICK,
        sleep=waits.append,
        jitter=lambda: 0.0,
    )
