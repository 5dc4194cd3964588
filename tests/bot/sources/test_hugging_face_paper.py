"""One paper asked for by its id."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from bot import live
from bot.domain.paper import UNDATED
from bot.domain.paper_page import PaperPage
from bot.sources.hugging_face_paper import PaperReader
from tests.factories import NOW
from tests.server import Answer


@pytest.fixture
def read(server):
    return PaperReader(server.url, token="hf_madeup").read


@pytest.fixture
def flat(an_entry):
    """The answer for a paper: what a list wraps in an entry."""

    def flat(**fields: object) -> Answer:
        return Answer(json.dumps(an_entry(**fields)["paper"]).encode())

    return flat


def test_a_paper_comes_with_its_votes_and_the_day_it_was_listed(server, read, flat):
    server.will_answer(flat(id="2606.00101", upvotes=12, title="From afar"))

    found = read("2606.00101")

    assert (found.paper.id, found.paper.title, found.upvotes) == ("2606.00101", "From afar", 12)
    assert found.day == date(2026, 6, 30)
    assert server.paths == ["/api/papers/2606.00101"]
    assert server.headers[0]["authorization"] == "Bearer hf_madeup"


def test_a_paper_that_was_never_listed_is_of_the_day_it_was_published(server, read, flat):
    given = {"id": "2606.00101", "submittedOnDailyAt": None}
    server.will_answer(
        flat(**given, publishedAt="2026-06-02T17:00:00.000Z"), flat(**given, publishedAt=None)
    )

    assert read("2606.00101").day == date(2026, 6, 2)
    assert read("2606.00101").day == UNDATED


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b'{"error": "not found"}', 404),
        Answer(b"busy", 503),
        Answer(b"<html>", 200),
        Answer(b"[]", 200),
        Answer(b"[" * 100_000, 200),
        Answer(b'{"id": "2606.00101"}', 200),
        Answer(b'{"id": "2606.00102", "title": "Another"}', 200),
    ],
    ids=["404", "503", "page", "list", "deep", "no title", "another"],
)
def test_whatever_else_is_answered_there_is_no_such_paper(server, read, answer):
    server.will_answer(answer)

    assert read("2606.00101") is None


def test_what_cites_a_paper_is_counted_by_its_totals_or_else_by_what_is_listed(server, an_entry):
    citing = {
        "linkedModels": [{"id": "lab/one"}],
        "numTotalModels": 12,
        "linkedDatasets": [{"id": "lab/two"}, {"id": "lab/three"}],
    }
    server.will_answer(Answer(json.dumps(an_entry()["paper"] | citing).encode()))

    looked = PaperReader(server.url).look("2606.00101")

    assert looked.page == PaperPage(models=12, datasets=2, spaces=None)
    assert looked.listing.upvotes == 3


@pytest.mark.parametrize("nothing", ["dropped", None, {}, "3", -1, True, 10**30])
def test_a_page_that_does_not_say_what_cites_its_paper_is_a_page(server, an_entry, nothing):
    said = dict.fromkeys(("linkedSpaces", "numTotalSpaces"), nothing)
    found = an_entry()["paper"] | ({} if nothing == "dropped" else said)
    server.will_answer(Answer(json.dumps(found).encode()))

    looked = PaperReader(server.url).look("2606.00101")

    assert looked.listing.paper.id == "2606.00101"
    assert not looked.page.spaces


@pytest.mark.parametrize("paper_id", ["hep-th/9901001", "10.1145/1234.abc", "../whoami", ""])
def test_what_the_site_cannot_have_is_not_asked_for(server, read, paper_id):
    assert read(paper_id) is None
    assert server.paths == []


def test_somebody_who_waits_waits_for_one_request(server, flat, sqlite_database):
    server.will_answer(Answer(b"busy", 503), flat(id="2606.00101"))
    settings = SimpleNamespace(hf_endpoint=server.url, hf_token=None, contact="")
    reader = live.one_paper(settings, sqlite_database, lambda: NOW)

    assert reader.read("2606.00101") is None
    assert len(server.paths) == 1
