"""Recorded papers as a second source would name them: each goes to its own row, and to no other."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from bot.domain.likeness import key, likeness
from bot.domain.paper import Batch, Listing, Paper
from bot.services import ingest
from bot.sources import files
from storage import aliases, papers
from tests.factories import DAY, NOW

pytestmark = pytest.mark.real


@pytest.fixture
def data() -> Path:
    folder = Path(__file__).parents[5] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no recorded data here")
    return folder


def read(*paths: Path) -> dict[str, Paper]:
    assert paths
    batches = (batch for path in paths for batch in files.read(path))
    return {each.paper.id: each.paper for batch in batches for each in batch.listings}


def test_of_three_thousand_recorded_papers_no_two_are_one(data):
    found = read(*sorted((data / "oai_pmh" / "listrecords_cs_2016").glob("*.xml.gz")))
    blocks = defaultdict(list)
    for each in found.values():
        blocks[key(each)].append(each)
    blocks.pop("")

    pairs = (pair for block in blocks.values() for pair in combinations(block, 2))
    alike = {(one.id, other.id) for one, other in pairs if likeness(one, other)}

    assert len(found) > 2_900
    # Works that their authors put there twice.
    twice = {("0707.2229", "0707.3673"), ("0705.1215", "0711.1765"), ("0710.0291", "0711.4557")}
    assert alike <= twice


def test_what_hugging_face_lists_finds_its_row_though_its_id_is_another(database, data):
    listed = read(data / "arxiv_meta" / "dw-dengwei" / "2026-06-23.jsonl.gz")
    days = sorted((data / "hf_daily").glob("2026-06-2*.json.gz"))
    shared = {each.id: each for each in read(*days).values() if each.id in listed}
    store(database, "arxiv", listed.values())

    store(database, "feed", (replace(each, id=f"10.9999/{each.id}") for each in shared.values()))

    with database.read() as session:
        found = aliases.of(session, [f"10.9999/{each}" for each in shared])
        count = papers.count(session)
    assert len(shared) > 10
    assert all(paper_id == alias.removeprefix("10.9999/") for alias, paper_id in found.items())
    assert len(found) >= 0.9 * len(shared)
    assert count == len(listed) + len(shared) - len(found)


def store(database, source, found) -> None:
    listings = tuple(Listing(source, DAY, each) for each in found)
    ingest.store(database, Batch(source, DAY, listings), NOW)
