"""Papers against stored queries: the same verdict as `matches`, sooner where many are asked.

Most stored queries are plain phrases, and word for word they stand among a paper's runs of words;
an AND cannot match without a key for each of its words. Only the rest is read and compared.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot import collector
from bot.domain.matching import Document, keys, matches
from bot.domain.phrases import KEY_LENGTH
from bot.domain.plurals import stem
from bot.domain.query import Query, read_canonical
from bot.domain.tokens import is_cased


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper made ready for many queries: its keys, and its runs of one to three words."""

    document: Document
    keys: frozenset[str]
    runs: frozenset[str]  # as canonical text has them: a word in its own case if that may count


def prepare(document: Document) -> Prepared:
    """Make a paper ready."""
    shown = [
        word.text if is_cased(word, alone=False) else word.norm for word in document.text.words
    ]
    pairs = [f"{one} {other}" for one, other in pairwise(shown)]
    triples = [f"{pair} {word}" for pair, word in zip(pairs, shown[2:], strict=False)]
    return Prepared(document, keys(document), frozenset((*shown, *pairs, *triples)))


def is_hit(text: str, paper: Prepared, read: Callable[[str], Query] = read_canonical) -> bool:
    """Whether the query of a canonical text matches the paper."""
    if text in paper.runs:
        return True
    if "(" not in text:
        if " OR " in text:
            if not paper.runs.isdisjoint(text.split(" OR ")):
                return True
        elif " AND " in text and not all(_may_stand(part, paper) for part in text.split(" AND ")):
            return False
    return matches(read(text), paper.document)


def bulk_match(
    documents: Iterable[Document],
    atoms: Iterable[tuple[str, int]],
    texts: Callable[[Collection[int]], Mapping[int, str]],
) -> list[list[int]]:
    """The ids of the queries that each paper matches, in the order of the papers.

    `atoms` are the (key, query id) pairs of every query, read once; `texts` gives the canonical
    texts of those that are proposed. Memory grows with the papers, not with the queries.
    """
    with collector.held_back():
        return _bulk_match([prepare(document) for document in documents], atoms, texts)


def _bulk_match(
    papers: Sequence[Prepared],
    atoms: Iterable[tuple[str, int]],
    texts: Callable[[Collection[int]], Mapping[int, str]],
) -> list[list[int]]:
    held = set().union(*(paper.keys for paper in papers))
    by_key: dict[str, list[int]] = {}
    for key, query_id in atoms:
        if key in held:
            by_key.setdefault(key, []).append(query_id)
    proposed = [
        {query_id for key in paper.keys & by_key.keys() for query_id in by_key[key]}
        for paper in papers
    ]
    asked = texts(set().union(*proposed))
    read: dict[str, Query] = {}

    def once(text: str) -> Query:
        return read.get(text) or read.setdefault(text, read_canonical(text))

    return [
        sorted(query_id for query_id in ids if is_hit(asked[query_id], paper, once))
        for paper, ids in zip(papers, proposed, strict=True)
    ]


def _may_stand(part: str, paper: Prepared) -> bool:
    """Whether one plain word has a key among the paper's; of any other part this is not asked."""
    return not part.isalpha() or not part.islower() or stem(part)[:KEY_LENGTH] in paper.keys
