"""XML from outside: read where it is readable, refused where it is a trap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceFailed
from bot.sources.xml_tree import child, children, read_xml, words

HEAD = b"<?xml version='1.0' encoding='UTF-8'?>"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>"""


def test_tags_and_attributes_go_by_their_local_names():
    root = read_xml(b'<a:x xmlns:a="urn:a" xmlns:b="urn:b"><b:y b:z="1">two\n words</b:y></a:x>')

    assert (root.tag, child(root, "y").get("z"), words(root, "y")) == ("x", "1", "two words")


def test_what_is_not_there_is_empty():
    root = read_xml(b"<x/>")

    assert (words(root, "y"), child(root, "y"), list(children(None, "y"))) == ("", None, [])


def test_text_among_markup_is_read_whole():
    assert words(read_xml(b"<x><y>H<sub>2</sub>O &amp; ice</y></x>"), "y") == "H2O & ice"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "The body is empty."),
        (b" \n", "The body is empty."),
        (b"<!doctype html><p>Back soon", "This is a web page, not XML."),
        (b"\n<HTML><body>", "This is a web page, not XML."),
        (b"<feed><entry>", "This is not XML, or only a part (13 bytes)."),
        (b"Rate exceeded.", "This is not XML, or only a part (14 bytes)."),
        (b'{"a": 1}', "This is not XML, or only a part (8 bytes)."),
        (b"<x>&nbsp;</x>", "This is not XML, or only a part (13 bytes)."),
        (LAUGHS, "The XML declares a document type, which no paper needs."),
        (
            b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
            "The XML declares a document type, which no paper needs.",
        ),
        (b"<x>" * 50_000, "The XML is nested too deeply."),
    ],
)
def test_a_body_of_another_kind_is_refused_in_words(body, reason):
    with pytest.raises(SourceFailed) as failure:
        read_xml(body)

    assert str(failure.value) == reason


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (HEAD + "<x><y>Gödel</y></x>".encode(), "Gödel"),
        (b"\xef\xbb\xbf" + HEAD + "<x><y>Gödel</y></x>".encode(), "Gödel"),
        ('<?xml version="1.0" encoding="UTF-16"?><x><y>Gödel</y></x>'.encode("utf-16"), "Gödel"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><x><y>G\xf6del</y></x>", "Gödel"),
        (b"<?xml version='1.0' encoding='windows-1252'?><x><y>a\x96b</y></x>", "a–b"),
        (HEAD + b"<x><y>G\xf6del</y></x>", "G\N{REPLACEMENT CHARACTER}del"),
        (HEAD + b"<x><y>one\x0btwo&#11;&#x1F;three</y></x>", "onetwothree"),
        (HEAD + b"<x><y>one&#xD800;&#1114112;two</y></x>", "onetwo"),
        (b"\n\n" + HEAD + b"<x><y>late</y></x>", "late"),
    ],
    ids=["utf-8", "mark", "utf-16", "latin", "windows", "wrong", "controls", "beyond", "late"],
)
def test_letters_are_read_whatever_the_encoding_and_without_those_that_cannot_be(body, text):
    assert words(read_xml(body), "y") == text


def test_an_encoding_that_nobody_knows_is_refused_in_words():
    with pytest.raises(SourceFailed, match="This is not XML"):
        read_xml(b"<?xml version='1.0' encoding='klingon'?><x/>")


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_anything_but_source_failed(body):
    for each in (body, b"<x>" + body + b"</x>", HEAD + b"<x y='" + body + b"'/>"):
        try:
            read_xml(each)
        except SourceFailed:
            continue
