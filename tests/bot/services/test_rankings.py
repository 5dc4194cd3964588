"""Hugging Face's lists beside those of days: when they are read, and that they are no news."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.list_options import Kind, Wanted
from bot.domain.paper import OF_MONTH, OF_WEEK, TRENDING, Batch
from bot.errors import SourceFailed
from bot.services import alerts, browsing, editions, library, rankings, search, status, trends
from bot.services import ingest as days
from bot.services.rankings import Lists
from storage import fetches, listings
from storage import rankings as stored
from tests.factories import DAY, NOW, a_batch, a_listing, a_paper
from tests.factories import papers as some_papers
from tests.fakes import FakeSource

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MONDAY = date(2026, 6, 22)
OLD = a_paper("1706.03762", "Small nets of old", published=datetime(2017, 6, 12, tzinfo=UTC))


class Site:
    """Has these lists, or is silent; knows what it was asked."""

    def __init__(self) -> None:
        self.trends: tuple = (OLD,)
        self.days: list[Batch] = []
        self.silent: set[str] = set()
        self.asked: list[str] = []

    def trending(self, day: date) -> Batch:
        self._note(TRENDING, "trending")
        ranked = enumerate(self.trends, start=1)
        listed = (
            a_listing(each, source=TRENDING, day=day, rank=rank, upvotes=90)
            for rank, each in ranked
        )
        return Batch(TRENDING, day, tuple(listed))

    def week(self, week: str) -> list[Batch]:
        self._note(OF_WEEK, week)
        return self.days

    def month(self, month: str) -> list[Batch]:
        self._note(OF_MONTH, month)
        return self.days

    def _note(self, source: str, asked: str) -> None:
        self.asked.append(asked)
        if source in self.silent:
            raise SourceFailed("Hugging Face: The answer was 503 Service Unavailable.")


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def tick(database, site):
    """One tick: what was asked."""

    def tick(now: datetime = NOW) -> list[str]:
        site.asked.clear()
        rankings.read_due(database, Lists(site.trending, site.week, site.month), now)
        return list(site.asked)

    return tick


# -- when -----------------------------------------------------------------------------------------


def test_what_trends_is_read_every_four_hours_and_the_week_and_the_month_once_a_day(tick):
    assert tick() == ["trending", "2026-W26", "2026-06"]

    hours = {hour: tick(NOW + hour * HOUR) for hour in range(1, 25)}
    assert {hour: asked for hour, asked in hours.items() if asked} == {
        **{hour: ["trending"] for hour in (4, 8, 12, 16, 20)},
        24: ["trending", "2026-W26", "2026-06"],
    }


def test_the_last_days_of_a_year_are_of_the_week_that_began_in_it(tick):
    assert tick(datetime(2027, 1, 1, 12, tzinfo=UTC)) == ["trending", "2026-W53", "2027-01"]


def test_a_list_that_failed_is_told_asked_again_soon_and_keeps_no_other_from_being_read(
    tick, site, database
):
    site.silent = {TRENDING}
    assert tick() == ["trending", "2026-W26", "2026-06"]
    assert tick(NOW + 29 * MINUTE) == []
    with database.read() as session:
        failed = fetches.last_read(session, TRENDING, DAY)
    assert failed.error == "Hugging Face: The answer was 503 Service Unavailable."

    site.silent.clear()
    assert tick(NOW + 30 * MINUTE) == ["trending"]
    assert tick(NOW + 60 * MINUTE) == []


def test_a_fault_of_ours_is_told_and_does_not_ask_the_site_at_each_tick(tick, site, database):
    site.days = [None]

    assert tick() == ["trending", "2026-W26", "2026-06"]
    assert tick(NOW + MINUTE) == []
    with database.read() as session:
        failed = fetches.last_read(session, OF_WEEK, DAY)
    assert failed.error == "Reading it failed on my side (AttributeError)."


def test_what_trended_is_kept_while_the_site_is_silent(tick, site, database):
    tick()
    site.silent = {TRENDING}
    tick(NOW + 4 * HOUR)

    with database.read() as session:
        assert [each.paper.id for each in stored.trending(session)] == [OLD.id]


def test_a_list_with_no_papers_on_it_is_an_answer(tick, site, database):
    site.trends = ()
    tick()

    assert tick(NOW + HOUR) == []
    with database.read() as session:
        assert fetches.last_read(session, TRENDING, DAY).error is None


def test_two_processes_do_not_read_at_once(database, tick, site):
    meanwhile = []

    def trending(day: date) -> Batch:
        meanwhile.append(tick())
        return Batch(TRENDING, day, ())

    rankings.read_due(database, Lists(trending, site.week, site.month), NOW)

    assert meanwhile == [[]]


def test_status_names_these_lists_in_words(database, tick):
    tick()

    reads = status.status(database, "T1", now=NOW).reads
    assert {each.source for each in reads} == {TRENDING, OF_WEEK, OF_MONTH}


# -- no news --------------------------------------------------------------------------------------


def test_an_old_paper_that_trends_can_be_shown_and_found_and_nobody_is_told(
    database, tick, follow, outbox, index
):
    follow("small nets")
    tick()
    search.follow(database, index)

    assert library.show(database, "1706.03762").paper == OLD
    for asked in ("small nets", "source:hf"):
        [hit] = search.search(database, index, asked).hits
        assert (hit.listing.paper, hit.listing.upvotes) == (OLD, 90)
    assert alerts.build_due(database, NOW + HOUR) == 0
    assert outbox() == []


def test_what_only_trends_counts_for_the_week_in_which_it_was_published(database, tick, index):
    tick()
    search.follow(database, index)

    [trend] = trends.trends(database, index, "small nets", NOW).each
    assert sum(trend.weeks) == 0
    with database.read() as session:
        origin = listings.origins(session, [OLD.id])[OLD.id]
    assert origin.first_day == date(2017, 6, 12)


def test_no_digest_shows_what_only_trends_or_was_only_on_a_weeks_list(
    database, tick, site, arrive, switch_on, last
):
    switch_on(next_due_at=NOW)
    site.days = [a_batch(*some_papers(3, start=50), day=DAY, votes=500)]
    days.read_due(database, FakeSource(a_batch(a_paper())), NOW - HOUR)
    tick(NOW - 30 * MINUTE)
    days.read_due(database, FakeSource(a_batch(a_paper())), NOW - MINUTE)
    editions.make_due(database, NOW)

    assert [each.paper_id for each in last().picks] == [a_paper().id]


def test_the_first_week_is_whole_though_the_bot_came_on_friday(database, tick, site):
    site.days = [a_batch(*some_papers(3, start=50), day=MONDAY), a_batch(a_paper())]
    tick()

    assert len(browsing.page(database, Wanted(Kind.WEEK), NOW).listings) == 4
    assert browsing.page(database, Wanted(Kind.TODAY, day=MONDAY), NOW).next == DAY


@pytest.mark.parametrize("when", ["before it trends", "after it trends"])
def test_a_paper_that_trended_is_news_when_a_days_list_brings_it(
    database, tick, site, follow, arrive, outbox, when
):
    if when == "before it trends":
        follow("small nets")
    tick()
    if when == "after it trends":
        follow("small nets")
    arrive(OLD, now=NOW + HOUR)
    arrive(OLD, now=NOW + 2 * HOUR)

    assert alerts.build_due(database, NOW + 3 * HOUR) == 1
    assert [each.kind for each in outbox()] == ["alert"]


def test_papers_of_a_days_list_that_trend_later_are_not_told_again(
    database, tick, site, follow, arrive
):
    follow("small nets")
    arrive(OLD)
    assert alerts.build_due(database, NOW) == 1
    tick()
    arrive(OLD, now=NOW + HOUR)

    assert alerts.build_due(database, NOW + 2 * HOUR) == 0


def test_no_transaction_is_open_while_the_site_answers(database, site):
    def trending(day: date) -> Batch:
        days.store(database, a_batch(a_paper()), NOW)  # SQLite has one writer
        return site.trending(day)

    rankings.read_due(database, Lists(trending, site.week, site.month), NOW)

    with database.read() as session:
        assert len(listings.of_papers(session, [OLD.id, a_paper().id])) == 2
