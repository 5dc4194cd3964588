"""The search index: a folder that follows the database by revision and may be deleted any time.

It proposes papers by id; the database fills them in. tantivy ranks by BM25 over one field in which
the title stands three times: that ranked better than boosting a field of its own.
"""

import shutil
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from bot.domain.paper import Paper
from bot.domain.query import SearchQuery
from bot.domain.tokens import tokens
from storage import papers
from storage.database import Session
from storage.search_query import WORDS, analyzer, compiled

TITLE_WEIGHT = 3
BATCH = 1_000  # papers taken in at once; each batch is one commit
HEAP = 64_000_000  # bytes the writer may fill before it writes a segment
VERSION = "1"  # of the fields below and of how text becomes words


@dataclass(frozen=True, slots=True)
class Found:
    """Ids with their scores, best first, and how many papers fit in all."""

    scores: dict[str, float]
    total: int


class SearchIndex:
    """One folder; many readers, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{VERSION}"
        self._lock = threading.Lock()
        self._index = _open(self._folder)

    def follow(self, session: Session) -> int:
        """Take in every paper with a later revision; returns how many.

        While another process writes, it takes them in, and this one sees its commits next time.
        """
        with self._lock:
            self._reload()
            last = self._last_revision()
            behind = last > papers.revision(session)  # another database, or a restored one
            if not behind and not papers.after(session, last, 1):
                return 0
            try:
                writer = self._index.writer(HEAP, num_threads=1)
            except ValueError as problem:
                if "LockBusy" in str(problem):  # another process is taking them in
                    return 0
                raise
            return self._take_in(session, writer, 0 if behind else last, start_over=behind)

    def find(self, query: SearchQuery, limit: int, start: int = 0) -> Found:
        """The best papers for a query, from a place in the ranking on."""
        searcher = self._index.searcher()
        result = searcher.search(compiled(self._index.schema, query), limit, offset=start)
        scores = {
            str(searcher.doc(address).get_first("id")): float(score)
            for score, address in result.hits
        }
        return Found(scores, result.count or 0)  # type: ignore[attr-defined]  # missing in its stubs

    def _reload(self) -> None:
        """See the last commit, of whichever process; begin anew where the folder was deleted."""
        try:
            self._index.reload()
        except ValueError:
            self._index = _open(self._folder)

    def _take_in(
        self, session: Session, writer: tantivy.IndexWriter, last: int, *, start_over: bool
    ) -> int:
        count = 0
        if start_over:
            writer.delete_all_documents()
        while batch := papers.after(session, last, BATCH):
            for last, paper in batch:
                writer.delete_documents_by_term("id", paper.id)
                writer.add_document(_document(last, paper))
            writer.commit()
            count += len(batch)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return count

    def _last_revision(self) -> int:
        """What the last commit had read; in the same commit as the papers, so never ahead."""
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.all_query(), 1, order_by_field="revision")
        return int(found.hits[0][0]) if found.hits else 0


def _open(folder: Path) -> tantivy.Index:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        index = tantivy.Index(_schema(), path=str(folder))
    except ValueError:  # damaged: everything in it stands in the database too
        shutil.rmtree(folder)
        folder.mkdir()
        index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer(WORDS, analyzer())
    return index


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        .add_unsigned_field("revision", indexed=True, fast=True)
        .add_text_field("text", tokenizer_name=WORDS)
        .add_text_field("people", tokenizer_name=WORDS)
        .add_text_field("category", tokenizer_name="raw", index_option="basic")
        .build()
    )


def _document(revision: int, paper: Paper) -> tantivy.Document:
    title = _words(paper.title)
    body = _words(paper.abstract or paper.tldr)
    document = tantivy.Document()
    document.add_text("id", paper.id)
    document.add_unsigned("revision", revision)
    document.add_text(
        "text", " ".join([*[title] * TITLE_WEIGHT, body, *map(_words, paper.keywords)])
    )
    document.add_text("people", _all_words((*paper.authors, paper.organization)))
    for category in paper.categories:
        document.add_text("category", category)
    return document


def _words(text: str) -> str:
    """Text as queries are read too: accents, LaTeX and scripts without spaces come out alike."""
    return " ".join(token.norm for token in tokens(text))


def _all_words(texts: Iterable[str]) -> str:
    return " ".join(map(_words, texts))
