"""Replies of arXiv with any part of them cut out or overwritten: read, or refused in words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceFailed
from bot.sources import arxiv_atom, arxiv_feed, arxiv_oai

REPLIES = Path(__file__).parents[2] / "replies"
PARSERS = [
    (arxiv_atom.parse, "arxiv_answer.xml"),
    (arxiv_feed.parse, "arxiv_feed.rss"),
    (arxiv_feed.parse, "arxiv_feed.atom"),
    (arxiv_oai.parse, "arxiv_records.xml"),
    (arxiv_oai.parse, "arxiv_raw.xml"),
    (arxiv_oai.parse, "arxiv_dublin_core.xml"),
]
PIECES = [
    b"",
    b"<",
    b">",
    b"\xff",
    b"\x00",
    b"&#0;",
    b"<x/>",
    b"<title/>",
    b"v9999",
    b"1e999",
    b"-1",
]


@pytest.mark.parametrize(("parse", "name"), PARSERS, ids=[name for _, name in PARSERS])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_nothing_but_source_failed_is_raised_and_every_paper_can_be_stored(parse, name, data):
    body = (REPLIES / name).read_bytes()
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 400)))
    piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=8))
    try:
        found = parse(body[:start] + piece + body[end:])
    except SourceFailed:
        return

    repr(found).encode()  # no lone surrogate: every database takes it
    name = next(each for each in ("papers", "items", "records") if hasattr(found, each))
    papers = [getattr(each, "paper", each) for each in getattr(found, name)]
    assert all(each.id and each.title and 0 <= each.version < 10_000 for each in papers)
    assert "\x00" not in repr(papers)
