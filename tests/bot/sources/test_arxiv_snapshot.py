"""arXiv's metadata in one file, a line for each paper."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.paper import Batch
from bot.sources import files

ROW = {
    "id": "0704.0110",
    "submitter": "Nobody Known",
    "authors": "Ada Lindqvist, Tom\\'as Okafor, Jr. ((1) Bell House)",
    "title": "Bells\n  under $\\alpha$ water",
    "comments": "3 pages,\n  two bells",
    "journal-ref": "Bells 1 (2007)",
    "doi": "10.1000/BELLS.1",
    "report-no": None,
    "categories": "cs.SD eess.AS",
    "license": "http://creativecommons.org/licenses/by/4.0/",
    "abstract": "  We ring bells.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
    ],
    "update_date": "2008-11-26",
    "authors_parsed": [["Lindqvist", "Ada", ""], ["Okafor", "Tom\\'as", "Jr."]],
}


@pytest.fixture
def read(tmp_path):
    """The batches of a file with these lines."""

    def read(*rows: object, name: str = "arxiv-metadata-2026-11-20.json") -> list[Batch]:
        path: Path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return list(files.read(path))

    return read


def test_a_line_becomes_a_paper_listed_on_the_day_it_came(read):
    [batch] = read(ROW)
    [listing] = batch.listings
    paper = listing.paper

    assert (batch.source, batch.day, batch.problems) == ("arxiv", date(1970, 1, 1), ())
    assert listing.day == date(2007, 4, 2)
    assert (paper.id, paper.title, paper.abstract) == (
        "0704.0110",
        "Bells under α water",
        "We ring bells.",
    )
    assert paper.authors == ("Ada Lindqvist", "Tomás Okafor Jr.")
    assert paper.categories == ("cs.SD", "eess.AS")
    assert (paper.version, paper.published, paper.revised) == (
        2,
        datetime(2007, 4, 2, 19, 18, 42, tzinfo=UTC),
        datetime(2007, 7, 24, 20, 10, 27, tzinfo=UTC),
    )
    assert (paper.doi, paper.comment, paper.journal) == (
        "10.1000/bells.1",
        "3 pages, two bells",
        "Bells 1 (2007)",
    )
    assert paper.licence_url == ROW["license"]
    assert submitter_is_nowhere(listing)


def submitter_is_nowhere(listing: object) -> bool:
    return str(ROW["submitter"]) not in repr(listing)


@pytest.mark.parametrize("field", [name for name in ROW if name not in ("id", "title", "abstract")])
def test_without_any_other_field_it_is_still_a_paper(read, field):
    for row in ({**ROW, field: None}, {name: told for name, told in ROW.items() if name != field}):
        [batch] = read(row)

        assert [each.paper.id for each in batch.listings] == ["0704.0110"]


def test_names_on_one_line_are_read_where_they_are_not_told_in_parts(read):
    [batch] = read({**ROW, "authors_parsed": None})

    assert batch.listings[0].paper.authors == ("Ada Lindqvist", "Tomás Okafor Jr.")


def test_a_line_that_is_no_paper_is_named_and_the_others_land(read):
    [batch] = read(ROW, {**ROW, "id": "x"}, {**ROW, "title": " "}, 7, name="papers.jsonl")

    assert len(batch.listings) == 1
    assert batch.problems == (
        "papers.jsonl: Line 2 (x) has an id that is not an arXiv id.",
        "papers.jsonl: Line 3 (0704.0110) has no title.",
        "papers.jsonl: Line 4 is not a JSON object.",
    )
