"""arXiv metadata as tab-separated tables under a header, one row per paper, as csv writes them.

Columns: a nameless row number, abstract, acm_class, arxiv_id, author_text, categories, comments,
created, doi, num_authors, num_categories, primary_cat, title, updated, categories_list. A field in
quotes may hold line breaks. Where ids went through a table of numbers they lost their zeros and
gained noise: 704.011 and 1912.1307600000002 are 0704.0110 and 1912.13076.
"""

import csv
import re
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

from bot.domain.paper import UNDATED, Batch, Listing, Paper, clean, find_id
from bot.sources.fields import moment
from bot.sources.latex import readable
from bot.sources.reports import Account, Unreadable
from bot.sources.rows import LONGEST_LINE, batches, lines

SOURCE = "arxiv"
_EXPECTED = ("abstract", "authors", "categories", "published")
# Those that are read; all but the first two may be absent.
_ID, _TITLE = "arxiv_id", "title"
_COLUMNS = (
    _ID,
    _TITLE,
    "abstract",
    "author_text",
    "categories",
    "primary_cat",
    "created",
)
_NUMBER = re.compile(r"(?P<month>[0-9]{3,4})\.(?P<place>[0-9]{1,16})")
_FIVE_DIGITS_SINCE = "1501"
_NOISE = 1e-6  # what a float adds or takes away is far smaller, another paper far larger
_BETWEEN_AUTHORS = re.compile(r"\s*[,;]\s*(?:and\s+)?")

# Below the longest line in any script: a line cut at its longest fails alone.
_LONGEST_FIELD = LONGEST_LINE // 5
# One setting for the whole process, therefore made once: the authors of a large collaboration can
# fill more than csv's own 131,072 characters. Nothing else here reads csv.
csv.field_size_limit(_LONGEST_FIELD)


class _Layout(NamedTuple):
    """Where a table has its columns. `pick` finds an absent one in an empty field at the end."""

    width: int
    pick: "itemgetter[Any]"


# The fields are None where one was too long to be read.
_Row: TypeAlias = tuple[_Layout, list[str] | None]


def recognises(_: Path, head: bytes) -> bool:
    """Is the first line a header with an arxiv_id and a title?"""
    return {_ID, _TITLE} <= set(_header(head.partition(b"\n")[0]))


def read(_: Path, stream: BinaryIO, account: Account | None = None) -> Iterator[Batch]:
    """The table in batches of no day; each listing is of the day its paper was created.

    Tables may follow each other, each under a header of its own.
    """
    # A table is the list of no day; its listings have days of their own.
    return batches(SOURCE, UNDATED, _rows(stream), _listing, _EXPECTED, account=account)


def _layout(header: list[str]) -> _Layout:
    where = [header.index(name) if name in header else len(header) for name in _COLUMNS]
    return _Layout(len(header), itemgetter(*where))


def _header(line: bytes) -> list[str]:
    return [clean(name) for name in _text(line).split("\t")]


def _text(line: bytes) -> str:
    # A carriage return amid a line is a space everywhere else, and an error to csv.
    return line.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", " ")


def _rows(stream: BinaryIO) -> Iterator[tuple[int, _Row]]:
    """The rows under each header, with the number of their first line."""
    layout = _layout(_header(next(lines(stream))))
    reader = csv.reader(map(_text, lines(stream)), delimiter="\t")
    while True:
        number = reader.line_num + 2
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, (layout, None)
        else:
            if _ID in row and _TITLE in row:
                layout = _layout([clean(name) for name in row])
            elif row:  # a blank line is none
                yield number, (layout, row)


def _listing(found: _Row) -> Listing:
    layout, row = found
    if row is None:
        raise Unreadable(f"has a field of more than {_LONGEST_FIELD:,} characters")
    if len(row) != layout.width:
        raise Unreadable(f"has {len(row)} fields and the header {layout.width}")
    given, title, abstract, authors, categories, primary, created = layout.pick([*row, ""])
    paper = Paper(
        id=_arxiv_id(given.strip()),
        title=readable(clean(title)),
        abstract=readable(clean(abstract)),
        authors=_authors(readable(clean(authors))),
        published=moment(created),
        categories=_categories(clean(f"{primary},{categories}")),
    )
    if not paper.title:
        raise Unreadable(f"({paper.id}) has no title")
    return Listing(SOURCE, paper.published.date() if paper.published else UNDATED, paper)


def _arxiv_id(given: str) -> str:
    """The canonical id of one that may have been written as a number. Raises Unreadable."""
    number = _NUMBER.fullmatch(given)
    id_ = _from_number(given, number["month"].zfill(4)) if number else find_id(given)
    if id_:
        return id_
    said = clean(given)[:40]
    raise Unreadable(f"({said}) has an id that is not an arXiv id" if said else "has no arxiv_id")


def _from_number(given: str, month: str) -> str | None:
    digits = 5 if month >= _FIVE_DIGITS_SINCE else 4
    value = float(given)
    rounded = f"{value:0{5 + digits}.{digits}f}"
    is_month = "01" <= month[2:] <= "12"
    return rounded if is_month and abs(value - float(rounded)) < _NOISE else None


def _authors(given: str) -> tuple[str, ...]:
    return tuple(filter(None, _BETWEEN_AUTHORS.split(given)))


def _categories(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.replace(",", " ").split()))
