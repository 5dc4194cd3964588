"""A Hugging Face that fails, limits, refuses, or sends too much: tried again, or given up."""

import gzip
from datetime import date

import pytest

from bot.errors import SourceFailed
from bot.sources.hugging_face import HuggingFace
from tests.server import QUICK

DAY = date(2026, 6, 30)
GZIP = {"Content-Encoding": "gzip"}
CUT_GZIP = gzip.compress(b"[]" * 99)[:-9]


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
