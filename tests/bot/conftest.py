"""The command line within the test's own process, and a Hugging Face on this machine."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import cli, logs, manifest
from bot.sandbox import Sandbox
from bot.slack import SlackWorkspace, web_client
from tests.bot.sandbox.clients import Doors
from tests.factories import NOW
from tests.hugging_face import HuggingFaceHere

OURS = ("SLACK_", "PAPERS_", "HF_", "DATABASE_URL", "PORT")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Papers = Callable[..., Ran]


@pytest.fixture
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the machine's settings nor a `.env`; what is kept is kept in the test's folder."""
    for name in list(os.environ):
        if name.startswith(OURS) or name.upper() in PROXIES:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERS_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def papers(
    no_settings: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Papers:
    """`papers("search", "agents")` runs the command as its entry point does."""
    monkeypatch.setattr(logs, "set_up", lambda: None)  # the process's, not this one's

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["papers", *arguments])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace with the app installed as its manifest asks."""
    with Sandbox(manifest.manifest()) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The same at the tests' time."""
    with Sandbox(manifest.manifest(), start_at=NOW) as running:
        yield running


@pytest.fixture
def doors(sandbox: Sandbox) -> Iterator[Doors]:
    opened = Doors(sandbox.url)
    with opened.http:
        yield opened


@pytest.fixture
def workspace(sandbox: Sandbox) -> SlackWorkspace:
    """That workspace as the bot sees it."""
    return SlackWorkspace(web_client(sandbox.bot_token, sandbox.api_url))


@pytest.fixture
def hugging_face() -> Iterator[HuggingFaceHere]:
    here = HuggingFaceHere()
    yield here
    here.close()
