"""The vocabulary in step with the search index, for this process and the others."""

from collections.abc import Callable, Iterable
from pathlib import Path

from storage.vocabulary import FILE, Vocabulary, write

# Counting every word takes seconds where there are many: a few papers more change little.
GROWN = 1.05
FEW = 2_000  # papers that are counted at once
_PAPERS = ""  # the word that every paper has: how many papers were counted


class WordsOnDisk:
    """One folder's vocabulary: opened anew when any process has written it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: tuple[int, int] | None = None
        self._open = Vocabulary(folder)

    def latest(self) -> Vocabulary:
        """The vocabulary as it was written last."""
        written = self._when_written()
        if written != self._written:
            self._written, self._open = written, Vocabulary(self._folder)
        return self._open

    def follow(
        self, papers: int, count: Callable[[], Iterable[tuple[str, int]]], *, changed: bool
    ) -> None:
        """Count the words again where there are many papers more, or fewer, than last time.

        Where none has changed, it is asked for what a process that was killed left undone.
        """
        counted = self.latest().count(_PAPERS)
        if counted == papers and not changed:
            return
        if papers > FEW and counted <= papers <= counted * GROWN:
            return
        write(self._folder, {**dict(count()), _PAPERS: papers})

    def _when_written(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino
