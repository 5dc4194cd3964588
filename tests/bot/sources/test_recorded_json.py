"""Recorded JSON in other shapes than the API's lists."""

import json
from datetime import date

import pytest

from bot.domain.paper import UNDATED, Batch
from bot.errors import SourceFailed
from bot.sources import recorded
from bot.sources.reports import Account
from tests.arxiv import an_answer, an_entry
from tests.hugging_face import an_entry as a_daily_entry

DAY = date(2024, 6, 3)
ROW = {
    "title": "Kettles that learn",
    "url": "https://huggingface.co/papers/2406.00001",
    "authors": ["Ada Li", ""],
    "pdf_url": "https://arxiv.org/pdf/2406.00001.pdf",
    "abstract": "Steam\nrises.",
    "upvotes": 7,
}


def parse(value: object, account: Account | None = None) -> list[Batch]:
    return list(recorded.parse(json.dumps(value).encode(), None, account or Account()))


def test_the_page_of_a_day_is_its_list_by_votes():
    more = {**ROW, "url": "https://huggingface.co/papers/2406.00002", "upvotes": 12}

    [batch] = parse({"date": "2024-06-03", "papers": [ROW, more]})

    assert (batch.source, batch.day, batch.problems) == ("hf", DAY, ())
    assert [(each.paper.id, each.upvotes, each.rank) for each in batch.listings] == [
        ("2406.00002", 12, 1),
        ("2406.00001", 7, 2),
    ]
    assert batch.listings[1].paper.authors == ("Ada Li",)
    assert batch.listings[1].paper.abstract == "Steam rises."


def test_a_wrong_row_of_a_page_is_named_and_the_others_land():
    account = Account()

    [batch] = parse({"date": "2024-06-03", "papers": [{**ROW, "url": "x"}, 7, ROW]}, account)

    assert len(batch.listings) == 1
    assert batch.problems == (
        "Entry 1 has no link with an arXiv id.",
        "Entry 2 has no link with an arXiv id.",
    )
    assert (account.records, account.bad) == (3, 2)


def test_a_page_of_no_day_or_of_no_paper_is_refused():
    with pytest.raises(SourceFailed, match="does not say of which day"):
        parse({"date": "June", "papers": [ROW]})
    with pytest.raises(SourceFailed, match="None of the 1 entries"):
        parse({"date": "2024-06-03", "papers": [{}]})


def test_an_answer_of_arxiv_that_was_kept_with_its_status_is_read():
    body = an_answer(an_entry("2606.00001")).decode()

    [batch] = parse({"url": "https://x/", "status_code": 200, "body": body})

    assert [each.paper.id for each in batch.listings] == ["2606.00001"]


def test_an_answer_that_was_none_says_its_status():
    with pytest.raises(SourceFailed, match="an answer with status 503"):
        parse({"url": "https://x/", "status_code": 503, "body": "busy"})


def test_what_was_found_for_a_question_is_the_list_of_no_day():
    found = {**a_daily_entry("2606.00001", "Kettles", "2026-06-25"), "highlightedTitle": []}
    found["paper"].pop("submittedOnDailyAt", None)

    [batch] = parse([found])

    assert (batch.source, batch.day) == ("hf", UNDATED)
    assert [(each.day, each.paper.id) for each in batch.listings] == [(UNDATED, "2606.00001")]
