"""Which stored queries papers match: their atoms are looked up, the pure function decides."""

from collections.abc import Sequence

from bot.domain.matching import RULES, atoms, document
from bot.domain.paper import Paper
from bot.domain.percolation import Prepared, bulk_match, is_hit, prepare
from bot.domain.query import read_canonical
from storage import queries
from storage.database import Database, Session

BULK = 200  # papers; from here on, reading every atom once costs less than looking each key up
AT_ONCE = 1_000  # queries whose atoms are made anew in one step


def percolate(
    session: Session, source: str, papers: Sequence[Paper], fuller: Sequence[Paper] = ()
) -> set[int]:
    """Note which queries each of these stored papers matches; returns the ids of all of them.

    `fuller` are papers that were matched before by less than is known of them now: what they match
    already is not told again.
    """
    found = hits(session, source, papers)
    found |= queries.unmatched(session, hits(session, source, fuller))
    queries.add_matches(session, found)
    return {query_id for ids in found.values() for query_id in ids}


def hits(session: Session, source: str, papers: Sequence[Paper]) -> dict[str, list[int]]:
    """The queries that papers match, by the papers' ids."""
    if not papers or not queries.any_stored(session):
        return {}
    documents = (document(paper, [source]) for paper in papers)
    if len(papers) < BULK:
        matched = [_matched(session, prepare(each)) for each in documents]
    else:
        matched = bulk_match(
            documents, queries.every_atom(session), lambda ids: queries.texts(session, ids)
        )
    return {paper.id: list(ids) for paper, ids in zip(papers, matched, strict=True) if ids}


def _matched(session: Session, paper: Prepared) -> list[int]:
    proposed = queries.candidates(session, paper.keys)
    return [each for each, text in proposed.items() if is_hit(text, paper)]


def follow_rules(database: Database) -> int:
    """Make the stored atoms anew if the rules of matching changed; returns for how many queries.

    In one transaction: nobody looks papers up by half of the rules.
    """
    with database.read() as session:  # `papers status` waits for no writer
        if queries.rules(session) == RULES:
            return 0
    with database.begin() as session:
        if queries.hold_rules(session) == RULES:
            return 0
        count = last = 0
        while batch := queries.after(session, last, AT_ONCE):
            made = {each: atoms(read_canonical(text)) for each, text in batch.items()}
            queries.replace_atoms(session, made)
            count, last = count + len(batch), max(batch)
        queries.set_rules(session, RULES)
        return count
