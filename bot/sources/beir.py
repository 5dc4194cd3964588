"""Test collections in BEIR's form: one JSON object with _id, title and text per line."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import BinaryIO

from bot.domain.paper import Batch, Listing, Paper
from bot.sources.fields import mapping, text
from bot.sources.reports import Problems, Unreadable
from bot.sources.unpacking import DAMAGE

SOURCE = "beir"
# A collection has no day. This one is long past, so that nothing of it is ever news.
UNDATED = date(1970, 1, 1)
# Papers in a batch: a collection may hold millions, and each batch is one transaction.
AT_ONCE = 1_000
LONGEST_LINE = 1_000_000  # bytes


def recognises(_: Path, head: bytes) -> bool:
    """Is one of the first lines an object with an _id and a text?"""
    return any({"_id", "text"} <= mapping(_json(line)).keys() for line in head.splitlines())


def read(_: Path, stream: BinaryIO) -> Iterator[Batch]:
    """The collection in batches; ids are kept as they are given."""
    papers: dict[str, Paper] = {}
    problems = Problems()
    number, any_read = 0, False
    try:
        for number, line in _lines(stream):
            try:
                paper = _paper(line)
                papers[paper.id] = paper
            except Unreadable as problem:
                problems.add(f"Line {number} {problem}.")
            if len(papers) == AT_ONCE:
                yield _batch(papers, problems)
                papers, problems, any_read = {}, Problems(), True
    except DAMAGE:
        problems.add(f"The file is cut short or damaged after line {number}.")
    if not papers and not any_read:
        raise problems.nothing_read(of=f"{number} lines")
    if papers or problems:
        yield _batch(papers, problems)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank; of one that is too long, only its beginning."""
    for number in count(1):
        line = rest = stream.readline(LONGEST_LINE)
        if not line:
            return
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
        if line.strip():
            yield number, line


def _paper(line: bytes) -> Paper:
    row = _json(line)
    if not isinstance(row, dict):
        raise Unreadable("is not a JSON object")
    id_, title = text(row.get("_id")), text(row.get("title"))
    if not id_:
        raise Unreadable("has no _id")
    if not title:
        raise Unreadable(f"({id_[:40]}) has no title")
    return Paper(id=id_, title=title, abstract=text(row.get("text")))


def _json(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _batch(papers: dict[str, Paper], problems: Problems) -> Batch:
    listings = tuple(Listing(SOURCE, UNDATED, each) for each in papers.values())
    return Batch(SOURCE, UNDATED, listings, problems.told())
