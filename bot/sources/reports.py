"""What went wrong while reading a source, in words that name the source and the entry."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
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


class Problems:
    """The first sentences, and a count of all."""

    def __init__(self) -> None:
        self._named: list[str] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, sentence: str) -> None:
        """One more thing that could not be read."""
        self._count += 1
        if self._count <= MOST_NAMED:
            self._named.append(sentence)

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
