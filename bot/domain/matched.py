"""What of a paper a query matched, for the eyes of whoever follows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import authors
from bot.domain.authors import Name
from bot.domain.expression import Field, Query, leaves
from bot.domain.matching import patterns, spans
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


class Sought:
    """What a query asks for, made ready to be looked for in many papers."""

    def __init__(self, query: Query) -> None:
        self._in_title, self._in_abstract = patterns(query, "title"), patterns(query, "abstract")
        self._people = [each for each in _named(query) if each]

    def in_title(self, paper: Paper) -> tuple[Span, ...]:
        """Its places in the title."""
        return tuple(spans(self._in_title, paper.title))

    def excerpt(self, text: str) -> Excerpt | None:
        """The sentence of an abstract that holds most of it."""
        return telling(text, spans(self._in_abstract, text))

    def people(self, paper: Paper) -> tuple[str, ...]:
        """The authors it names."""
        return tuple(filter(self._names, paper.authors)) if self._people else ()

    def _names(self, person: str) -> bool:
        found = authors.name(person)
        return found is not None and any(authors.is_same(each, found) for each in self._people)


def matched(query: Query, paper: Paper) -> Matched:
    """Look a matching paper over. All is empty where a fact matched: a category, a source."""
    sought = Sought(query)
    return Matched(sought.in_title(paper), sought.excerpt(compared(paper)), sought.people(paper))


def compared(paper: Paper) -> str:
    """The text that stands for its abstract: without one, its tl;dr."""
    return paper.abstract or paper.tldr


def _named(query: Query) -> Iterator[Name | None]:
    """The people that a query names."""
    for leaf in leaves(query):
        if isinstance(leaf, Field) and leaf.name == "author":
            yield authors.name(leaf.value)
