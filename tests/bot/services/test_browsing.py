"""Lists to leaf through, and what gained votes between the reads."""

from datetime import date, timedelta

import pytest

from bot.domain.list_options import Kind, Wanted
from bot.domain.paper import TRENDING, UNDATED, Batch
from bot.services import browsing, rankings
from bot.services.rankings import Lists
from tests.factories import DAY, NOW, a_listing, a_paper, papers

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
THURSDAY, WEDNESDAY = date(2026, 6, 25), date(2026, 6, 24)


@pytest.fixture
def show(database):
    def show(kind: Kind = Kind.TODAY, day: date | None = None, now=NOW) -> browsing.Page:
        return browsing.page(database, Wanted(kind, day), now)

    return show


def ids(page: browsing.Page) -> list[str]:
    return [each.paper.id for each in page.listings]


def test_without_a_day_the_latest_list_is_shown_with_the_one_before(show, arrive):
    arrive(*papers(2), day=THURSDAY)
    arrive(*papers(3, start=10))

    page = show()

    assert (page.first, page.last, page.previous, page.next) == (DAY, DAY, THURSDAY, None)
    assert ids(page) == ["2606.00010", "2606.00011", "2606.00012"]  # most votes first


def test_while_todays_list_is_empty_the_last_one_is_shown(show, arrive):
    arrive(a_paper(), day=WEDNESDAY)

    assert show().last == WEDNESDAY


def test_a_list_of_tomorrow_is_not_todays(show, arrive):
    arrive(a_paper())
    arrive(a_paper("2606.00002"), day=date(2026, 6, 29))

    assert show().last == DAY


def test_the_days_beside_a_day_are_those_that_were_listed(show, arrive):
    for number, day in enumerate((date(2026, 6, 19), WEDNESDAY, DAY), start=1):
        arrive(a_paper(f"2606.0000{number}"), day=day)

    page = show(day=WEDNESDAY)

    assert (page.previous, page.next) == (date(2026, 6, 19), DAY)


def test_before_anything_was_read_the_page_is_todays_and_empty(show):
    page = show()

    assert (page.last, page.listings) == (DAY, ())


def test_a_span_holds_each_paper_once_with_the_most_votes_first(show, arrive):
    arrive(a_paper("2606.00001"), day=THURSDAY, votes=5)
    arrive(a_paper("2606.00001"), a_paper("2606.00002"), votes=90)
    arrive(a_paper("2606.00003"), day=DAY - timedelta(days=7), votes=500)

    assert ids(show(Kind.WEEK)) == ["2606.00001", "2606.00002"]
    assert ids(show(Kind.MONTH))[0] == "2606.00003"


def test_files_without_a_day_are_no_page(show, arrive):
    arrive(a_paper("2606.00009"), day=UNDATED)
    arrive(a_paper())

    assert (show().previous, show(Kind.WEEK).previous) == (None, None)


def test_a_week_ends_on_the_day_that_is_named(show, arrive):
    arrive(a_paper("2606.00001"), day=WEDNESDAY)
    arrive(a_paper("2606.00002"))

    page = show(Kind.WEEK, THURSDAY)

    assert (page.first, page.last) == (date(2026, 6, 19), THURSDAY)
    assert ids(page) == ["2606.00001"]


def test_weeks_without_a_list_are_passed_over(show, arrive):
    long_ago = DAY - 30 * DAYS
    arrive(a_paper("2606.00001"), day=long_ago)
    arrive(a_paper("2606.00002"))

    latest = show(Kind.WEEK)
    earlier = show(Kind.WEEK, latest.previous)

    assert (latest.previous, latest.next) == (long_ago, None)
    assert (earlier.previous, earlier.next) == (None, DAY)
    assert ids(show(Kind.WEEK, earlier.next)) == ["2606.00002"]


# -- what gains votes -----------------------------------------------------------------------------


def test_what_trends_gained_votes_between_reads_the_most_first(show, arrive):
    slow, fast, still = papers(3)
    arrive(slow, fast, still, day=WEDNESDAY, votes=100, now=NOW - 2 * DAYS)
    arrive(fast, slow, day=WEDNESDAY, votes=150, now=NOW - HOURS)

    page = show(Kind.TRENDING)

    assert [(each.listing.paper.id, each.votes) for each in page.gains] == [
        (fast.id, 150 - 99),
        (slow.id, 149 - 100),
    ]
    assert not page.is_read_once


def test_votes_gained_longer_ago_do_not_trend(show, arrive):
    paper = a_paper()
    arrive(paper, day=date(2026, 6, 19), votes=10, now=NOW - 6 * DAYS)
    arrive(paper, day=date(2026, 6, 19), votes=90, now=NOW - 4 * DAYS)
    arrive(paper, day=date(2026, 6, 19), votes=95, now=NOW - HOURS)

    [gain] = show(Kind.TRENDING).gains

    assert (gain.then, gain.now) == (90, 95)


def test_lists_that_were_read_once_say_so_and_claim_no_gains(show, arrive):
    arrive(*papers(2))

    page = show(Kind.TRENDING)

    assert page.is_read_once
    assert (ids(page), page.gains) == (["2606.00001", "2606.00002"], ())


def test_where_lists_were_read_once_the_site_itself_says_what_trends(database, show, arrive):
    arrive(*papers(2))
    ranked = enumerate(papers(2, start=8), start=1)
    theirs = [a_listing(each, source=TRENDING, rank=rank) for rank, each in ranked]
    lists = Lists(lambda day: Batch(TRENDING, day, tuple(theirs)), lambda _: (), lambda _: ())
    rankings.read_due(database, lists, NOW)

    page = show(Kind.TRENDING)

    assert page.is_the_sites
    assert ids(page) == ["2606.00008", "2606.00009"]
    assert not show(Kind.TRENDING, THURSDAY).is_the_sites  # of that day nobody knows it


def test_what_trended_on_an_earlier_day_is_told_by_the_votes_of_that_day(show, arrive):
    paper = a_paper()
    arrive(paper, day=WEDNESDAY, votes=10, now=NOW - 2 * DAYS)
    arrive(paper, day=WEDNESDAY, votes=30, now=NOW - DAYS)
    arrive(paper, day=WEDNESDAY, votes=300, now=NOW - HOURS)

    [gain] = show(Kind.TRENDING, THURSDAY).gains

    assert (gain.then, gain.now) == (10, 30)
