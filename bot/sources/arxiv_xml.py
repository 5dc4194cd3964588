"""Recorded answers of arXiv as files: pages of OAI-PMH, announcements, and answers of the API."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from bot.domain.paper import UNDATED, Batch, Listing, Paper
from bot.errors import SourceFailed
from bot.sources import arxiv_atom, arxiv_feed, arxiv_oai
from bot.sources.arxiv_fields import SOURCE
from bot.sources.rows import AT_ONCE
from bot.sources.xml_tree import read_xml

# A page of a thousand records has 2 MB; a packed bomb has no end.
LARGEST = 64_000_000
_STARTS = (b"<?xml", b"<oai-pmh", b"<listrecords", b"<record", b"<feed", b"<rss", b"\xff\xfe<\0")


def recognises(path: Path, head: bytes) -> bool:
    """Is it XML, by its name or by how it begins? A web page is refused by the reader."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    return ".xml" in path.suffixes or start.startswith(_STARTS)


def read(_: Path, stream: BinaryIO) -> Iterator[Batch]:
    """What the file holds; a listing is of the day of its announcement, or when its paper came."""
    body = stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise SourceFailed(f"The file is larger than {LARGEST:,} bytes, unpacked.")
    root = read_xml(body)
    if arxiv_oai.is_oai(root):
        page = arxiv_oai.read(root)
        yield from _undated([each.paper for each in page.records], page.problems, page.deleted)
    elif arxiv_feed.is_announcement(root):
        feed = arxiv_feed.read(root)
        day = feed.day or UNDATED
        news = (each for each in feed.items if each.kind.is_news)
        listings = tuple(Listing(SOURCE, each.day or day, each.paper) for each in news)
        later = tuple(each.paper for each in feed.items if not each.kind.is_news)
        yield Batch(SOURCE, day, listings, feed.problems, later)
    elif root.tag == "feed":
        answer = arxiv_atom.read(root)
        yield from _undated(answer.papers, answer.problems)
    else:
        raise SourceFailed(f"I don't know XML that begins with <{root.tag[:40]}>.")


def _undated(
    papers: Sequence[Paper], problems: tuple[str, ...], gone: tuple[str, ...] = ()
) -> Iterator[Batch]:
    """A list of no day, whose listings have days of their own."""
    once = list({each.id: each for each in papers}.values())
    listings = [Listing(SOURCE, _day(each), each) for each in once]
    yield Batch(SOURCE, UNDATED, tuple(listings[:AT_ONCE]), problems, gone=gone)
    for start in range(AT_ONCE, len(listings), AT_ONCE):
        yield Batch(SOURCE, UNDATED, tuple(listings[start : start + AT_ONCE]))


def _day(paper: Paper) -> date:
    return paper.published.date() if paper.published else UNDATED
