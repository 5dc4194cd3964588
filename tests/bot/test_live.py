"""Feeds as the settings name them: who is asked, when, and for which days."""

from datetime import date, timedelta

import pytest

from bot import live
from bot.config import Settings
from bot.domain.feeds import Standing
from bot.errors import SourceFailed
from storage import leases
from tests.factories import NOW
from tests.feeds import FeedsHere, a_feed, a_row, an_item
from tests.server import Answer

DAY = timedelta(days=1)


@pytest.fixture
def here(no_settings, monkeypatch):
    running = FeedsHere()
    running.rows = [a_row("10.1101/1", "Cranes", "2026-06-25")]
    running.put("/a.xml", a_feed(an_item("Tides")))
    yield running
    running.close()


@pytest.fixture
def named(here, database):
    def named(said: str) -> list[live.Feed]:
        settings = Settings(feeds=said.format(here=here.url), PAPERS_BIORXIV_URL=here.url)
        return live.feeds(settings, database, lambda: NOW, lambda _: None)

    return named


def test_feeds_of_one_host_take_turns_and_others_have_their_own(named):
    hosts = [
        each.host
        for each in named("https://a.example/1.xml https://A.example/2.xml https://b.example/")
    ]

    assert hosts == ["host a.example", "host a.example", "host b.example"]


def test_a_feed_of_arxivs_waits_for_the_turns_that_arxiv_wants_of_everybody(named):
    hosts = [each.host for each in named("https://rss.arxiv.org/rss/cs.AI https://notarxiv.org/")]

    assert hosts == ["arxiv", "host notarxiv.org"]


def test_both_preprint_servers_are_asked_in_turns_of_one_host(named):
    first, second = named("biorxiv:all medrxiv:all")

    assert first.host == second.host
    assert (first.source, second.source) == ("biorxiv", "medrxiv")


def test_a_refusal_with_a_time_keeps_every_process_from_asking_before(named, here, database):
    [feed] = named("{here}/a.xml")
    here.feeds["/a.xml"] = Answer(b"", 429, {"Retry-After": "3600"})

    with pytest.raises(SourceFailed, match="429"):
        feed.read(Standing(feed.source), NOW)
    with database.read() as session:
        assert leases.get(session, feed.host).ready_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("newest", "first"),
    [
        (None, date(2026, 6, 23)),
        (NOW - 2 * DAY, date(2026, 6, 23)),
        (NOW, date(2026, 6, 25)),
        (NOW - 90 * DAY, date(2026, 6, 12)),
        (NOW + 9 * DAY, date(2026, 6, 26)),
    ],
)
def test_a_preprint_server_is_read_from_the_day_before_the_latest_that_is_known(
    named, here, newest, first
):
    [server] = named("biorxiv:all")
    server.read(Standing("biorxiv", newest=newest), NOW)

    assert here.paths == [f"/details/biorxiv/{first}/2026-06-26/0"]
