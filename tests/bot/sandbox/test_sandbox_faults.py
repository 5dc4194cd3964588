"""Failures on order."""

import time

import httpx
import pytest


def post(api, text="x"):
    return api.raw("chat.postMessage", channel="papers", text=text)


def shown(doors):
    return [each["text"] for each in doors.messages()]


def test_a_status_is_answered_before_anything_happens(api, doors):
    doors("faults", method="chat.postMessage", status=500, times=2)

    assert [post(api).status_code for _ in range(3)] == [500, 500, 200]
    assert shown(doors) == ["x"]


def test_a_status_after_accepting_leaves_the_message_there(api, doors):
    doors("faults", method="chat.postMessage", status=500, after=True, times=1)

    assert post(api).status_code == 500
    assert shown(doors) == ["x"]


def test_a_dropped_reply_was_accepted(api, doors):
    doors("faults", method="chat.postMessage", drop_reply=True, times=1)

    with pytest.raises(httpx.RemoteProtocolError):
        post(api)
    assert shown(doors) == ["x"]


def test_too_many_requests_say_how_long_to_wait(api, doors):
    doors("faults", method="chat.postMessage", retry_after=7, times=1)
    doors("faults", method="chat.postMessage", status=429, times=1)

    limited, unsaid = post(api), post(api)

    assert limited.status_code == unsaid.status_code == 429
    assert limited.headers["Retry-After"] == "7"
    assert limited.json() == {"ok": False, "error": "ratelimited"}
    assert "Retry-After" not in unsaid.headers


def test_an_error_is_answered_as_slack_words_it(api, doors):
    doors("faults", method="chat.postMessage", error="fatal_error", times=1)

    assert post(api).json() == {"ok": False, "error": "fatal_error"}
    assert shown(doors) == []


def test_a_delayed_call_is_answered_late(api, doors):
    doors("faults", method="chat.postMessage", delay=0.2, times=1)

    started = time.perf_counter()
    assert post(api).json()["ok"]

    assert time.perf_counter() - started >= 0.2


def test_a_truncated_answer_is_no_json_and_was_carried_out(api, doors):
    doors("faults", method="chat.postMessage", truncate=True, times=1)

    reply = post(api)

    assert reply.status_code == 200
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        reply.json()
    assert shown(doors) == ["x"]
    (call,) = [each for each in doors.get("log")["calls"] if each["kind"] == "api"]
    assert call["response"] == {"truncated": reply.text}


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
def test_a_lagging_history_lacks_what_is_younger(api, doors, method):
    doors("clock", to="2026-06-26T07:00:00Z")
    parent = post(api, "old").json()["ts"]
    doors("clock", to="2026-06-26T07:00:30Z")
    api("chat.postMessage", channel="papers", text="new", thread_ts=parent, reply_broadcast=True)
    doors("faults", method=method, lag=20, times=1)

    def read():
        found = api(method, channel=doors.id_of("papers"), ts=parent)["messages"]
        return {each["text"] for each in found}

    assert read() == {"old"}
    assert read() == {"old", "new"}


def test_a_delay_and_a_dropped_reply_come_together(api, doors):
    doors("faults", method="chat.postMessage", drop_reply=True, delay=0.1, times=1)

    started = time.perf_counter()
    with pytest.raises(httpx.RemoteProtocolError):
        post(api)

    assert time.perf_counter() - started >= 0.1


def test_other_methods_are_left_alone(api, doors):
    doors("faults", method="chat.update", status=500, times=1)

    assert post(api).status_code == 200


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"method": "chat.postMessage", "times": 0},
        {"method": "chat.postMessage", "status": "500"},
        {"method": "chat.postMessage", "mood": "bad"},
        {"method": "chat.postMessage", "lag": 5},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(doors, order):
    assert doors("faults", **order)["ok"] is False
