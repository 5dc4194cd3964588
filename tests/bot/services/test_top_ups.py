"""Lists as they were recorded twice, in the morning and later: what came late is topped up."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.paper import Batch
from bot.services import ingest
from bot.sources import files
from bot.sources.hugging_face import parse
from storage import listings
from tests.factories import NOW, a_listing, a_paper

CHECKOUT = Path(__file__).parents[3]
LATER = NOW + timedelta(days=7)
SATURDAY = 5

pytestmark = pytest.mark.real


@pytest.fixture
def database(sqlite_database):
    """One is enough: what is late does not depend on it."""
    return sqlite_database


@pytest.fixture(scope="module")
def data() -> Path:
    folder = CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the recorded data (../shared/data) is not here")
    return folder


@pytest.fixture
def of_day(database):
    """The votes of a day's papers as they are stored."""

    def of_day(day) -> dict[str, int]:
        with database.read() as session:
            found = listings.of_days(session, day, day)
        return {each.paper.id: each.upvotes for each in found}

    return of_day


def settled(path: Path, early: Batch) -> Batch:
    """The same day as it was read weeks later, from the page."""
    told = json.loads(gzip.decompress(path.read_bytes()))["papers"]
    found = (
        a_listing(
            a_paper(each["url"].rpartition("/")[2], each["title"]),
            day=early.day,
            upvotes=each["upvotes"],
        )
        for each in told
    )
    return Batch("hf", early.day, tuple(found))


def test_ninety_papers_of_a_summer_came_after_the_morning_and_all_are_kept(database, data, of_day):
    late = kept = 0
    for path in sorted((data / "settled_votes" / "early").glob("*.json.gz")):
        [early] = files.read(path)
        ingest.store(database, early, NOW, tell=False)
        later = data / "settled_votes" / "settled" / path.name
        if not later.exists() or early.day.weekday() >= SATURDAY:
            continue
        batch = settled(later, early)
        fetch = ingest.store(database, batch, LATER, tell=False)

        late += fetch.late
        kept += len(of_day(early.day))
        both = {each.paper.id: each.upvotes for each in batch.listings}
        assert both.items() <= of_day(early.day).items()  # and never fewer votes than now
    assert late == 90
    assert kept == 1_126 + 90


def test_a_day_read_again_with_other_papers_on_it_has_those_of_both(database, data, of_day):
    [path] = (data / "hf_daily").glob("*2026-06-12*.json.gz")
    [morning] = files.read(path)
    [path] = (data / "hf_daily_exact").glob("*.json")
    exact = parse(path.read_bytes(), morning.day)

    first = ingest.store(database, morning, NOW)
    again = ingest.store(database, exact, LATER)

    assert (first.seen, again.seen, again.late) == (35, 30, 9)
    assert len(of_day(morning.day)) == 44
    before = {each.paper.id: each.upvotes for each in morning.listings}
    now = of_day(morning.day)
    assert all(now[each] >= votes for each, votes in before.items())
    assert max(now.values()) == 118
