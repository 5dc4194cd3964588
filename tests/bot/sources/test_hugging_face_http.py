"""The reader of Daily Papers against a server on this machine: pages, faults, bounds."""

import gzip
import json
import logging
from datetime import date

import pytest

from bot.errors import SourceFailed
from bot.sources.http import Limits
from bot.sources.hugging_face import HuggingFace

DAY = date(2026, 6, 30)
GZIP = {"Content-Encoding": "gzip"}
CUT_GZIP = gzip.compress(b"[]" * 99)[:-9]
QUICK = Limits(connect=2, read=0.1, total=5, patience=60, size=100_000, tries=3)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def source(server, waits) -> HuggingFace:
    return HuggingFace(
        server.url,
        token="hf_madeup",
        contact="https://papers.example.org",
        limits=QUICK,
        sleep=waits.append,
        jitter=lambda: 0.0,
    )


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


def test_an_endpoint_may_have_a_path_and_a_slash_at_its_end(server):
    HuggingFace(f"{server.url}/mirror/").read(DAY)

    assert server.paths == ["/mirror/api/daily_papers"]


def test_without_a_token_none_is_sent(server):
    HuggingFace(server.url).read(DAY)

    assert "authorization" not in server.headers[0]


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


def test_packed_answers_are_unpacked(source, server, reply, answer):
    body = gzip.compress(reply("hugging_face_day.json"))
    server.will_answer(answer(body, headers=GZIP))

    assert len(source.read(DAY).listings) == 3


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"status": 500}, id="500"),
        pytest.param({"status": 503, "body": b"<html>"}, id="503"),
        pytest.param({"status": 429}, id="429 that names no time"),
        pytest.param({"status": 408}, id="408"),
        pytest.param({"held": True}, id="no answer in time"),
        pytest.param({"body": b"[]", "cut": 20}, id="fewer bytes than promised"),
        pytest.param({"body": CUT_GZIP, "headers": GZIP}, id="cut gzip"),
        pytest.param({"body": b"not gzip", "headers": GZIP}, id="gzip that is none"),
        pytest.param({"body": b"<!doctype html><p>Back soon"}, id="a web page"),
        pytest.param({"body": b'[{"paper": {"id": "26'}, id="half a list"),
        pytest.param({"body": b""}, id="nothing"),
        pytest.param({"body": b"{}"}, id="an object"),
    ],
)
def test_a_passing_fault_is_tried_again(source, server, reply, answer, waits, fault):
    server.will_answer(answer(**fault), answer(reply("hugging_face_day.json")))

    assert len(source.read(DAY).listings) == 3
    assert waits == [1.0]


def test_waits_double_and_the_tries_end(source, server, answer, waits):
    server.will_answer(answer(status=502))

    with pytest.raises(SourceFailed, match=r"^Hugging Face: .*502 Bad Gateway.* after 3 tries"):
        source.read(DAY)
    assert waits == [1.0, 2.0]
    assert len(server.queries) == 3


def test_retry_after_comes_before_our_own_back_off(source, server, answer, waits):
    server.will_answer(answer(status=429, headers={"Retry-After": "17"}), answer())

    source.read(DAY)

    assert waits == [17.0]


def test_a_limit_names_its_end_in_hugging_faces_own_header(source, server, answer, waits):
    server.will_answer(answer(status=429, headers={"RateLimit": '"api";r=0;t=42'}), answer())

    source.read(DAY)

    assert waits == [42.0]


def test_a_wait_beyond_our_patience_is_a_failure_at_once(source, server, answer, waits):
    server.will_answer(answer(status=429, headers={"Retry-After": "3600"}))

    with pytest.raises(SourceFailed, match=r"429 Too Many Requests.* in 3600 s"):
        source.read(DAY)
    assert waits == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_repeated_and_gives_the_sites_words(source, server, answer, waits, status):
    server.will_answer(answer(b'{"error":"Invalid date"}', status=status))

    with pytest.raises(SourceFailed, match=rf"answer was {status} .*Invalid date"):
        source.read(DAY)
    assert (len(server.queries), waits) == (1, [])


def test_an_error_page_is_not_quoted(source, server, answer):
    server.will_answer(answer(b"<html><h1>Forbidden", status=403))

    with pytest.raises(SourceFailed, match=r"403 Forbidden\.$"):
        source.read(DAY)


@pytest.mark.parametrize(
    "body",
    [
        {"body": b"[" + b" " * 200_000 + b"]"},
        {"body": gzip.compress(b"[" + b" " * 9_000_000), "headers": GZIP},
    ],
    ids=["plain", "a packed bomb"],
)
def test_a_body_over_the_bound_is_refused_and_not_read_again(source, server, answer, body):
    server.will_answer(answer(**body))

    with pytest.raises(SourceFailed, match="larger than 100,000 bytes"):
        source.read(DAY)
    assert len(server.queries) == 1


def test_a_packing_that_was_not_asked_for_is_refused(source, server, answer):
    server.will_answer(answer(b"x", headers={"Content-Encoding": "br"}))

    with pytest.raises(SourceFailed, match="packed in a way"):
        source.read(DAY)


def test_a_server_that_is_not_there_fails_with_words(waits):
    nobody = HuggingFace("http://127.0.0.1:1", limits=QUICK, sleep=waits.append)

    with pytest.raises(SourceFailed, match="Hugging Face: The connection failed"):
        nobody.read(DAY)
    assert len(waits) == 2


@pytest.mark.parametrize(
    "base", ["", "huggingface.co", "file:///etc", "http://", "http://x:y", "::"]
)
def test_an_endpoint_that_is_no_web_address_fails_with_words(base, waits):
    with pytest.raises(SourceFailed, match="not a web address"):
        HuggingFace(base, sleep=waits.append).read(DAY)
    assert waits == []


def test_a_redirect_is_followed_and_another_host_gets_no_token(
    source, server, other_server, answer, reply
):
    server.will_answer(
        answer(status=302, headers={"Location": "/moved"}),
        answer(b"x" * 200_000, status=307, headers={"Location": f"{other_server.url}/there"}),
    )
    other_server.will_answer(answer(reply("hugging_face_day.json")))

    assert len(source.read(DAY).listings) == 3
    assert server.paths == ["/api/daily_papers", "/moved"]
    assert "authorization" in server.headers[1]
    assert other_server.paths == ["/there"]
    assert "authorization" not in other_server.headers[0]


def test_redirects_in_a_circle_end(source, server, answer):
    server.will_answer(answer(status=302, headers={"Location": "/again"}))

    with pytest.raises(SourceFailed, match="more than 3 redirects"):
        source.read(DAY)
    assert len(server.queries) == 4


def test_a_redirect_to_a_file_is_refused(source, server, answer):
    server.will_answer(answer(status=302, headers={"Location": "file:///etc/hostname"}))

    with pytest.raises(SourceFailed, match="not a web address"):
        source.read(DAY)


def test_the_token_is_in_no_message_and_no_log(source, server, answer, caplog):
    caplog.set_level(logging.DEBUG)
    server.will_answer(answer(status=500))

    with pytest.raises(SourceFailed) as failure:
        source.read(DAY)
    assert "hf_madeup" not in caplog.text + str(failure.value)


@pytest.mark.parametrize("token", ["hf_made\nup", "hf_mäde"])
def test_a_token_that_cannot_be_sent_fails_without_being_shown(server, token):
    with pytest.raises(SourceFailed, match="token holds characters") as failure:
        HuggingFace(server.url, token=token).read(DAY)
    assert "hf_" not in str(failure.value)
    assert server.queries == []
