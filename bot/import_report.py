"""What an import says while it runs, and the file it writes bad records into."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.blocks.words import count
from bot.config import SettingsProblem
from bot.domain.paper import clean
from bot.importing import Counts
from bot.sources.files import STANDARD_INPUT, called
from bot.terminal import err

HEADER = "file\trecord\treason\n"
WHOLE = "The file"  # where no record is meant
MOST_SAID = 5  # sentences about each file; nobody reads a thousand
LINES_EVERY = 10.0  # seconds, where nobody watches a bar


class Report:
    """Hears of everything, shows how far it is and the first that is wrong, keeps all of it.

    `size` is that of all files in bytes; None where one of them is a pipe, which has none.
    """

    def __init__(
        self,
        size: int | None,
        bad: TextIO | None,
        bar: Progress,
        stored: Callable[[int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size, self._bad, self._bar, self._stored = size, bad, bar, stored
        self._clock, self._begun = clock, clock()
        self._told_at = self._begun
        self._task = bar.add_task("Importing", total=size)
        self._said: Counter[Path] = Counter()
        self.unsaid = 0  # sentences

    def bad(self, path: Path, where: str, why: str) -> None:
        """The first few of each file are shown, and all kept."""
        self._keep(path, where, why)
        self.said(path, f"{where} {why}.")

    def failed(self, path: Path, sentence: str) -> None:
        """Always shown."""
        self._keep(path, WHOLE, sentence)
        err.print(f"{called(path)}: {sentence}")

    def said(self, path: Path, sentence: str) -> None:
        """The first few of each file are shown."""
        self._said[path] += 1
        if self._said[path] <= MOST_SAID:
            err.print(f"{called(path)}: {sentence}")
        else:
            self.unsaid += 1

    def _keep(self, path: Path, where: str, why: str) -> None:
        if self._bad:  # as it was typed: files of several folders have the same names
            self._bad.write("\t".join((clean(str(path)), where, clean(why))) + "\n")

    def moved(self, so_far: Counts) -> None:
        """On a terminal at once, elsewhere now and then."""
        if self._bad:
            self._bad.flush()
        self._stored(so_far.new + so_far.changed)
        rate = self.rate(so_far)
        if not self._bar.disable:
            said = f"{so_far.account.records:,} records, {rate:,.0f} a second"
            self._bar.update(self._task, completed=so_far.account.bytes, description=said)
        elif self._clock() - self._told_at >= LINES_EVERY:
            self._told_at = self._clock()
            err.print(self._line(so_far, rate))

    def indexing(self) -> None:
        """All is stored; the last papers are made findable."""
        self._bar.update(self._task, description="Indexing")
        if self._bar.disable and self._told_at > self._begun:
            err.print("All is stored. The last papers are being indexed.")

    def rate(self, so_far: Counts) -> float:
        """Records a second."""
        return so_far.account.records / max(self._clock() - self._begun, 0.001)

    def _line(self, so_far: Counts, rate: float) -> str:
        said = f"{count(so_far.account.records, 'record')}, {rate:,.0f} a second"
        if not self._size or not so_far.account.bytes:
            return said
        part = min(1.0, so_far.account.bytes / self._size)
        left = (self._clock() - self._begun) * (1 - part) / part
        return f"{said}, {part:.0%}, about {_duration(left)} left"


@contextmanager
def reporting(
    paths: Iterable[Path], bad: Path | None, stored: Callable[[int], None]
) -> Iterator[Report]:
    """A report for the time being. Raises SettingsProblem where bad records have no place."""
    with ExitStack() as stack:
        kept = stack.enter_context(_opened(bad)) if bad else None
        bar = stack.enter_context(_bar())
        yield Report(_size(paths), kept, bar, stored)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def _opened(path: Path) -> TextIO:
    try:
        file = path.open("w", encoding="utf-8", errors="replace")
    except OSError as problem:
        raise SettingsProblem(f"{path} can't be written ({problem.strerror}).") from None
    file.write(HEADER)
    return file


def _size(paths: Iterable[Path]) -> int | None:
    """How many bytes files have together; those that are not there have none."""
    found = [path for path in paths if path == STANDARD_INPUT or path.exists()]
    if any(path == STANDARD_INPUT or not path.is_file() for path in found):
        return None
    return sum(path.stat().st_size for path in found)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
