"""Many papers against all queries at once: the same atoms and the same verdict as one by one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from bot.domain.matching import Document, keys, matches
from bot.domain.query import read_canonical


def bulk_match(
    documents: Sequence[Document],
    atoms: Iterable[tuple[str, int]],
    texts: Callable[[Collection[int]], Mapping[int, str]],
) -> list[list[int]]:
    """The ids of the queries that each paper matches, in the order of the papers.

    `atoms` are the (key, query id) pairs of every query, read once; `texts` gives the canonical
    texts of those that are proposed. Memory grows with the papers, not with the queries.
    """
    looked_up = [keys(document) for document in documents]
    held = set().union(*looked_up)
    by_key: dict[str, list[int]] = {}
    for key, query_id in atoms:
        if key in held:
            by_key.setdefault(key, []).append(query_id)
    proposed = [
        {query_id for key in each & by_key.keys() for query_id in by_key[key]} for each in looked_up
    ]
    queries = {
        query_id: read_canonical(text) for query_id, text in texts(set().union(*proposed)).items()
    }
    return [
        sorted(query_id for query_id in ids if matches(queries[query_id], document))
        for document, ids in zip(documents, proposed, strict=True)
    ]
