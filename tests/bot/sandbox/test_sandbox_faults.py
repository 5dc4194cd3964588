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
    ],
)
def test_an_order_that_makes_no_sense_is_refused(doors, order):
    assert doors("faults", **order)["ok"] is False
