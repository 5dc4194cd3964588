"""The recorded bodies: what the sources have really given."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.domain.announcements import (
    Announced,
    Feed,
    Kind,
    Standing,
    dated,
    is_announced,
    judged,
    latest,
)
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


def test_three_thousand_records_of_arxiv_are_read_without_a_problem(shared):
    batches = all_of(shared / "data" / "oai_pmh" / "listrecords_cs_2016", "*.xml.gz")

    papers = [each.paper for batch in batches for each in batch.listings]
    assert [each.problems for each in batches if each.problems] == []
    assert len(papers) == len({each.id for each in papers}) == 3_000
    assert all(each.abstract and each.authors and each.categories for each in papers)
    assert all(each.published for each in papers)
    # As their elements can be counted.
    assert sum(bool(each.comment) for each in papers) == 2_084
    assert sum(bool(each.journal) for each in papers) == 1_227
    assert sum(bool(each.doi) for each in papers) == 404
    assert sum(bool(each.licence_url) for each in papers) == 555
    assert sum(each.version == 1 for each in papers) == 3_000 - 765
    assert sum(len(each.authors) for each in papers) == 7_731
    assert sum(each.withdrawn for each in papers) == 27


def test_samples_of_every_format_of_arxivs_records_are_read(shared):
    folder = shared / "data" / "oai_pmh"
    batches = [*all_of(folder / "hepcrawl", "*.xml"), *all_of(folder / "adsabs", "*.xml")]

    listings = [each for batch in batches for each in batch.listings]
    assert [each.problems for each in batches if each.problems] == []
    assert len(listings) == 40
    assert all(each.paper.categories and each.paper.authors for each in listings)
    assert all(re.fullmatch(ARXIV_ID, each.paper.id) for each in listings)


def test_every_recorded_answer_of_arxivs_api_is_read_without_a_problem(shared):
    batches = all_of(shared / "data" / "arxiv_atom", "*.body.xml")

    papers = [each.paper for batch in batches for each in batch.listings]
    assert [each.problems for each in batches if each.problems] == []
    assert (len(batches), sum(not each.listings for each in batches)) == (14, 2)
    assert all(each.version and each.revised and each.published for each in papers)
    assert all(each.authors and each.categories for each in papers)
    assert {"1605.08386", "1707.08567", "astro-ph/0601001"} <= {each.id for each in papers}


def test_a_recorded_announcement_of_arxiv_is_read_without_a_problem(shared):
    (batch,) = all_of(shared / "data" / "arxiv_rss", "*.xml")

    assert (str(batch.day), batch.problems) == ("2025-08-20", ())
    assert [each.paper.version for each in batch.listings] == [1] * 7
    assert all(each.paper.licence_url and each.paper.authors for each in batch.listings)
    assert {len(each.paper.categories) for each in batch.listings} == {2, 3}


def test_the_crawled_lists_are_judged_as_they_were(shared):
    """Weekends and a holiday repeat a list, one day is cut short: each is called by its name."""
    batches = all_of(shared / "data" / "arxiv_meta" / "dw-dengwei", "*.jsonl.gz")
    standings = {each: Standing(each) for each in ("cs.CV", "cs.CL", "cs.AI", "cs.IT", "cs.GT")}
    late, quiet = {}, []
    for batch in batches:
        # A crawled list does not say what is new and what is a cross-list, but what comes first.
        items = tuple(Announced(each.paper, Kind.NEW) for each in batch.listings)
        noon = datetime.combine(batch.day, time(16), UTC)
        expected = latest(noon)
        before = {each.day for each in standings.values()}
        for name, known in standings.items():
            standings[name] = judged(known, expected, dated(Feed(batch.day, items), noon))
        late[batch.day] = [name for name, each in standings.items() if each.is_late]
        if {each.day for each in standings.values()} == before:
            quiet.append(batch.day)

    off = [each.day for each in batches if not is_announced(each.day)]
    assert {day: names for day, names in late.items() if names} == {
        date(2026, 6, 25): ["cs.CV", "cs.CL", "cs.AI"]
    }
    assert quiet == off
    assert [day for day in off if day.weekday() < 5] == [date(2026, 6, 22)]
