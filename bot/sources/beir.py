"""Test collections in BEIR's form: one JSON object with _id, title and text per line."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bot.domain.paper import UNDATED, Batch, Listing, Paper
from bot.sources.fields import prose, text
from bot.sources.reports import Account, Unreadable
from bot.sources.rows import any_object_has, batches, filled_lines, json_object

SOURCE = "beir"


def recognises(_: Path, head: bytes) -> bool:
    """Is one of the first lines an object with an _id and a text?"""
    return any_object_has({"_id", "text"}, head)


def read(_: Path, stream: BinaryIO, account: Account | None = None) -> Iterator[Batch]:
    """The collection in batches; ids are kept as they are given, and a collection has no day."""
    return batches(SOURCE, UNDATED, filled_lines(stream), _listing, account=account)


def _listing(line: bytes) -> Listing:
    row = json_object(line)
    id_, title = text(row.get("_id")), prose(row.get("title"))
    if not id_:
        raise Unreadable("has no _id")
    if not title:
        raise Unreadable(f"({id_[:40]}) has no title")
    return Listing(SOURCE, UNDATED, Paper(id=id_, title=title, abstract=prose(row.get("text"))))
