"""Recorded answers of arXiv as files: pages of OAI-PMH, announcements, and answers of the API."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.domain.paper import UNDATED, Batch, Listing, Paper
from bot.errors import SourceFailed
from bot.sources import arxiv_atom, arxiv_feed, arxiv_oai
from bot.sources.arxiv_fields import SOURCE
from bot.sources.reports import Account
from bot.sources.rows import AT_ONCE, Gone, batches
from bot.sources.unpacking import looked_into
from bot.sources.xml_stream import elements, root_name
from bot.sources.xml_tree import read_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEAD = 65_536  # bytes within which a document says what it is
# A page of a thousand records has 2 MB; a packed bomb has no end.
LARGEST = 64_000_000
_STARTS = (b"<?xml", b"<oai-pmh", b"<listrecords", b"<record", b"<feed", b"<rss", b"\xff\xfe<\0")


def recognises(path: Path, head: bytes) -> bool:
    """Is it XML, by its name or by how it begins? A web page is refused by the reader."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    return ".xml" in path.suffixes or start.startswith(_STARTS)


def read(_: Path, stream: BinaryIO, account: Account) -> Iterator[Batch]:
    """What the file holds; a listing is of the day of its announcement, or when its paper came.

    Records of OAI-PMH may be any number, also in several pages one behind the other.
    """
    head, whole = looked_into(stream, _HEAD)
    if arxiv_oai.is_oai(root_name(head)):
        yield from _records(whole, account)
    else:
        yield from _feed(whole, account)


def read_body(body: bytes, account: Account) -> Iterator[Batch]:
    """The same of an answer of arXiv's API or a feed, which are never long."""
    root = read_xml(body)
    if arxiv_feed.is_announcement(root):
        feed = arxiv_feed.read(root, account)
        day = feed.day or UNDATED
        news = (each for each in feed.items if each.kind.is_news)
        listings = tuple(Listing(SOURCE, each.day or day, each.paper) for each in news)
        later = tuple(each.paper for each in feed.items if not each.kind.is_news)
        yield Batch(SOURCE, day, listings, feed.problems, later)
    elif root.tag == "feed":
        answer = arxiv_atom.read(root, account)
        yield from _undated(answer.papers, answer.problems)
    else:
        raise SourceFailed(f"I don't know XML that begins with <{root.tag[:40]}>.")


def _feed(stream: BinaryIO, account: Account) -> Iterator[Batch]:
    body = stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise SourceFailed(f"The file is larger than {LARGEST:,} bytes, unpacked.")
    yield from read_body(body, account)


def _records(stream: BinaryIO, account: Account) -> Iterator[Batch]:
    rows = _numbered(stream)
    try:
        first = next(rows, None)
    except EOFError:
        raise SourceFailed("This is not XML, or only a part of it.") from None
    if first is None:  # nothing fits what was asked for
        yield Batch(SOURCE, UNDATED, ())
        return
    yield from batches(
        SOURCE,
        UNDATED,
        chain([first], rows),
        _record,
        arxiv_oai.EXPECTED,
        account=account,
        called="Record",
    )


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, "Element"]]:
    """The records, numbered. Raises SourceFailed where there is none, and no word of why."""
    number, is_said = 0, False
    for element in elements(stream, {"record", "error", "resumptionToken"}):
        if element.tag == "record":
            number += 1
            yield number, element
        else:
            is_said = True
            if element.tag == "error":
                arxiv_oai.says_none(element)
    if not number and not is_said:
        raise SourceFailed(arxiv_oai.NO_WORD)


def _record(element: "Element") -> Listing | Gone:
    found = arxiv_oai.entry(element)
    if isinstance(found, str):
        return Gone(found)
    return Listing(SOURCE, _day(found.paper), found.paper)


def _undated(papers: Sequence[Paper], problems: tuple[str, ...]) -> Iterator[Batch]:
    """A list of no day, whose listings have days of their own."""
    once = list({each.id: each for each in papers}.values())
    listings = [Listing(SOURCE, _day(each), each) for each in once]
    yield Batch(SOURCE, UNDATED, tuple(listings[:AT_ONCE]), problems)
    for start in range(AT_ONCE, len(listings), AT_ONCE):
        yield Batch(SOURCE, UNDATED, tuple(listings[start : start + AT_ONCE]))


def _day(paper: Paper) -> date:
    return paper.published.date() if paper.published else UNDATED
