"""What went wrong while reading a source, in words that name the source and the entry."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from bot.domain.paper import Paper
from bot.errors import SourceFailed

# A broken body can hold a million broken entries; nobody reads the sentences after these.
MOST_NAMED = 100
MOST_IN_A_FAILURE = 3


class Unreadable(Exception):
    """One entry that cannot become a paper. The message follows its name: "has no title"."""


@contextmanager
def naming(source: str) -> Iterator[None]:
    """Put the source's name before every failure from inside."""
    try:
        yield
    except SourceFailed as failure:
        raise type(failure)(f"{source}: {failure}") from failure.__cause__


class Account:
    """What is met while a file is read: how much of it, and what in it is not as it should be.

    `refused` hears of each thing that cannot be read where it is, "Line 4", and why: "has no
    title"; `remarked` of what is odd in those that can, in a sentence.
    """

    def __init__(
        self,
        refused: Callable[[str, str], object] | None = None,
        remarked: Callable[[str], object] | None = None,
    ) -> None:
        self.bytes = 0  # of the file as it lies there, packed or not
        self.records = 0  # readable or not
        self.bad = 0
        self._refused, self._remarked = refused, remarked

    def count_bytes(self, more: int) -> None:
        """So many more bytes were read."""
        self.bytes += more

    def refuse(self, where: str, why: str) -> None:
        """One more thing that could not be read."""
        self.bad += 1
        if self._refused:
            self._refused(where, why)

    def remark(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """What else is to be said; the same sentences."""
        said = tuple(sentences)
        if self._remarked:
            for sentence in said:
                self._remarked(sentence)
        return said


class Problems:
    """The first sentences, and a count of all. The account hears of each."""

    def __init__(self, account: Account | None = None) -> None:
        self._account = account or Account()
        self._named: list[str] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, where: str, why: object) -> None:
        """One more thing that could not be read: "Line 4", "has no title"."""
        self._account.refuse(where, str(why))
        self._count += 1
        if self._count <= MOST_NAMED:
            self._named.append(f"{where} {why}.")

    def told(self, most: int = MOST_NAMED) -> tuple[str, ...]:
        """The first `most` sentences, and how many there are besides."""
        more = self._count - min(self._count, most)
        return (*self._named[:most], *([f"{more:,} more could not be read."] if more else []))

    def nothing_read(self, of: str) -> SourceFailed:
        """The failure of a body that holds entries, none of which is a paper."""
        sentences = (f"None of the {of} can be read.", *self.told(MOST_IN_A_FAILURE))
        return SourceFailed(" ".join(sentences))


def absent(papers: Collection[Paper], expected: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each field that papers should have and some have not."""
    lacking = Counter(field for paper in papers for field in expected if not getattr(paper, field))
    return tuple(
        f"{field} is missing in {times} of {len(papers)} papers."
        for field, times in lacking.items()
    )
