"""XML read piece by piece gives what it gives read whole, and refuses the same."""

import io
import re
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceFailed
from bot.sources import xml_stream
from bot.sources.xml_stream import elements, root_name
from bot.sources.xml_tree import read_xml
from tests.arxiv import a_deletion, a_page, a_record

PAGE = a_page(
    a_record("2606.00001").replace("Words.", "Größe &#233; &amp; &#x41; &lt;b&gt;"),
    a_deletion("2606.00002"),
    a_record("2606.00003").replace("Words.", "<i>Two</i> <record>words</record>"),
    token="more",
)
NAMES = {"record", "resumptionToken"}
# Where they end; what is within another one is not followed by the next.
ENDS = [each.end() for each in re.finditer(rb"</re\w+>(?=<re|</ListRecords)", PAGE)]


class Pieces(io.RawIOBase):
    """A stream that gives so many bytes at once."""

    def __init__(self, body: bytes, size: int) -> None:
        self._body, self._size = io.BytesIO(body), size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = self._body.read(min(self._size, len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)


def read(body: bytes, size: int = 1_000_000) -> list[bytes]:
    """What is found in a body that comes in such pieces."""
    return [tostring(each) for each in elements(Pieces(body, size), NAMES)]


@given(size=st.integers(1, len(PAGE)))
def test_however_it_is_cut_into_pieces_every_element_is_found_as_it_is(size):
    whole = next(each for each in read_xml(PAGE) if each.tag == "ListRecords")

    assert read(PAGE, size) == [tostring(each) for each in whole]


@given(size=st.integers(1, 500), times=st.integers(1, 4))
def test_pages_may_follow_each_other(size, times):
    declared = b"<?xml version='1.0' encoding='UTF-8'?>\n" + PAGE + b"\n"

    assert read(declared * times, size) == read(PAGE) * times


@given(size=st.integers(1, 300))
def test_letters_that_xml_forbids_are_left_out(size):
    body = PAGE.replace(b"<title>", b"<title>\x07&#0;&#x1F;\xff")

    assert [each.replace("\ufffd".encode(), b"") for each in map(_utf8, read(body, size))] == [
        *map(_utf8, read(PAGE))
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1"), ("utf-8-sig", "UTF-8"), ("utf-8", "no-such")],
)
def test_a_page_is_read_in_the_encoding_it_names(encoding, declared):
    text = f"<?xml version='1.0' encoding='{declared}'?>" + PAGE.decode()

    assert read(text.encode(encoding), 64) == read(PAGE)


@given(end=st.integers(1, len(PAGE) - 1))
def test_of_a_cut_page_what_ended_before_the_cut_is_found_and_the_cut_is_told(end):
    found = []

    with pytest.raises(EOFError):
        found.extend(tostring(each) for each in elements(Pieces(PAGE[:end], 97), NAMES))
    assert found == read(PAGE)[: sum(each <= end for each in ENDS)]


def test_of_a_page_that_breaks_off_amid_what_ended_before_is_found():
    found, broken = [], PAGE.replace(b"Two", b"<")

    with pytest.raises(EOFError):
        found.extend(tostring(each) for each in elements(Pieces(broken, len(PAGE)), NAMES))

    assert found == read(PAGE)[:2]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + PAGE, "declares a document type"),
        (PAGE + b"<!DOCTYPE x>" + PAGE, "declares a document type"),
        (b"<a>" * 101, "nested too deeply"),
    ],
)
def test_what_no_paper_needs_is_refused(body, sentence):
    with pytest.raises(SourceFailed, match=sentence):
        read(body)


def test_no_more_is_kept_than_what_is_being_read(monkeypatch):
    monkeypatch.setattr(xml_stream, "_BLOCK", 1_000)
    stream = io.BytesIO(PAGE * 100)

    next(elements(stream, NAMES))

    assert stream.tell() < 2 * len(PAGE)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<?xml version='1.0'?><!-- a --><oai:OAI-PMH xmlns:oai='http://x/'><a>", "OAI-PMH"),
        ("<feed/>".encode("utf-16"), "feed"),
        (b"<?xml version='1.0'?>", ""),
        (b"no xml", ""),
    ],
)
def test_a_document_says_by_its_first_element_what_it_is(head, name):
    assert root_name(head) == name


def _utf8(written: bytes) -> bytes:
    """Without references for letters."""
    return written.decode().replace("&#65533;", "").encode()
