"""The search index: a folder that follows the database by revision and may be deleted any time.

It proposes papers by id; the database fills them in. tantivy ranks by BM25 over one field in which
the title stands three times: that ranked better than boosting a field of its own.
"""

import logging
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import tantivy

from bot.domain.paper import Paper
from bot.domain.query import Query, SearchQuery, Sort
from bot.errors import BotError
from storage import index_folder, papers
from storage.database import Session
from storage.index_documents import SHARES
from storage.index_folder import Damaged, Opened
from storage.index_writing import last_revision, take_in
from storage.likeness import beside
from storage.proposals import proposed
from storage.search_query import compiled
from storage.vocabulary import Vocabulary
from storage.weeks import counted
from storage.words_on_disk import WordsOnDisk

VERSION = "5"  # of the fields of a document and of how text becomes words
COMMON = 0.03  # of all papers
FEW = 50  # papers: a word in no more of them may still tell, where there are few in all

log = logging.getLogger(__name__)


class IndexUnavailable(BotError):
    """I can't open my search index: its folder may be full or closed to me. My log says which."""


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
    """One folder; many readers, one writer at a time. It is opened when it is first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{VERSION}"
        self._writing, self._looking = threading.Lock(), threading.Lock()
        self._opened: Opened | None = None
        self._problem = ""  # why the folder cannot be used
        self._is_tidy = False
        self._vocabulary = WordsOnDisk(self._folder)

    def problem(self) -> str:
        """Why the folder cannot be used, in a few words; empty where it can."""
        try:
            index_folder.create(self._folder)
        except OSError as problem:
            return index_folder.reason(problem)
        except Damaged:
            return ""  # made anew when it is next written
        return ""

    def follow(self, session: Session, *, count_words: bool = True) -> int:
        """Take in every paper with a later revision; returns how many.

        Whoever will follow again soon may leave words to be counted then: that takes seconds.
        While another process writes, it takes them in. What keeps the index from being written is
        noted in the log, once.
        """
        with self._writing:
            try:
                count = self._follow(session, count_words=count_words)
            except (OSError, ValueError) as problem:  # tantivy has ValueError for a full disk
                if "LockBusy" not in str(problem):
                    self._note(problem)
                return 0
            self._problem = ""
            self._tidy()
            return count

    def find(self, query: SearchQuery, limit: int, among: Collection[str] = ()) -> Found:
        """The best papers for a query, of these ids if any are given; none of a damaged index.

        Where the latest are asked for, those, each with its day for a score.

        Raises IndexUnavailable.
        """
        opened = self._now()
        if opened is None and self._problem:
            raise IndexUnavailable
        if opened is None:
            return Found({}, 0)
        searcher = opened.searcher
        wanted = compiled(opened.index.schema, searcher, query, among)
        by_day = "published" if query.sort is Sort.NEW else None
        result = searcher.search(wanted, limit, order_by_field=by_day)
        return Found(_scores(searcher, result), result.count or 0)  # type: ignore[attr-defined]  # missing in its stubs

    def propose(self, query: Query, since: date, limit: int) -> Proposed:
        """Papers first listed on a day or later: all that match the query, and about `limit`."""
        opened = self._now()
        if opened is None:
            return Proposed(())
        schema, searcher = opened.index.schema, opened.searcher
        days = _from(schema, "day", since.toordinal(), date.max.toordinal())
        wanted = [proposed(schema, query), days]
        found = searcher.search(_all_of(wanted), limit)
        count = found.count or 0  # type: ignore[attr-defined]  # missing in its stubs
        shares = SHARES if count <= limit else max(1, SHARES * limit // count)
        if shares < SHARES:
            share = _from(schema, "share", 0, shares - 1)
            found = searcher.search(_all_of([*wanted, share]), count)
        return Proposed(_ids(searcher, found), shares / SHARES)

    def weekly(self, query: Query, since: date, weeks: int) -> tuple[int, ...]:
        """How many papers could match, by the week of their first listing from a day on.

        Raises IndexUnavailable.
        """
        opened = self._now()
        if opened is None and self._problem:
            raise IndexUnavailable
        if opened is None:
            return (0,) * weeks
        return counted(opened.index.schema, opened.searcher, query, since, weeks)

    def holds(self, query: Query) -> bool:
        """Whether any paper could match the query."""
        opened = self._now()
        if opened is None:
            return False
        wanted = proposed(opened.index.schema, query)
        return bool(opened.searcher.search(wanted, 1, count=False).hits)

    def is_common(self, word: str) -> bool:
        """Whether a word stands in so many papers that it tells none apart."""
        opened = self._now()
        if opened is None:
            return False
        most = max(FEW, opened.searcher.num_docs * COMMON)
        return opened.searcher.doc_freq("word", word) > most

    def like(self, paper: Paper, limit: int) -> dict[str, float]:
        """Other papers that share a paper's most telling words, by id, best first."""
        opened = self._now()
        if opened is None:
            return {}
        searcher = opened.searcher
        found = searcher.search(beside(opened.index.schema, paper), limit, count=False)
        return _scores(searcher, found)

    @property
    def holds_papers(self) -> bool:
        """Whether there is anything to search."""
        opened = self._now()
        return opened is not None and opened.searcher.num_docs > 0

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all papers, as far as they were counted."""
        return self._vocabulary.latest()

    def _now(self) -> Opened | None:
        """The index as of the last commit of any process; None where there is none to be read."""
        with self._looking:
            try:
                self._opened = index_folder.current(self._folder, self._opened)
            except Damaged as damage:
                self._opened = None
                log.debug("the search index is damaged: %s", damage)
            except OSError as problem:
                self._opened = None
                self._note(problem)
            return self._opened

    def _follow(self, session: Session, *, count_words: bool) -> int:
        try:
            return self._catch_up(session, count_words=count_words)
        except Damaged as damage:
            log.warning("the search index is damaged and made anew: %s", damage)
            with self._looking:
                self._opened = None
            index_folder.clear(self._folder)
            return self._catch_up(session, count_words=count_words)

    def _catch_up(self, session: Session, *, count_words: bool) -> int:
        """Raises Damaged."""
        with self._looking:
            self._opened = index_folder.current(self._folder, self._opened)
            here = self._opened if index_folder.holds_index(self._folder) else None
        last = last_revision(here.searcher) if here else 0
        behind = last > papers.revision(session)  # another database, or a restored one
        if not behind and not papers.after(session, last, 1):
            if count_words:
                self._count_words(changed=False)
            return 0
        index = index_folder.create(self._folder)
        count = take_in(session, index, start_over=behind)
        if count_words:
            self._count_words(changed=True)
        return count

    def _count_words(self, *, changed: bool) -> None:
        opened = self._now()
        if opened is not None:
            searcher = opened.searcher
            words = partial(searcher.terms_with_prefix, "word", "")
            self._vocabulary.follow(searcher.num_docs, words, changed=changed)

    def _tidy(self) -> None:
        """Once a process: an older one that still runs may make its own again."""
        if not self._is_tidy and self._now() is not None:
            index_folder.tidy(self._folder)
            self._is_tidy = True

    def _note(self, problem: Exception) -> None:
        """One line for as long as it lasts: it is found again with every look."""
        said = index_folder.reason(problem)
        if not self._problem:
            log.error("the search index cannot be used: %s", said)
        self._problem = said


def _scores(searcher: tantivy.Searcher, found: tantivy.SearchResult) -> dict[str, float]:
    return {
        str(searcher.doc(address).get_first("id")): float(score) for score, address in found.hits
    }


def _ids(searcher: tantivy.Searcher, found: tantivy.SearchResult) -> tuple[str, ...]:
    return tuple(str(searcher.doc(address).get_first("id")) for _, address in found.hits)


def _from(schema: tantivy.Schema, name: str, first: int, last: int) -> tantivy.Query:
    return tantivy.Query.range_query(schema, name, tantivy.FieldType.Unsigned, first, last)


def _all_of(parts: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
