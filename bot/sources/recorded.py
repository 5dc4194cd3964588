"""Days of Hugging Face and other recorded JSON: each file is one value, or a few after each other.

Beside the lists as the API gives them: what it found for a question, an answer of arXiv kept with
its address and status, and the page of a day as read later, with the votes it had then.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.paper import Batch, Listing, Paper, find_id
from bot.errors import SourceFailed
from bot.sources import arxiv_xml, hugging_face
from bot.sources.fields import count, mapping, prose, sequence, text
from bot.sources.hugging_face_entry import SOURCE
from bot.sources.reports import Account, Problems, Unreadable
from bot.sources.rows import day_in

_ANSWER = {"status_code", "body"}
_PAGE = {"date", "papers"}
_GOOD = 200


def parse(body: bytes, day: date | None, account: Account) -> Iterator[Batch]:
    """What a file holds that is named after a day, or after none. Raises SourceFailed."""
    values = hugging_face.decoded(body)
    only = mapping(values[0]) if len(values) == 1 else {}
    if only.keys() >= _ANSWER:
        yield from _answer(only, account)
    elif only.keys() >= _PAGE:
        yield _page(only, account)
    else:
        entries = hugging_face.listed(values)
        if any("highlightedTitle" in mapping(each) for each in entries):
            yield hugging_face.of_no_day(entries, account)
        elif day:
            yield hugging_face.of_day(entries, day, account)
        else:
            yield from hugging_face.of_days(entries, account)


def _answer(found: Mapping[str, Any], account: Account) -> Iterator[Batch]:
    status, body = found["status_code"], found["body"]
    if status != _GOOD or not isinstance(body, str):
        raise SourceFailed(f"This is an answer with status {text(str(status))[:20]}, not papers.")
    yield from arxiv_xml.read_body(body.encode(errors="replace"), account)


def _page(found: Mapping[str, Any], account: Account) -> Batch:
    """The page of a day, its papers by votes."""
    day, rows = day_in(text(found["date"])), sequence(found["papers"])
    if day is None:
        raise SourceFailed("The page does not say of which day it is.")
    account.records += len(rows)
    problems = Problems(account)
    listings = list(_listings(rows, day, problems))
    if rows and not listings:
        raise problems.nothing_read(of=f"{len(rows):,} entries")
    return Batch(SOURCE, day, hugging_face.by_votes(listings), problems.told())


def _listings(rows: Sequence[object], day: date, problems: Problems) -> Iterator[Listing]:
    for number, row in enumerate(map(mapping, rows), start=1):
        try:
            paper = _paper(row)
        except Unreadable as problem:
            problems.add(f"Entry {number}", problem)
        else:
            votes = count(row.get("upvotes")) or 0
            yield Listing(SOURCE, day, paper, upvotes=votes)


def _paper(row: Mapping[str, Any]) -> Paper:
    id_, title = find_id(text(row.get("url"))), prose(row.get("title"))
    if not id_:
        raise Unreadable("has no link with an arXiv id")
    if not title:
        raise Unreadable(f"({id_}) has no title")
    authors = filter(None, map(prose, sequence(row.get("authors"))))
    return Paper(id=id_, title=title, abstract=prose(row.get("abstract")), authors=tuple(authors))
