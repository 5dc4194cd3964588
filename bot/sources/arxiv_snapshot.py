"""arXiv's metadata in one file, as its monthly data set has it: one JSON object per line.

The keys are id, submitter, authors, title, comments, journal-ref, doi, report-no, categories (with
spaces between), license, abstract, versions (each a version and the e-mail date it was created on),
update_date and authors_parsed (keyname, forenames and suffix of each). The submitter is not kept.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from bot.domain.paper import UNDATED, Batch, Listing, Paper
from bot.domain.withdrawal import says_withdrawn
from bot.sources.arxiv_fields import SOURCE, categories, doi, instant, numbered, people
from bot.sources.fields import link, mapping, prose, sequence, text
from bot.sources.reports import Account, Unreadable
from bot.sources.rows import any_object_has, batches, filled_lines, json_object

_EXPECTED = ("abstract", "authors", "categories")


def recognises(_: Path, head: bytes) -> bool:
    """Is one of the first lines an object with an id, a title and an abstract?"""
    return any_object_has({"id", "title", "abstract"}, head)


def read(_: Path, stream: BinaryIO, account: Account | None = None) -> Iterator[Batch]:
    """The lines in batches of no day; each listing is of the day its paper came."""
    rows = filled_lines(stream)
    return batches(SOURCE, UNDATED, rows, _listing, _EXPECTED, account=account)


def _listing(line: bytes) -> Listing:
    row = json_object(line)
    id_, _ = numbered(text(row.get("id")))
    title = prose(row.get("title"))
    if not title:
        raise Unreadable(f"({id_}) has no title")
    paper = _paper(id_, title, row)
    return Listing(SOURCE, paper.published.date() if paper.published else UNDATED, paper)


def _paper(id_: str, title: str, row: Mapping[str, Any]) -> Paper:
    versions = [mapping(each) for each in sequence(row.get("versions"))]
    dates = [instant(text(each.get("created"))) for each in versions]
    comment, abstract = prose(row.get("comments")), prose(row.get("abstract"))
    return Paper(
        id=id_,
        title=title,
        abstract=abstract,
        authors=_parsed(row) or people(prose(row.get("authors"))),
        published=dates[0] if dates else None,
        categories=categories(text(row.get("categories")).split()),
        version=len(versions),
        revised=dates[-1] if dates else None,
        doi=doi(text(row.get("doi"))),
        comment=comment,
        journal=prose(row.get("journal-ref")),
        licence_url=link(row.get("license")),
        withdrawn=says_withdrawn(comment, abstract),
    )


def _parsed(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that are told in parts, as they are said."""
    given = (sequence(each) for each in sequence(row.get("authors_parsed")))
    names = (
        " ".join(filter(None, map(prose, (*parts[1:2], *parts[:1], *parts[2:3]))))
        for parts in given
    )
    return tuple(filter(None, names))
