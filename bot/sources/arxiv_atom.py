"""Answers of arXiv's API, in Atom: one entry for each paper, in its latest version.

What is documented is not always what comes: entries hold their parts in any order, ids begin with
http where links begin with https, and a malformed question is answered by an entry of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.paper import Paper
from bot.domain.withdrawal import says_withdrawn
from bot.errors import SourceFailed, SourceRefuses
from bot.sources.arxiv_fields import categories, doi, instant, numbered
from bot.sources.fields import link
from bot.sources.reports import Account, Problems, Unreadable, absent
from bot.sources.xml_tree import child, children, own_words, read_xml, readable_words, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EXPECTED = ("abstract", "authors", "categories", "published", "version")
_ERROR = "/api/errors"


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of an answer, and how many papers there are in all."""

    total: int
    entries: int  # on this page, readable or not
    papers: tuple[Paper, ...]
    problems: tuple[str, ...] = ()


def parse(body: bytes) -> Answer:
    """The papers of one page. Raises SourceFailed, also where the page lacks what it announces."""
    return read(read_xml(body))


def read(root: "Element", account: Account | None = None) -> Answer:
    """The same, of a document that is read."""
    if root.tag != "feed":
        raise SourceFailed(f"This is not an Atom feed but <{root.tag[:40]}>.")
    entries = list(children(root, "entry"))
    total, start = _number(root, "totalResults"), _number(root, "startIndex") or 0
    for entry in entries:
        if _ERROR in words(entry, "id"):
            raise SourceRefuses(f"This is a refusal: {words(entry, 'summary')[:200]}.")
    if total is None:
        raise SourceFailed("The answer does not say how many papers there are.")
    if total > start and not entries:  # seen for hours at a time
        raise SourceFailed(f"The answer is empty, though there are {total:,} papers.")
    papers, problems = readable(entries, account)
    return Answer(total, len(entries), papers, problems)


def readable(
    entries: Sequence["Element"], account: Account | None = None
) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """The papers of entries, and what could not be read. Raises SourceFailed where none can."""
    papers: list[Paper] = []
    account = account or Account()
    account.records += len(entries)
    problems = Problems(account)
    for number, entry in enumerate(entries, start=1):
        try:
            papers.append(paper(entry))
        except Unreadable as problem:
            problems.add(f"Entry {number}", problem)
    if problems and not papers:
        raise problems.nothing_read(of=f"{len(problems):,} entries")
    return tuple(papers), (*problems.told(), *account.remark(absent(papers, EXPECTED)))


def paper(entry: "Element") -> Paper:
    """The paper of one entry. Raises Unreadable."""
    id_, version = numbered(words(entry, "id"))
    title, abstract = readable_words(entry, "title"), readable_words(entry, "summary")
    if not title:
        raise Unreadable(f"({id_}) has no title")
    comment = words(entry, "comment")
    return Paper(
        id=id_,
        title=title,
        abstract=abstract,
        authors=tuple(
            filter(None, (readable_words(each, "name") for each in children(entry, "author")))
        ),
        published=instant(words(entry, "published")),
        categories=_categories(entry),
        version=version,
        revised=instant(words(entry, "updated")),
        doi=doi(words(entry, "doi")),
        comment=comment,
        journal=words(entry, "journal_ref"),
        licence_url=link(own_words(child(entry, "rights")) or words(entry, "license")),
        withdrawn=says_withdrawn(comment, abstract),
    )


def _categories(entry: "Element") -> tuple[str, ...]:
    named = (*children(entry, "primary_category"), *children(entry, "category"))
    return categories(each.get("term", "") for each in named)


def _number(root: "Element", name: str) -> int | None:
    said = words(root, name)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None
