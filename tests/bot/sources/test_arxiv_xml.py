"""Recorded answers of arXiv as files."""

import gzip
import lzma
from datetime import date

import pytest

from bot.domain.paper import UNDATED
from bot.errors import SourceFailed
from bot.sources import arxiv_xml, files
from tests.arxiv import a_deletion, a_page, a_record


@pytest.fixture
def saved(tmp_path):
    """A file with this name and these bytes."""

    def save(name: str, body: bytes):
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return save


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
@pytest.mark.parametrize(
    ("file", "name", "papers"),
    [
        ("arxiv_records.xml", "1.xml", 2),
        ("arxiv_records.xml", "page-one", 2),
        ("arxiv_raw.xml", "raw.txt", 1),
        ("arxiv_dublin_core.xml", "record", 1),
        ("arxiv_answer.xml", "answer.xml.gz", 3),
        ("arxiv_feed.rss", "feed", 2),
        ("arxiv_feed.atom", "feed.xml", 1),
    ],
)
def test_each_kind_is_told_by_what_is_in_it(saved, reply, pack, file, name, papers):
    [batch] = files.read(saved(name, pack(reply(file))))

    assert (batch.source, len(batch.listings)) == ("arxiv", papers)


def test_a_record_is_on_the_list_of_the_day_it_came_and_a_deleted_one_is_gone(saved, reply):
    [batch] = files.read(saved("1.xml", reply("arxiv_records.xml")))

    assert batch.day == UNDATED
    assert [each.day for each in batch.listings] == [date(2026, 6, 25), date(1999, 1, 1)]
    assert (batch.gone, batch.problems) == (("2605.11111",), ())


def test_an_announcement_is_of_its_day_and_replacements_are_no_news(saved, reply):
    [batch] = files.read(saved("feed", reply("arxiv_feed.rss")))

    assert batch.day == date(2026, 6, 26)
    assert {each.day for each in batch.listings} == {date(2026, 6, 26)}
    assert [each.id for each in batch.revisions] == ["2606.01234", "2605.00007"]


def test_a_large_page_comes_in_pieces_with_its_problems_told_once(saved):
    records = [a_record(f"2606.{number:05d}") for number in range(1, 2_502)]
    body = a_page(*records, a_record("2606.99999").replace("<title>Paper 2606.99999</title>", ""))

    batches = list(files.read(saved("page.xml", body)))

    assert [len(each.listings) for each in batches] == [1_000, 1_000, 501]
    assert [each for batch in batches for each in batch.problems] == [
        "page.xml: Record 2502 (2606.99999) has no title."
    ]


def test_of_a_cut_page_what_came_before_the_cut_lands(saved):
    body = a_page(a_record("2606.00001"), a_record("2606.00002"))[:-90]

    [batch] = files.read(saved("page.xml", body))

    assert [each.paper.id for each in batch.listings] == ["2606.00001"]
    assert batch.problems == ("page.xml: The file is cut short or damaged after record 1.",)


def test_a_page_on_which_nothing_stands_says_so_or_is_refused(saved):
    none = b"<OAI-PMH><error code='noRecordsMatch'/></OAI-PMH>"
    refusal = b"<OAI-PMH><error code='badArgument'>set</error></OAI-PMH>"

    assert [each.listings for each in files.read(saved("none.xml", none))] == [()]
    with pytest.raises(SourceFailed, match=r"a refusal \(badArgument\): set"):
        list(files.read(saved("refusal.xml", refusal)))
    with pytest.raises(SourceFailed, match="holds no record, and no word of why"):
        list(files.read(saved("bare.xml", b"<OAI-PMH/>")))


def test_a_page_of_deletions_alone_is_no_failure(saved):
    [batch] = files.read(saved("page.xml", a_page(a_deletion("2606.00001"))))

    assert (batch.listings, batch.gone) == ((), ("2606.00001",))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><p>Back soon", "This is a web page, not XML."),
        (b"<?xml version='1.0'?><opml/>", "I don't know XML that begins with <opml>."),
        (a_page(a_record("2606.00001"))[:-90], "This is not XML, or only a part"),
        (b"\n  \n", "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_names_itself(saved, body, reason):
    with pytest.raises(SourceFailed) as failure:
        list(files.read(saved("x.xml", body)))

    assert str(failure.value).startswith(f"x.xml: {reason}")


def test_a_packed_bomb_is_not_unpacked_to_its_end(saved, monkeypatch):
    monkeypatch.setattr(arxiv_xml, "LARGEST", 100_000)

    with pytest.raises(SourceFailed, match="larger than 100,000 bytes"):
        list(files.read(saved("x.xml.gz", gzip.compress(b"<x>" + b" " * 5_000_000))))
