"""Papers from files, plain and packed, whole and broken."""

import gzip
import json
import lzma
import os
import threading
from datetime import date
from pathlib import Path

import pytest

from bot.errors import SourceFailed
from bot.sources import files
from bot.sources.reports import Account

DAY = date(2026, 6, 30)
# No time in it: test ids are made of these bytes, and must be the same in every process.
CUT_GZIP = gzip.compress(b"[]" * 99, mtime=0)[:-9]


@pytest.fixture
def saved(tmp_path):
    """A file with this name and these bytes."""

    def save(name: str, body: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return save


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def a_row(number: int) -> dict[str, str]:
    return {"_id": f"doc-{number}", "title": f"Title {number}", "text": "Two\nlines."}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
@pytest.mark.parametrize("name", ["2026-06-30.json", "hf_2026-06-30_morning.json.gz"])
def test_a_recorded_day_is_read_however_it_is_packed(saved, reply, pack, name):
    path = saved(name, pack(reply("hugging_face_day.json")))

    (batch,) = files.read(path)

    assert (batch.source, batch.day, len(batch.listings)) == ("hf", DAY, 3)
    assert batch.problems == ()


@pytest.mark.parametrize("name", ["papers.json", "2026-06-31.json", "12026-06-30.json"])
def test_without_a_day_in_its_name_the_entries_tell(saved, an_entry, name):
    earlier = an_entry(id="2606.00001", submittedOnDailyAt="2026-06-29T00:00:00.000Z")
    path = saved(name, json.dumps([an_entry(), earlier]).encode())

    batches = list(files.read(path))

    assert [(each.day.day, each.listings[0].paper.id) for each in batches] == [
        (29, "2606.00001"),
        (30, "2606.00101"),
    ]


def test_a_bad_entry_is_named_with_its_file_and_the_others_land(saved, an_entry):
    path = saved("2026-06-30.json", json.dumps([an_entry(), {"paper": {}}]).encode())

    (batch,) = files.read(path)

    assert len(batch.listings) == 1
    assert batch.problems == ("2026-06-30.json: Entry 2 has no id.",)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("2026-06-30.json", b"", "The file is empty."),
        ("2026-06-30.json", b"<html>", "This is a web page, not a list of papers."),
        ("2026-06-30.json", b'[{"paper"', "This is not JSON, or only a part (9 bytes)."),
        ("2026-06-30.json", b'{"data": []}', "This is an object (data), not a list of papers."),
        ("x.json.gz", CUT_GZIP, "The file is cut short or damaged."),
        ("x.json.xz", lzma.compress(b"[]" * 99)[:-9], "The file is cut short or damaged."),
        ("x.json.gz", b"\x1f\x8bnot gzip at all", "The file is cut short or damaged."),
    ],
)
def test_a_file_that_cannot_be_read_names_itself(saved, name, body, reason):
    with pytest.raises(SourceFailed) as failure:
        list(files.read(saved(name, body)))

    assert str(failure.value) == f"{name}: {reason}"


def test_a_file_of_printed_python_names_itself_and_its_entries(saved, an_entry):
    path = saved("2024-12-11.json", json.dumps([str(an_entry())]).encode())

    with pytest.raises(SourceFailed, match=r"^2024-12-11.json: None of .* Entry 1 \(2606.00101\)"):
        list(files.read(path))


def test_a_file_of_another_kind_says_what_can_be_read(saved):
    with pytest.raises(SourceFailed, match=r"^notes.txt: I can't tell what this is\."):
        list(files.read(saved("notes.txt", b"some words")))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"title": "Kettles", "abstract": "Steam."}, "These lines have titles and no ids"),
        ({"_id": "1", "text": "Do kettles learn?"}, "These are the questions of a collection."),
    ],
)
def test_lines_that_are_no_list_of_papers_say_what_they_are(saved, row, reason):
    with pytest.raises(SourceFailed, match=f"^x.jsonl: {reason}"):
        list(files.read(saved("x.jsonl", lines(row, row))))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_an_account_is_kept_of_bytes_records_and_what_is_bad(saved, pack):
    refused: list[tuple[str, str]] = []
    account = Account(lambda where, why: refused.append((where, why)))
    path = saved("corpus.jsonl", pack(lines(a_row(1), [], a_row(2), a_row(2))))

    list(files.read(path, account))

    assert account.bytes == path.stat().st_size
    assert (account.records, account.bad) == (4, 1)
    assert refused == [("Line 2", "is not a JSON object")]


def test_a_named_pipe_is_read_like_a_file(tmp_path, reply):
    path = tmp_path / "lists"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=[reply("arxiv_lists.jsonl")])
    writer.start()

    [batch] = files.read(path)

    writer.join()
    assert len(batch.listings) == 2


def test_tables_that_follow_each_other_have_a_header_each(saved):
    first = b"arxiv_id\ttitle\n1606.00001\tKettles\n"
    second = b"\ttitle\tarxiv_id\n7\tBells\t1606.00002\n"

    [batch] = files.read(saved("two.tsv", first + second))

    assert [(each.paper.id, each.paper.title) for each in batch.listings] == [
        ("1606.00001", "Kettles"),
        ("1606.00002", "Bells"),
    ]


