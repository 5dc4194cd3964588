"""Papers on their way from the database into the search index."""

import tantivy

from bot import collector
from storage import listings, papers
from storage.database import Session
from storage.index_documents import UNLISTED, Documents

BATCH = 1_000  # papers read at once
COMMIT = 10_000  # papers written at once: a commit for each batch merges segments twice as long
HEAP = 64_000_000  # bytes the writer may fill before it writes a segment


def take_in(session: Session, index: tantivy.Index, last: int, *, start_over: bool) -> int:
    """Write every paper with a later revision; returns how many.

    With each commit goes the revision it has read. Raises ValueError where another process writes,
    and where the disk is full.
    """
    writer = index.writer(HEAP, num_threads=1)
    if start_over:
        writer.delete_all_documents()
    documents, count = Documents(), 0
    while batch := _batch(session, writer, documents, last):
        last, read = batch
        count += read
        if count % COMMIT == 0:
            writer.commit()
    writer.commit()
    writer.wait_merging_threads()
    return count


def last_revision(searcher: tantivy.Searcher) -> int:
    """What the last commit had read; in the same commit as the papers, so never ahead."""
    found = searcher.search(tantivy.Query.all_query(), 1, order_by_field="revision")
    return int(found.hits[0][0]) if found.hits else 0


def _batch(
    session: Session, writer: tantivy.IndexWriter, documents: Documents, last: int
) -> tuple[int, int] | None:
    """The last revision written and how many papers were; None when there are no more."""
    with collector.held_back():
        found = papers.after(session, last, BATCH)
        origins = listings.origins(session, [paper.id for _, paper in found])
        for revision, paper in found:
            writer.delete_documents_by_term("id", paper.id)
            origin = origins.get(paper.id, UNLISTED)
            writer.add_document(documents.made(revision, paper, origin))
    return (found[-1][0], len(found)) if found else None
