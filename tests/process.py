"""`papers` as a person starts it: a process of its own, and what it says and answers."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.house import House
from tests.waiting import PATIENCE, until

PAPERS = Path(sys.executable).with_name("papers")
ADDRESS = r"http://127\.0\.0\.1:\d+"
WITHIN = 5  # seconds from the start of a demo to its first digest


class Process:
    """One `papers …`, with no settings but the given ones, at home in a folder of the test."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self._out, self._err = folder / "out.txt", folder / "err.txt"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self._process = subprocess.Popen(
                [PAPERS, *arguments],
                cwd=folder,
                env=environment(folder, settings),
                stdout=out,
                stderr=err,
                preexec_fn=_heed_ctrl_c,
            )

    @property
    def out(self) -> str:
        return self._out.read_text("utf-8")

    @property
    def err(self) -> str:
        return self._err.read_text("utf-8")

    def says(self, pattern: str) -> str:
        """What its standard output says about this, once it does."""

        def found() -> re.Match[str] | None:
            assert self._process.poll() is None, self.out + self.err
            return re.search(pattern, self.out)

        return str(until(found)[0])

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop; its exit code."""
        self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def _heed_ctrl_c() -> None:
    """A shell has its background jobs ignore it, and they hand that on to what they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def started(folder: Path, *arguments: str, **settings: str) -> Iterator[Process]:
    """A process that does not outlive the test."""
    folder.mkdir(exist_ok=True)
    process = Process(folder, *arguments, **settings)
    try:
        yield process
    finally:
        process.kill()


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the machine's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    return kept | {"HOME": str(folder), "PAPERS_DATA_DIR": str(folder / "data")} | dict(settings)


class Visitor(House):
    """Somebody at the page of a sandbox that runs elsewhere."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
