"""arXiv's API and OAI-PMH over HTTP: a time, one paper, and everything since a day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.errors import SourceFailed
from bot.sources.arxiv import Arxiv
from tests.arxiv import a_page, a_record, an_answer, an_entry
from tests.server import QUICK, Answer

FIRST = datetime(2026, 6, 24, 18, tzinfo=UTC)
LAST = datetime(2026, 6, 25, 18, tzinfo=UTC)


# -- the API --------------------------------------------------------------------------------------


def test_papers_of_a_time_are_asked_for_page_by_page(arxiv, here):
    here.answer_api(
        [
            an_answer(an_entry("2606.00001"), an_entry("2606.00002"), total=3),
            an_answer(an_entry("2606.00003"), total=3, start=2),
        ]
    )

    papers, problems = arxiv.submitted(("cs.SD", "math", "hep-th"), FIRST, LAST)

    assert [each.id for each in papers] == ["2606.00001", "2606.00002", "2606.00003"]
    assert problems == ()
    assert [each["start"] for each in here.asked("/api/query")] == ["0", "2"]
    assert here.queries[0]["search_query"] == (
        "(cat:cs.SD OR cat:math.* OR cat:hep-th) AND submittedDate:[202606241800 TO 202606251800]"
    )


def test_an_empty_page_below_the_total_is_asked_for_again(arxiv, here, waits):
    here.answer_api([an_answer(total=1), an_answer(an_entry("2606.00001"))])

    papers, _ = arxiv.submitted(("cs.SD",), FIRST, LAST)

    assert len(papers) == 1
    assert waits == [1.0]


def test_empty_pages_below_the_total_that_stay_are_a_failure_and_not_an_end(arxiv, here):
    here.answer_api([an_answer(an_entry("2606.00001"), total=2), an_answer(total=2, start=1)])

    with pytest.raises(SourceFailed, match="The answer is empty, though there are 2 papers"):
        arxiv.submitted(("cs.SD",), FIRST, LAST)


def test_a_list_without_an_end_is_given_up(arxiv, here, monkeypatch):
    monkeypatch.setattr("bot.sources.arxiv.MOST_PAGES", 2)
    here.answer_api([an_answer(an_entry("2606.00001"), total=9)])

    with pytest.raises(SourceFailed, match="no end to the list after 2 pages"):
        arxiv.submitted(("cs.SD",), FIRST, LAST)


def test_one_paper_is_of_the_day_it_was_submitted(arxiv, here, reply):
    here.answer_api([an_answer(an_entry("hep-th/9901001", "hep-th", version=3, day="1999-01-01"))])

    found = arxiv.read("hep-th/9901001")

    assert (found.source, found.day, found.paper.version) == ("arxiv", date(1999, 1, 1), 3)
    assert here.queries == [{"id_list": "hep-th/9901001", "max_results": "1"}]


def test_a_paper_of_the_old_form_is_known_by_its_id_without_a_subject_class(arxiv, here):
    here.answer_api([an_answer(an_entry("math/0309136", "math.GT"))])

    assert arxiv.read("math.GT/0309136").paper.id == "math/0309136"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(an_answer()),
        Answer(an_answer(an_entry("2606.00002"))),
        Answer(b"<html>", 200),
        Answer(b"busy", 503),
        Answer(b"", 400),
    ],
    ids=["unknown", "another", "page", "503", "400"],
)
def test_where_arxiv_has_no_such_paper_there_is_none(here, answer):
    here.answer_api([answer])
    arxiv = Arxiv(here.url, limits=replace(QUICK, tries=1))

    assert arxiv.read("2606.00001") is None
    assert len(here.paths) == 1


def test_a_refusal_that_is_sent_as_a_paper_is_none(arxiv, here, reply):
    here.answer_api([reply("arxiv_refusal.xml")])

    assert arxiv.read("2606.00001") is None
    assert len(here.paths) == 1


@pytest.mark.parametrize("paper_id", ["10.1145/1234.abc", "../whoami", "", "2606.00001v2"])
def test_what_is_no_id_of_arxivs_is_not_asked_for(arxiv, here, paper_id):
    assert arxiv.read(paper_id) is None
    assert here.paths == []


# -- everything since a day -----------------------------------------------------------------------


def test_a_list_begins_with_a_set_and_a_day_and_goes_on_with_its_token(arxiv, here):
    here.answer_oai([a_page(a_record("2606.00001"), token="abc|2"), a_page(a_record("2606.00002"))])

    first = arxiv.changed("cs.SD", date(2026, 6, 1))
    second = arxiv.changed("cs.SD", date(2026, 6, 1), first.token)

    assert (first.token, second.token) == ("abc|2", "")
    assert here.queries == [
        {
            "verb": "ListRecords",
            "metadataPrefix": "arXiv",
            "set": "cs:cs:SD",
            "from": "2026-06-01",
        },
        {"verb": "ListRecords", "resumptionToken": "abc|2"},
    ]


def test_a_token_of_yesterday_is_no_failure_and_not_tried_again(arxiv, here):
    here.answer_oai([b'<OAI-PMH><error code="badResumptionToken">expired</error></OAI-PMH>'])

    assert arxiv.changed("cs.SD", date(2026, 6, 1), "old") is None
    assert len(here.paths) == 1


def test_a_busy_list_is_asked_for_again_when_it_says(arxiv, here, waits):
    here.answer_oai([Answer(b"", 503, {"Retry-After": "7"}), a_page(a_record("2606.00001"))])

    assert len(arxiv.changed("cs.SD", date(2026, 6, 1)).records) == 1
    assert waits == [7.0]


# -- hosts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "feeds", "oai"),
    [
        ("https://export.arxiv.org", "https://rss.arxiv.org", "https://oaipmh.arxiv.org"),
        ("https://arxiv.org/", "https://rss.arxiv.org", "https://oaipmh.arxiv.org"),
        ("https://notarxiv.org", "https://notarxiv.org", "https://notarxiv.org"),
        ("http://mirror.test/arxiv/", "http://mirror.test/arxiv", "http://mirror.test/arxiv"),
    ],
)
def test_arxiv_has_three_hosts_and_a_mirror_one(base, feeds, oai):
    arxiv = Arxiv(base)

    assert (arxiv._feeds, arxiv._oai) == (feeds, oai)
