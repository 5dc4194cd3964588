"""The search index: a folder that follows the database by revision and may be deleted any time.

It proposes papers by id; the database fills them in. tantivy ranks by BM25 over one field in which
the title stands three times: that ranked better than boosting a field of its own.
"""

import shutil
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import tantivy

from bot.domain.matching import document, fact_keys
from bot.domain.paper import Paper
from bot.domain.query import Query, SearchQuery
from bot.domain.tokens import tokens
from storage import listings, papers
from storage.database import Session
from storage.proposals import analyzer, proposed
from storage.search_query import compiled
from storage.vocabulary import Vocabulary
from storage.words_on_disk import WordsOnDisk

TITLE_WEIGHT = 3
BATCH = 1_000  # papers taken in at once; each batch is one commit
HEAP = 64_000_000  # bytes the writer may fill before it writes a segment
VERSION = "3"  # of the fields below and of how text becomes words
COMMON = 0.03  # of all papers
FEW_PAPERS = 50  # where there are few papers in all, a word in so many of them may still tell
SHARES = 1_024  # a paper's share is as good as drawn by lot: some of them are a fair sample
_UNLISTED = listings.Origin(date(1970, 1, 1))
_WORDS = "words"  # our analyzer's name in the schema


@dataclass(frozen=True, slots=True)
class Found:
    """Ids with their scores, best first, and how many papers fit in all."""

    scores: dict[str, float]
    total: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """Ids of papers that could match a query; where those are too many, of a fair sample."""

    ids: tuple[str, ...]
    sampled: float = 1.0  # which part of all of them these are


class SearchIndex:
    """One folder; many readers, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{VERSION}"
        self._lock = threading.Lock()
        self._index = _open(self._folder)
        self._vocabulary = WordsOnDisk(self._folder)

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

    def propose(self, query: Query, since: date, limit: int) -> Proposed:
        """Papers first listed on a day or later: all that match the query, and about `limit`."""
        days = _from(self._index.schema, "day", since.toordinal(), date.max.toordinal())
        wanted = [proposed(self._index.schema, query), days]
        searcher = self._index.searcher()
        found = searcher.search(_all_of(wanted), limit)
        count = found.count or 0  # type: ignore[attr-defined]  # missing in its stubs
        shares = SHARES if count <= limit else max(1, SHARES * limit // count)
        if shares < SHARES:
            share = _from(self._index.schema, "share", 0, shares - 1)
            found = searcher.search(_all_of([*wanted, share]), count)
        return Proposed(_ids(searcher, found), shares / SHARES)

    def holds(self, query: Query) -> bool:
        """Whether any paper could match the query."""
        wanted = proposed(self._index.schema, query)
        return bool(self._index.searcher().search(wanted, 1, count=False).hits)

    def is_common(self, word: str) -> bool:
        """Whether a word stands in so many papers that it tells none apart."""
        searcher = self._index.searcher()
        return searcher.doc_freq("word", word) > max(FEW_PAPERS, searcher.num_docs * COMMON)

    @property
    def holds_papers(self) -> bool:
        """Whether there is anything to search."""
        return self._index.searcher().num_docs > 0

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all papers, as far as they were counted."""
        return self._vocabulary.latest()

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
            origins = listings.origins(session, [paper.id for _, paper in batch])
            for last, paper in batch:
                writer.delete_documents_by_term("id", paper.id)
                writer.add_document(_document(last, paper, origins.get(paper.id, _UNLISTED)))
            writer.commit()
            count += len(batch)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        searcher = self._index.searcher()
        self._vocabulary.follow(searcher.num_docs, lambda: searcher.terms_with_prefix("word", ""))
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
    index.register_tokenizer(_WORDS, analyzer())
    return index


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        .add_unsigned_field("revision", indexed=True, fast=True)
        .add_unsigned_field("day", indexed=True, fast=True)
        .add_unsigned_field("share", indexed=True, fast=True)
        .add_text_field("text", tokenizer_name=_WORDS)
        .add_text_field("people", tokenizer_name=_WORDS)
        .add_text_field("word", tokenizer_name="whitespace", index_option="basic")
        .add_text_field("key", tokenizer_name="raw", index_option="basic")
        .build()
    )


def _document(revision: int, paper: Paper, origin: listings.Origin) -> tantivy.Document:
    read = document(paper, origin.sources)
    title, body = read.text.norms[: read.barrier], read.text.norms[read.barrier + 1 :]
    made = tantivy.Document()
    made.add_text("id", paper.id)
    made.add_unsigned("revision", revision)
    made.add_unsigned("day", origin.first_day.toordinal())
    made.add_unsigned("share", crc32(paper.id.encode()) % SHARES)
    keywords = map(_words, paper.keywords)
    made.add_text("text", " ".join([*title * TITLE_WEIGHT, *body, *keywords]))
    made.add_text("word", " ".join({*title, *body}))
    made.add_text("people", _all_words((*paper.authors, paper.organization)))
    for key in fact_keys(read):
        made.add_text("key", key)
    return made


def _ids(searcher: tantivy.Searcher, found: tantivy.SearchResult) -> tuple[str, ...]:
    return tuple(str(searcher.doc(address).get_first("id")) for _, address in found.hits)


def _from(schema: tantivy.Schema, name: str, first: int, last: int) -> tantivy.Query:
    return tantivy.Query.range_query(schema, name, tantivy.FieldType.Unsigned, first, last)


def _all_of(parts: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _words(text: str) -> str:
    """Text as queries are read too: accents, LaTeX and scripts without spaces come out alike."""
    return " ".join(token.norm for token in tokens(text))


def _all_words(texts: Iterable[str]) -> str:
    return " ".join(map(_words, texts))
