"""The lists of Daily Papers as they are asked for: a day, its pages, a week, a month, trending."""

import json
from datetime import date

import pytest

from bot.errors import SourceFailed
from bot.sources.hugging_face import HuggingFace

DAY = date(2026, 6, 30)


@pytest.fixture
def page(an_entry, answer):
    """A page with the papers of these numbers."""

    def make(numbers, **headers: str):
        entries = [
            {"paper": {"id": f"2606.{each:05}", "title": f"Paper {each}"}} for each in numbers
        ]
        return answer(
            json.dumps(entries).encode(),
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    return make


def test_a_day_is_asked_for_with_a_full_page_and_our_name(source, server, reply, answer):
    server.will_answer(answer(reply("hugging_face_day.json")))

    batch = source.read(DAY)

    assert len(batch.listings) == 3
    assert server.paths == ["/api/daily_papers"]
    assert server.queries == [{"date": "2026-06-30", "limit": "100"}]
    (headers,) = server.headers
    assert headers["user-agent"].startswith("papers-bot/")
    assert headers["user-agent"].endswith(" (+https://papers.example.org)")
    assert headers["authorization"] == "Bearer hf_madeup"


def test_a_weekend_without_papers_is_an_answer(source, waits):
    assert source.read(date(2026, 6, 28)).listings == ()
    assert waits == []


def test_pages_are_read_until_a_short_one_and_repeats_are_merged(source, server, page):
    server.will_answer(page(range(100)), page(range(98, 198)), page(range(198, 203)))

    batch = source.read(DAY)

    assert [each.paper.id for each in batch.listings] == [f"2606.{each:05}" for each in range(203)]
    assert [each.get("p") for each in server.queries] == [None, "1", "2"]


def test_a_page_of_the_default_size_is_not_taken_for_the_whole_list(source, server, page):
    server.will_answer(page(range(50)), page(range(50, 61)))

    assert len(source.read(DAY).listings) == 61


def test_past_the_end_of_a_full_page_comes_an_empty_one_and_that_is_the_end(
    source, server, page, answer
):
    server.will_answer(page(range(100)), answer(b"[]"))

    assert len(source.read(DAY).listings) == 100
    assert [each.get("p") for each in server.queries] == [None, "1"]


@pytest.mark.real
@pytest.mark.parametrize("day", ["2026-05-12", "2026-05-13"])
def test_the_two_recorded_days_that_stop_at_the_sites_own_default_are_read_on(
    server, page, answer, shared, day
):
    [path] = (shared / "data" / "hf_daily").glob(f"*{day}*.json.gz")
    server.will_answer(
        answer(path.read_bytes(), headers={"Content-Encoding": "gzip"}), page(range(7))
    )

    batch = HuggingFace(server.url).read(date.fromisoformat(day))

    assert len(batch.listings) == 57
    assert [each.get("p") for each in server.queries] == [None, "1"]


def test_a_link_to_a_next_page_is_believed(source, server, page):
    more = '<https://elsewhere.example.org/?p=1>; rel="next"'
    server.will_answer(page(range(10), Link=more), page(range(10, 15)))

    assert len(source.read(DAY).listings) == 15
    assert len(server.queries) == 2


def test_a_mirror_that_cannot_page_is_not_asked_for_ever(source, server, page):
    server.will_answer(page(range(100)))

    assert len(source.read(DAY).listings) == 100
    assert len(server.queries) == 2


def test_a_list_without_an_end_fails(source, server, page, monkeypatch):
    monkeypatch.setattr("bot.sources.hugging_face.MOST_PAGES", 3)
    server.will_answer(*(page(range(100 * each, 100 * each + 100)) for each in range(4)))

    with pytest.raises(SourceFailed, match="no end to the list after 3 pages"):
        source.read(DAY)


@pytest.mark.parametrize(
    ("ask", "query"),
    [
        (lambda source: source.week("2026-W27"), {"week": "2026-W27", "limit": "100"}),
        (lambda source: source.month("2026-06"), {"month": "2026-06", "limit": "100"}),
    ],
)
def test_a_week_and_a_month_come_as_their_days(source, server, an_entry, answer, ask, query):
    monday = an_entry(id="2606.00001", submittedOnDailyAt="2026-06-29T00:00:00.000Z")
    server.will_answer(answer(json.dumps([an_entry(), monday]).encode()))

    batches = ask(source)

    assert [(each.day.day, len(each.listings)) for each in batches] == [(29, 1), (30, 1)]
    assert server.queries == [query]


def test_trending_keeps_the_order_of_the_site_and_is_a_list_of_its_own(
    source, server, reply, answer
):
    server.will_answer(answer(reply("hugging_face_day.json")))

    batch = source.trending(date(2026, 7, 1))

    assert (batch.source, batch.day) == ("hf-trending", date(2026, 7, 1))
    assert [(each.rank, each.upvotes, each.source) for each in batch.listings] == [
        (1, 3, "hf-trending"),
        (2, 118, "hf-trending"),
        (3, 0, "hf-trending"),
    ]
    assert server.queries == [{"sort": "trending", "limit": "100"}]
