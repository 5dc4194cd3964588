"""Crawled lists of arXiv, a JSON object per line: what becomes of each field."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.sources import arxiv_lines

DAY = date(2026, 6, 23)
FULL = {
    "id": "2606.20001",
    "categories": ["cs.RO", "cs.LG"],
    "pdf": "https://arxiv.org/pdf/2606.20001",
    "abs": "https://arxiv.org/abs/2606.20001",
    "authors": ["Mara Lindqvist"],
    "title": "Kettles that Fold",
    "comment": None,
    "summary": "We fold laundry with steam.",
}


def read(body: bytes, name: str = "2026-06-23.jsonl.gz") -> list[Batch]:
    return list(arxiv_lines.read(Path(name), BytesIO(body)))


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def without(*keys: str) -> dict[str, object]:
    return {key: value for key, value in FULL.items() if key not in keys}


def test_a_line_becomes_a_paper_on_the_list_of_the_day_in_the_files_name(reply):
    [batch] = read(reply("arxiv_lists.jsonl"))

    kettles, bells = batch.listings
    assert (batch.source, batch.day, batch.problems) == ("arxiv", DAY, ())
    assert {(each.source, each.day, each.rank) for each in batch.listings} == {("arxiv", DAY, 0)}
    assert kettles.paper.authors == ("Mara Lindqvist", "Tomás Okafor")
    assert kettles.paper.published is None
    assert bells.paper.id == "2606.20002"


def test_a_paper_on_the_lists_of_several_categories_is_there_once_as_it_was_last(reply):
    [batch] = read(reply("arxiv_lists.jsonl"))

    assert [each.paper.id for each in batch.listings] == ["2606.20001", "2606.20002"]
    assert batch.listings[0].paper.categories == ("cs.RO", "cs.LG", "cs.AI")


def test_two_authors_of_one_name_are_two(reply):
    [batch] = read(reply("arxiv_lists.jsonl"))

    assert batch.listings[1].paper.authors == ("Wei Zhou", "Wei Zhou")


@pytest.mark.parametrize("name", ["lists.jsonl", "2026-06-31.jsonl", "12026-06-23.jsonl"])
def test_without_a_day_in_its_name_a_file_is_long_past_and_never_news(name):
    [batch] = read(lines(FULL), name)

    assert batch.day == batch.listings[0].day == date(1970, 1, 1)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("2606.20001v3", "2606.20001"),
        ("math.gt/0309136", "math.GT/0309136"),
        ("hep-th/9901001v1", "hep-th/9901001"),
        ("https://arxiv.org/abs/2606.20001v2", "2606.20001"),
        ("oai:arXiv.org:2606.20001", "2606.20001"),
    ],
)
def test_an_id_is_canonical_however_it_is_written(given, canonical):
    [batch] = read(lines({**FULL, "id": given}))

    assert batch.listings[0].paper.id == canonical


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({**FULL, "id": "  "}, "has no id"),
        (without("id"), "has no id"),
        ({**FULL, "id": 2606.20001}, "has no id"),
        ({**FULL, "id": "10.1000/kettles"}, "(10.1000/kettles) has an id that is not an arXiv id"),
        (without("title"), "(2606.20001) has no title"),
        ({**FULL, "title": "\u200b "}, "(2606.20001) has no title"),
        ([FULL], "is not a JSON object"),
        (None, "is not a JSON object"),
    ],
)
def test_a_line_that_is_no_paper_is_named_and_the_others_land(broken, reason):
    [batch] = read(lines({**FULL, "id": "2606.20009"}, broken, {**FULL, "id": "2606.20010"}))

    assert [each.paper.id for each in batch.listings] == ["2606.20009", "2606.20010"]
    assert batch.problems == (f"Line 2 {reason}.",)


@pytest.mark.parametrize("key", sorted(FULL.keys() - {"id", "title"}))
def test_without_any_one_other_field_it_is_still_a_paper(key):
    [batch] = read(lines(without(key)))

    assert batch.listings[0].paper.title == "Kettles that Fold"


@pytest.mark.parametrize(
    ("key", "field"),
    [("summary", "abstract"), ("authors", "authors"), ("categories", "categories")],
)
@pytest.mark.parametrize("value", [None, "", [], 7, {}])
def test_a_field_that_was_always_there_and_is_not_is_counted(key, field, value):
    [batch] = read(lines(FULL, {**FULL, "id": "2606.20002", key: value}))

    assert len(batch.listings) == 2
    assert batch.problems == (f"{field} is missing in 1 of 2 papers.",)


def test_a_file_without_any_paper_is_a_failure_and_no_quiet_day():
    with pytest.raises(SourceFailed, match=r"None of the 2 lines can be read\. Line 1 has no id\."):
        read(lines(without("id"), without("title")))
