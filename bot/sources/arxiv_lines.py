"""arXiv's daily lists as crawled from its pages: one JSON object per line.

The keys are id, categories, pdf, abs, authors, title, comment and summary. The file is named after
the day of the crawl, and a paper found on the lists of several categories has several lines.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from bot.domain.paper import UNDATED, Batch, Listing, Paper, find_id
from bot.sources.fields import prose, sequence, text, texts
from bot.sources.reports import Account, Unreadable
from bot.sources.rows import any_object_has, batches, day_in, filled_lines, json_object

SOURCE = "arxiv"
_EXPECTED = ("abstract", "authors", "categories")


def recognises(_: Path, head: bytes) -> bool:
    """Is one of the first lines an object with an id, a title and a summary?"""
    return any_object_has({"id", "title", "summary"}, head)


def read(path: Path, stream: BinaryIO, account: Account | None = None) -> Iterator[Batch]:
    """The lists in batches of the day in the file's name, or UNDATED without one."""
    day = day_in(path.name) or UNDATED
    rows = filled_lines(stream)
    return batches(SOURCE, day, rows, partial(_listing, day), _EXPECTED, account=account)


def _listing(day: date, line: bytes) -> Listing:
    row = json_object(line)
    given, title = text(row.get("id")), prose(row.get("title"))
    id_ = find_id(given)
    if not given:
        raise Unreadable("has no id")
    if id_ is None:
        raise Unreadable(f"({given[:40]}) has an id that is not an arXiv id")
    if not title:
        raise Unreadable(f"({id_}) has no title")
    paper = Paper(
        id=id_,
        title=title,
        abstract=prose(row.get("summary")),
        authors=tuple(filter(None, map(prose, sequence(row.get("authors"))))),
        categories=texts(row.get("categories")),
    )
    return Listing(SOURCE, day, paper)