def test_a_file_that_is_not_there_and_a_folder_say_so(tmp_path):
    with pytest.raises(SourceFailed, match=r"^gone.json: There is no such file\."):
        list(files.read(tmp_path / "gone.json"))
    with pytest.raises(SourceFailed, match="This is a folder"):
        list(files.read(tmp_path))


def test_a_packed_bomb_is_not_unpacked_to_its_end(saved, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_DAY", 100_000)
    path = saved("2026-06-30.json.gz", gzip.compress(b"[" + b" " * 5_000_000))

    with pytest.raises(SourceFailed, match="larger than 100,000 bytes"):
        list(files.read(path))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_collection_keeps_its_ids_and_is_never_news(saved, pack):
    path = saved("corpus.jsonl", pack(lines(a_row(1), a_row(2))))

    (batch,) = files.read(path)

    assert (batch.source, batch.day, batch.problems) == ("beir", date(1970, 1, 1), ())
    assert [(each.paper.id, each.rank) for each in batch.listings] == [("doc-1", 0), ("doc-2", 0)]
    assert batch.listings[0].paper.title == "Title 1"
    assert batch.listings[0].paper.abstract == "Two lines."


def test_a_large_collection_comes_in_pieces(saved):
    path = saved("corpus.jsonl", lines(*(a_row(each) for each in range(2_500))))

    assert [len(each.listings) for each in files.read(path)] == [1_000, 1_000, 500]


def test_a_bad_line_is_named_and_the_others_land(saved):
    body = b"{broken\n\n" + lines(
        a_row(1),
        [],
        {"title": "No id", "text": ""},
        {"_id": "5", "title": ""},
        a_row(2),
    )

    (batch,) = files.read(saved("corpus.jsonl", body))

    assert [each.paper.id for each in batch.listings] == ["doc-1", "doc-2"]
    assert batch.problems == (
        "corpus.jsonl: Line 1 is not a JSON object.",
        "corpus.jsonl: Line 4 is not a JSON object.",
        "corpus.jsonl: Line 5 has no _id.",
        "corpus.jsonl: Line 6 (5) has no title.",
    )


def test_a_line_without_an_end_costs_only_itself(saved):
    body = lines(a_row(1)) + b'{"_id": "' + b"9" * 3_000_000 + b'"}\n' + lines(a_row(2))

    (batch,) = files.read(saved("corpus.jsonl", body))

    assert [each.paper.id for each in batch.listings] == ["doc-1", "doc-2"]
    assert batch.problems == ("corpus.jsonl: Line 2 is not a JSON object.",)


def test_of_a_cut_collection_what_came_before_the_cut_lands(saved):
    rows = lines(*({**a_row(each), "text": str(each**7)} for each in range(9_000)))
    path = saved("corpus.jsonl.gz", gzip.compress(rows)[:-5_000])

    *whole, last = files.read(path)

    assert all(len(each.listings) == 1_000 for each in whole)
    assert last.problems[-1].startswith("corpus.jsonl.gz: The file is cut short or damaged after")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
@pytest.mark.parametrize(
    ("file", "name", "papers"),
    [
        ("arxiv_lists.jsonl", "2026-06-23.jsonl", 2),
        ("arxiv_lists.jsonl", "lists.json", 2),
        ("arxiv_lists.jsonl", "lists", 2),
        ("arxiv_table.tsv", "cs.SD.tsv", 4),
        ("arxiv_table.tsv", "2020-01-01.txt", 4),
    ],
)
def test_metadata_of_arxiv_is_told_by_what_is_in_it(saved, reply, pack, file, name, papers):
    [batch] = files.read(saved(name, pack(reply(file))))

    assert (batch.source, len(batch.listings), batch.problems) == ("arxiv", papers, ())


# A header, and a row of a number and some text that packs badly.
LARGE = [
    (b"", b'{"id": "2606.%05d", "title": "Kettles", "summary": "%d"}\n'),
    (b"arxiv_id\ttitle\n", b"1606.%05d\tKettle %d\n"),
]


def large(header: bytes, row: bytes) -> bytes:
    return header + b"".join(row % (each, each**9) for each in range(1, 2_501))


@pytest.mark.parametrize(("header", "row"), LARGE)
def test_large_metadata_comes_in_pieces(saved, header, row):
    path = saved("papers", large(header, row))

    assert [len(each.listings) for each in files.read(path)] == [1_000, 1_000, 500]


@pytest.mark.parametrize(("header", "row"), LARGE)
def test_of_cut_metadata_what_came_before_the_cut_lands(saved, header, row):
    path = saved("papers", gzip.compress(large(header, row))[:-2_000])

    *whole, last = files.read(path)

    assert [len(each.listings) for each in whole] == [1_000] * len(whole)
    assert last.listings
    assert any("cut short or damaged after line" in each for each in last.problems)


@pytest.mark.parametrize("file", ["arxiv_lists.jsonl", "arxiv_table.tsv"])
def test_a_wrong_line_of_metadata_is_named_with_its_file(saved, reply, file):
    [batch] = files.read(saved(file, reply(file) + b"[]\n"))

    [problem] = batch.problems
    assert problem.startswith(f"{file}: Line ")
