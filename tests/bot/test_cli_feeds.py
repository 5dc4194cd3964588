"""`papers ingest --source feeds`: every feed as it is now, and preprint servers day by day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import app
from tests.feeds import FeedsHere, a_feed, a_row, an_item

FRIDAY = datetime(2026, 6, 26, 12, tzinfo=UTC)


@pytest.fixture
def named(no_settings, monkeypatch):
    here = FeedsHere()
    monkeypatch.setenv("PAPERS_FEEDS", f"{here.url}/feed.xml biorxiv:all")
    monkeypatch.setenv("PAPERS_BIORXIV_URL", here.url)
    monkeypatch.setattr("bot.live.HOST_PAUSE", timedelta())
    monkeypatch.setattr(app, "utc_now", lambda: FRIDAY)
    here.put("/feed.xml", a_feed(an_item("Tides", day="25 Jun 2026")), ETag='"1"')
    here.rows = [
        a_row(f"10.1101/2026.06.{day}.1", f"Cranes of day {day}", f"2026-06-{day}")
        for day in (20, 24, 25, 26)
    ]
    yield here
    here.close()


def test_without_a_feed_it_says_what_to_set(papers, no_settings):
    ran = papers("ingest", "--source", "feeds")

    assert ran.code == 2
    assert ran.err.startswith("PAPERS_FEEDS is not set.")


def test_every_feed_is_read_and_can_be_searched(papers, named):
    ran = papers("ingest", "--source", "feeds")
    again = papers("ingest", "--source", "feeds")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["Harbour Lab: 1 paper, 1 new", "bioRxiv: 3 papers, 3 new"]
    assert again.out.splitlines() == [
        "Harbour Lab: as it was read before",
        "bioRxiv: 2 papers, 0 new",
    ]
    assert "Tides" in papers("search", f"source:{named.url.removeprefix('http://')}").out
    assert "Cranes" in papers("search", "source:bioRxiv", "cat:neuroscience").out


def test_days_that_are_named_are_read_one_by_one(papers, named):
    ran = papers("ingest", "--source", "feeds", "--since", "2026-06-24", "--until", "2026-06-25")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Harbour Lab: 1 paper, 1 new",
        "bioRxiv, 2026-06-24: 1 paper, 1 new",
        "bioRxiv, 2026-06-25: 1 paper, 1 new",
    ]
    assert named.asked("/details/biorxiv/2026-06-24/2026-06-24/0") == 1


def test_a_feed_that_fails_says_why_and_ends_in_1_and_the_others_are_read(papers, named):
    named.put("/feed.xml", b"<html>Sorry</html>")
    ran = papers("ingest", "--source", "feeds")

    first, second = ran.out.splitlines()
    assert ran.code == 1
    assert first.startswith("127.0.0.1:")
    assert "This is a web page, not a feed." in first
    assert second == "bioRxiv: 3 papers, 3 new"


def test_an_entry_that_is_no_paper_is_named(papers, named):
    named.put("/feed.xml", a_feed(an_item("Tides"), "<item><title>Nobody</title></item>"))
    ran = papers("ingest", "--source", "feeds")

    assert ran.err == "Harbour Lab: Entry 2 has no id (Nobody).\n"
    assert ran.out.startswith("Harbour Lab: 1 paper, 1 new")


def test_a_feed_that_lists_nothing_is_said_to_be_late(papers, named):
    named.put("/feed.xml", a_feed())
    ran = papers("ingest", "--source", "feeds")

    assert ran.out.splitlines()[:2] == [
        "Harbour Lab: 0 papers, 0 new",
        "Harbour Lab: It is late: it lists nothing at all.",
    ]
