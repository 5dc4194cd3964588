"""The recorded bodies: what the sources have really given."""

import re
from pathlib import Path

import pytest

from bot.domain.paper import ARXIV_ID, Batch
from bot.errors import SourceFailed
from bot.sources import files

pytestmark = pytest.mark.real


def all_of(folder: Path, pattern: str) -> list[Batch]:
    paths = sorted(folder.glob(pattern))
    assert paths
    return [batch for path in paths for batch in files.read(path)]


def test_every_recorded_day_is_read_without_a_problem(shared):
    batches = all_of(shared / "data" / "hf_daily", "*.json.gz")

    listings = [each for batch in batches for each in batch.listings]
    assert [each.problems for each in batches if each.problems] == []
    assert (len(batches), len(listings)) == (192, 4_236)
    assert len({each.paper.id for each in listings}) == 4_234
    # As the data's own description counts them.
    assert sum(not each.upvotes for each in listings) == 335
    assert sum(not each.comments for each in listings) == 377
    assert sum(not each.paper.tldr for each in listings) == 243
    assert sum(bool(each.paper.media_urls) for each in listings) == 780
    assert max(len(each.paper.authors) for each in listings) == 573
    assert all(each.paper.abstract and each.paper.authors and each.submitter for each in listings)


def test_the_early_votes_of_2024_are_read_without_a_problem(shared):
    batches = all_of(shared / "data" / "settled_votes" / "early", "*.json.gz")

    assert [each.problems for each in batches if each.problems] == []
    assert (len(batches), sum(len(each.listings) for each in batches)) == (86, 1_126)


def test_a_body_exactly_as_it_was_sent_is_read_and_sorted(shared):
    (batch,) = all_of(shared / "data" / "hf_daily_exact", "*.json")

    votes = [each.upvotes for each in batch.listings]
    assert (str(batch.day), len(votes), batch.problems) == ("2026-06-12", 30, ())
    assert votes == sorted(votes, reverse=True)
    assert max(votes) == 118


def test_each_corrupt_file_is_refused_by_name(shared):
    paths = sorted((shared / "data" / "hf_daily_corrupt").glob("*.json.gz"))

    assert len(paths) == 22
    for path in paths:
        with pytest.raises(SourceFailed) as failure:
            list(files.read(path))
        said = str(failure.value)
        assert said.startswith(f"{path.name}: ")
        assert "Entry 1 (2" in said or "an object (status, date, count, data)" in said


def test_collections_are_read_but_for_their_two_empty_documents(shared):
    batches = all_of(shared / "collections", "*/corpus.jsonl")

    problems = [each for batch in batches for each in batch.problems]
    assert sum(len(each.listings) for each in batches) == 5_183 + 1_398
    assert problems == [
        "corpus.jsonl: Line 471 (471) has no title.",
        "corpus.jsonl: Line 995 (995) has no title.",
    ]


def test_every_crawled_list_of_arxiv_is_read_without_a_problem(shared):
    batches = all_of(shared / "data" / "arxiv_meta" / "dw-dengwei", "*.jsonl.gz")

    listings = [each for batch in batches for each in batch.listings]
    assert [each.problems for each in batches if each.problems] == []
    assert len(batches) == len({each.day for each in batches}) == 47
    # Of 19,420 lines, 4,188 repeat another line of their file.
    assert len(listings) == 15_232
    assert len({each.paper.id for each in listings}) == 10_715
    assert all(each.paper.abstract and each.paper.authors for each in listings)
    assert all(each.paper.categories for each in listings)


def test_every_table_of_arxiv_is_read_but_for_the_row_that_lost_its_beginning(shared):
    batches = all_of(shared / "data" / "arxiv_meta" / "staeiou", "*.tsv.xz")

    listings = [each for batch in batches for each in batch.listings]
    problems = [each for batch in batches for each in batch.problems]
    assert problems == ["cs.SE.tsv.xz: Line 7681 has 9 fields and the header 15."]
    assert len(listings) == 158_773
    # 914 of them are spelt in two ways, as ids and as numbers; no two papers became one.
    assert len({each.paper.id for each in listings}) == 134_974
    assert len({(each.paper.id, each.day) for each in listings}) == 134_974
    assert all(re.fullmatch(ARXIV_ID, each.paper.id) for each in listings)
    assert all(each.paper.published and each.paper.authors for each in listings)
    assert (min(each.day.year for each in listings), max(each.day.year for each in listings)) == (
        1989,
        2019,
    )
