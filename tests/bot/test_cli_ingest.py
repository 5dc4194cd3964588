"""`papers ingest --source arxiv`: the latest announcement, or everything since a day."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot import app, stores
from bot.config import read_settings
from bot.services import status, turns
from storage import harvests
from tests.arxiv import ArxivHere, a_deletion, a_feed, a_page, a_record, an_item
from tests.server import Answer

FRIDAY = datetime(2026, 6, 26, 12, tzinfo=UTC)


@pytest.fixture
def arxiv(no_settings, monkeypatch):
    here = ArxivHere()
    monkeypatch.setenv("PAPERS_ARXIV_URL", here.url)
    monkeypatch.setenv("PAPERS_ARXIV_CATEGORIES", "cs.SD")
    monkeypatch.setattr(turns, "PAUSE", timedelta())
    monkeypatch.setattr(app, "utc_now", lambda: FRIDAY)
    yield here
    here.close()


def test_without_a_category_it_says_what_to_set(papers, arxiv, monkeypatch):
    monkeypatch.setenv("PAPERS_ARXIV_CATEGORIES", "")
    ran = papers("ingest", "--source", "arxiv")

    assert ran.code == 2
    assert ran.err.startswith("PAPERS_ARXIV_CATEGORIES is not set.")
    assert arxiv.paths == []


def test_the_latest_announcement_is_read_and_can_be_searched(papers, arxiv):
    items = an_item("2606.20001"), an_item("2606.20002", "cross", "cs.RO", "cs.SD")
    arxiv.announce("/rss/cs.SD", a_feed(*items), ETag='"1"')

    ran = papers("ingest", "--source", "arxiv")
    again = papers("ingest", "--source", "arxiv")

    assert (ran.code, ran.out) == (0, "2026-06-26: 2 papers, 2 new\n")
    assert again.out == "2026-06-26: as it was read before\n"
    assert "2606.20002" in papers("search", "cat:cs.RO").out


def test_a_feed_that_holds_nothing_is_said_to_be_late(papers, arxiv, monkeypatch):
    monkeypatch.setattr(app, "utc_now", lambda: FRIDAY - timedelta(hours=6))
    arxiv.announce("/rss/cs.SD", a_feed())
    ran = papers("ingest", "--source", "arxiv")

    assert ran.out.splitlines() == [
        "2026-06-26: 0 papers, 0 new",
        "cs.SD is late and will be topped up.",
    ]


def test_a_feed_that_fails_says_why_and_ends_in_1(papers, arxiv, monkeypatch):
    monkeypatch.setattr(app, "utc_now", lambda: FRIDAY - timedelta(hours=6))
    ran = papers("ingest", "--source", "arxiv")

    assert ran.code == 1
    assert ran.out.splitlines() == [
        "2026-06-26: arXiv: The answer was 404 Not Found.",
        "cs.SD is late and will be topped up.",
    ]


def test_everything_since_a_day_is_read_and_counted(papers, arxiv):
    arxiv.answer_oai(
        [
            a_page(a_record("2606.20001"), a_record("2606.20002"), token="2"),
            a_page(a_record("0901.00001", created="2009-01-01"), a_deletion("2605.00001")),
        ]
    )
    ran = papers("ingest", "--source", "arxiv", "--since", "2026-06-20")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("cs.SD: 4 records: 2 new, 1 known or older, 1 deleted; ")
    assert ran.out.endswith(" records a second\n")
    assert arxiv.asked("/oai")[0]["from"] == "2026-06-20"
    assert "2606.20002" in papers("search", "paper").out


def test_a_list_that_failed_is_gone_on_with_by_saying_the_same_again(papers, arxiv, monkeypatch):
    monkeypatch.setattr("bot.services.harvest.PATIENCE", timedelta())
    arxiv.answer_oai([a_page(a_record("2606.20001"), token="2"), Answer(b"", 403)])
    failed = papers("ingest", "--source", "arxiv", "--since", "2026-06-20")
    arxiv.answer_oai([a_page(a_record("2606.20002"))])
    ran = papers("ingest", "--source", "arxiv", "--since", "2026-06-20")

    assert failed.code == 1
    assert "cs.SD: arXiv: The answer was 403 Forbidden. Say the same again" in failed.err
    assert ran.out.startswith("cs.SD: 1 record, after 1 before: 1 new")
    assert arxiv.asked("/oai")[-1] == {"verb": "ListRecords", "resumptionToken": "2"}
    with closing(stores.open_database(read_settings())) as database:
        assert status.status(database, "T1", now=app.utc_now()).papers == 2
        with database.read() as session:
            assert harvests.get(session, "cs.SD").records == 2


def test_a_record_that_cannot_be_read_is_named_and_the_others_land(papers, arxiv):
    broken = a_record("2606.20002").replace("<title>Paper 2606.20002</title>", "")
    arxiv.answer_oai([a_page(a_record("2606.20001"), broken)])
    ran = papers("ingest", "--source", "arxiv", "--since", "2026-06-20")

    assert ran.err == "cs.SD: Record 2 (2606.20002) has no title.\n"
    assert ran.out.startswith("cs.SD: 1 record: 1 new")
