"""Workers of one world, each a process: started, waited for, and what they noted."""

import multiprocessing
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIGKILL
from typing import Any

from bot.sandbox import Sandbox
from storage.database import Database
from tests.faults.worker import Order, work
from tests.waiting import PATIENCE, until

# Forked from a process that has imported everything and started no thread: a tenth of a second.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.faults.worker"])


class Crew:
    """Who works on this database, with Slack as this sandbox plays it."""

    def __init__(self, folder: Path, database: Database, sandbox: Sandbox) -> None:
        self.folder, self.database, self.sandbox = folder, database, sandbox
        self.exits: list[int | None] = []  # of every worker, in order

    def start(self, **order: Any) -> BaseProcess:
        """A worker, on its way."""
        given = {
            "folder": self.folder,
            "database": self.database.engine.url.render_as_string(hide_password=False),
            "api_url": self.sandbox.api_url,
            "tokens": self.sandbox.bot_tokens,
        }
        process = processes.Process(target=work, args=(Order(**{**given, **order}),), daemon=True)
        process.start()
        return process

    def run(self, **order: Any) -> bool:
        """One worker until it has nothing to do or dies; whether it was killed."""
        return self.end(self.start(**order))

    def end(self, process: BaseProcess, seconds: float = PATIENCE * 3) -> bool:
        """Wait for a worker; whether it was killed."""
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            raise AssertionError("a worker does not end")
        assert process.exitcode in (0, -SIGKILL), self.problems
        self.exits.append(process.exitcode)
        return process.exitcode == -SIGKILL

    def stopped(self, process: BaseProcess) -> None:
        """Wait until a worker that was told to pause is there."""
        until(lambda: (self.folder / "paused").exists() or not process.is_alive())
        assert process.is_alive(), self.problems

    @property
    def kills(self) -> int:
        """How many were killed."""
        return self.exits.count(-SIGKILL)

    @property
    def passed(self) -> Counter[str]:
        """How often each seam was passed, by all of them."""
        return Counter(self._noted("passed"))

    @property
    def problems(self) -> str:
        """What failed in a worker, as the ticker would log it."""
        return "\n".join(self._noted("problems"))

    @property
    def spent(self) -> float:
        """Seconds of processor, of all that were not killed."""
        return sum(map(float, self._noted("spent")))

    def _noted(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text("utf-8").splitlines() if path.exists() else []
