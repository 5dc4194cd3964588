"""Lists of arXiv as they were crawled day by day, replayed tick by tick: each quirk once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.announcements import Announced, Feed, Kind
from bot.domain.paper import Paper
from bot.services import editions
from bot.sources import files
from storage import fetches, listings
from storage import papers as stored_papers

CHECKOUT = Path(__file__).parents[4]
BUSY = ("cs.CV", "cs.CL", "cs.AI")
NOON = time(16)  # UTC, in New York

pytestmark = pytest.mark.real


@pytest.fixture
def database(sqlite_database):
    """One is enough: what is judged does not depend on it."""
    return sqlite_database


@pytest.fixture(scope="module")
def crawled() -> Callable[[date], tuple[Paper, ...]]:
    folder = CHECKOUT.parent / "shared" / "data" / "arxiv_meta" / "dw-dengwei"
    if not folder.is_dir():
        pytest.skip("the recorded data (../shared/data) is not here")

    def crawled(day: date) -> tuple[Paper, ...]:
        (path,) = folder.glob(f"{day}*.jsonl.gz")
        return tuple(each.paper for batch in files.read(path) for each in batch.listings)

    return crawled


@pytest.fixture
def at_noon(tick, arxiv, crawled):
    """One tick at noon of a day, with the list that was crawled on it; what was asked."""

    def at_noon(day: date, *, hours: int = 0, of: date | None = None) -> list[str]:
        items = tuple(Announced(each, Kind.NEW) for each in crawled(of or day))
        arxiv.feed = Feed(day, items)
        return tick(datetime.combine(day, NOON, UTC) + timedelta(hours=hours), BUSY)

    return at_noon


def june(day: int) -> date:
    return date(2026, 6, day)


def test_a_weekend_that_repeats_friday_brings_nothing_and_is_no_fault(database, at_noon, on, late):
    at_noon(june(12))
    before = on(june(12))
    for day in (13, 14):
        at_noon(june(day))

    assert on(june(12)) == before
    assert (on(june(13)), on(june(14)), late(_noon(14))) == ([], [], ())
    assert _stored(database) == len(before)


def test_after_the_holiday_of_friday_monday_repeats_and_tuesday_brings_twice_as_many(
    database, at_noon, on, late
):
    for day in (18, 19, 20, 21):
        at_noon(june(day))
    friday, known = on(june(19)), _stored(database)
    at_noon(june(22))

    assert len(friday) == 243
    assert (on(june(22)), _stored(database), late(_noon(22))) == ([], known, ())

    at_noon(june(23))
    assert len(on(june(23))) == _stored(database) - known
    assert len(on(june(23))) > 500
    assert late(_noon(23)) == ()


def test_a_day_cut_short_to_26_is_late_asked_of_the_api_and_told_in_the_receipt(
    database, at_noon, arxiv, on, late
):
    for day in (22, 23, 24):
        at_noon(june(day))
    asked = at_noon(june(25))

    assert len(on(june(25))) == 26
    assert asked[0] == "feed"
    assert asked[1].endswith(" until 24 18")
    assert set(late(_noon(25))) == set(BUSY)
    edition, _ = editions.preview(database, "T1", "C1", _noon(25))
    [_, read] = edition.receipt.reads
    assert (read.source, read.day, read.error) == ("arxiv", june(25), None)
    assert set(read.late) == set(BUSY)


def test_a_day_cut_short_is_topped_up_when_the_api_has_it(at_noon, arxiv, on, late, crawled):
    for day in (22, 23, 24):
        at_noon(june(day))
    others = [each for each in crawled(june(26)) if each.categories[0] in BUSY]
    arxiv.papers[june(24)] = others[:200]  # as if they were the rest
    at_noon(june(25))

    assert len(on(june(25))) == 226
    assert late(_noon(25)) == ()


def test_a_list_that_is_read_while_it_grows_is_topped_up_and_tells_the_rest_as_late(
    database, at_noon, on, follow, outbox
):
    friday = date(2026, 5, 15)
    at_noon(friday)
    assert len(on(friday)) == 251

    at_noon(friday, hours=7, of=date(2026, 5, 16))  # as Saturday repeats it, whole
    assert len(on(friday)) == 340
    with database.read() as session:
        again = fetches.last_read(session, "arxiv", friday)
    assert (again.seen, again.new, again.late) == (340, 89, 89)


def test_a_paper_of_several_lists_is_on_the_first_of_them_only(database, at_noon, on):
    days = [june(day) for day in (16, 17, 18)]
    for day in days:
        at_noon(day)

    every = [each for day in days for each in on(day)]
    assert len(every) == len(set(every)) == _stored(database)
    with database.read() as session:
        origins = listings.origins(session, every)
    assert {each.sources for each in origins.values()} == {frozenset({"arxiv"})}


def _noon(day: int) -> datetime:
    return datetime.combine(june(day), NOON, UTC)


def _stored(database) -> int:
    with database.read() as session:
        return stored_papers.count(session)
