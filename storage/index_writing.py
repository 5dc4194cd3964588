"""Papers on their way from the database into the search index."""

import tantivy

from bot import collector
from storage import aliases, listings, papers
from storage.database import Session
from storage.index_documents import UNLISTED, Documents

BATCH = 1_000  # papers read at once
COMMIT = 20_000  # papers written at once: a commit for each batch merges segments twice as long
HEAP = 128_000_000  # bytes the writer may fill before it writes a segment


def take_in(session: Session, index: tantivy.Index, *, start_over: bool) -> int:
    """Write every paper with a later revision than the index has; returns how many.

    With each commit goes the revision it has read. Raises ValueError where another process writes,
    and where the disk is full.
    """
    writer = index.writer(HEAP, num_threads=1)
    if start_over:
        writer.delete_all_documents()
    index.reload()  # another process may have written until just now
    last = 0 if start_over else last_revision(index.searcher())
    # Looking in every segment for what is to be replaced takes long; an empty index holds nothing
    # but what is stored again while it is filled.
    new = papers.revision(session) if last == 0 else 0
    documents, count = Documents(), 0
    with collector.held_back():
        while read := _batch(session, writer, documents, last, new):
            last, count = read[-1], count + len(read)
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
    session: Session, writer: tantivy.IndexWriter, documents: Documents, last: int, new: int
) -> list[int]:
    """The revisions written, in order; those up to a number are of papers not written before."""
    found = papers.after(session, last, BATCH)
    ids = [paper.id for _, paper in found]
    origins, others = listings.origins(session, ids), aliases.behind(session, ids)
    for revision, paper in found:
        if revision > new:
            for each in (paper.id, *others.get(paper.id, ())):  # as which it may stand there
                writer.delete_documents_by_term("id", each)
        origin = origins.get(paper.id, UNLISTED)
        writer.add_document(documents.made(revision, paper, origin))
    return [revision for revision, _ in found]
