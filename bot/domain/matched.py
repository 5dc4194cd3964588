"""What of a paper a query matched, for the eyes of whoever follows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain import authors
from bot.domain.expression import Field, Query, leaves
from bot.domain.matching import spans
from bot.domain.paper import Paper
from bot.domain.sentences import Excerpt, Span, telling


@dataclass(frozen=True, slots=True)
class Matched:
    """Places in the title, the sentence of the abstract that says most, and authors by name."""

    title: tuple[Span, ...] = ()
    excerpt: Excerpt | None = None
    authors: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What matched in the abstract's sentence, as it stands there, each once."""
        if self.excerpt is None:
            return ()
        said = (self.excerpt.text[start:end] for start, end in self.excerpt.spans)
        return tuple(dict.fromkeys(said))


def matched(query: Query, paper: Paper) -> Matched:
    """Look a matching paper over. All is empty where a fact matched: a category, a source."""
    text = paper.abstract or paper.tldr  # which one a query is compared with
    return Matched(
        tuple(spans(query, paper.title)),
        telling(text, spans(query, text, "abstract")),
        tuple(_asked_for(query, paper.authors)),
    )


def _asked_for(query: Query, people: Iterable[str]) -> Iterator[str]:
    """Those of these people that a query names."""
    named = (
        authors.name(leaf.value)
        for leaf in leaves(query)
        if isinstance(leaf, Field) and leaf.name == "author"
    )
    wanted = [each for each in named if each]
    for person in people if wanted else ():
        found = authors.name(person)
        if found and any(authors.is_same(each, found) for each in wanted):
            yield person
