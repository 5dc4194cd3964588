"""The doors themselves: what they show, and how they say no."""

import threading
import time
from datetime import UTC, datetime

import httpx
import pytest

from bot.sandbox import PortTaken, Sandbox


def test_the_state_tells_a_page_all_it_needs(start, doors_of):
    in_june = datetime(2026, 6, 26, 7, tzinfo=UTC)
    doors = doors_of(start(start_at=in_june, hints=["/look around"]))

    state = doors.get("state")

    assert state["ok"] is True
    assert state["clock"].startswith("2026-06-26T07:00:0")
    assert state["hints"] == ["/look around"]
    assert state["connected"] is False
    assert state["commands"] == [
        {"command": "/look", "description": "Look", "usage_hint": "[what]"}
    ]
    assert {each["type"] for each in state["shortcuts"]} == {"global", "message"}
    assert {each["name"]: each["is_bot"] for each in state["users"]} == {
        "looker": True,
        "ana": False,
        "ben": False,
    }
    secret = next(each for each in state["channels"] if each["name"] == "secret")
    assert secret["private"] is secret["is_private"] is True
    assert [each["is_im"] for each in state["channels"]].count(True) == 2


def test_a_connected_bot_is_seen(socket_mode, doors):
    assert doors.get("state")["connected"] is True


def test_private_conversations_are_for_their_members(doors):
    refused = doors.http.get("messages", params={"channel": "secret", "user": "ben"})

    assert refused.status_code == 403
    assert "ben" in refused.json()["error"]
    assert doors.get("messages", channel=doors.dm("ana"), user="ben")["ok"] is False
    assert doors("message", user="ben", channel="secret", text="x")["ok"] is False
    assert doors.get("messages", channel="#secret", user="@ana")["messages"] == []


@pytest.mark.parametrize(
    ("door", "body", "status"),
    [
        ("message", {"user": "eve", "channel": "papers", "text": "x"}, 404),
        ("message", {"user": "ana", "channel": "nowhere", "text": "x"}, 404),
        ("message", {"user": "ana", "channel": "papers"}, 400),
        ("message", {"user": "looker", "channel": "papers", "text": "x"}, 400),
        ("message", ["not", "an", "object"], 400),
        ("react", {"user": "ana", "channel": "papers", "ts": "1.1", "reaction": "eyes"}, 404),
        ("clock", {"to": "2026-06-26T07:00:00"}, 400),
        ("clock", {"to": "tomorrow"}, 400),
        ("clock", {}, 400),
        ("click", {"user": "ana", "action_id": "x", "view_id": "V1"}, 404),
        ("close", {"user": "ana", "view_id": "V1"}, 404),
        ("invite", {"user": "ana", "channel": "papers"}, 400),
        ("nothing", {}, 404),
    ],
)
def test_a_door_says_no_in_words(doors, door, body, status):
    reply = doors.http.post(door, json=body)

    assert reply.status_code == status
    assert reply.json()["ok"] is False
    assert reply.json()["error"].endswith((".", ";"))


@pytest.mark.parametrize("to", ["2026-06-26T09:00:00+02:00", 1782457200])
def test_the_clock_jumps_and_stamps_follow(doors, sandbox, to):
    answer = doors("clock", to=to)

    posted = doors("message", user="ana", channel="papers", text="x")
    assert answer["clock"] == "2026-06-26T07:00:00Z"
    assert 1782457200 <= float(posted["ts"]) < 1782457260
    assert sandbox.now() >= datetime(2026, 6, 26, 7, tzinfo=UTC)


def test_the_log_tells_both_directions_without_tokens(signed_http, doors, api, sandbox):
    signed_http.command("/look")(lambda ack: ack("Seen."))
    api("chat.postMessage", channel="papers", text="x", token=sandbox.bot_token)
    doors("command", user="ana", channel="papers", command="/look", text="around")

    reply = doors.http.get("log")
    calls = {each["kind"]: each for each in reply.json()["calls"] if each["name"] != "auth.test"}
    assert calls["api"]["direction"] == "out"
    assert calls["api"]["name"] == "chat.postMessage"
    assert calls["command"]["direction"] == "in"
    assert calls["command"]["response"] == "Seen."
    assert calls["command"]["ms"] > 0
    assert sandbox.bot_token not in reply.text


def test_the_page_hears_what_changed(doors, sandbox):
    papers = doors.id_of("papers")
    with httpx.stream("GET", f"{sandbox.url}/_sandbox/events", timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith(":")
        doors("message", user="ana", channel="papers", text="x")
        heard = next(line for line in lines if line.startswith("data:"))

    assert heard == f'data: {{"type": "messages", "channel": "{papers}"}}'


def test_another_site_may_not_use_the_doors(doors, sandbox):
    body = {"user": "ana", "channel": "papers", "text": "x"}
    abroad = doors.http.post("message", json=body, headers={"Origin": "https://example.org"})
    here = doors.http.post("message", json=body, headers={"Origin": sandbox.url})

    assert abroad.status_code == 403
    assert here.status_code == 200


def test_a_taken_port_is_said_clearly(sandbox):
    port = int(sandbox.url.rpartition(":")[2])

    with pytest.raises(PortTaken, match=f"Port {port} is taken"):
        Sandbox({}, port=port).start()


def test_connections_are_kept_open(api):
    first = api.raw("auth.test").extensions["network_stream"].get_extra_info("client_addr")
    second = api.raw("auth.test").extensions["network_stream"].get_extra_info("client_addr")

    assert first == second


def test_stopping_is_quick_and_leaves_no_thread(start, doors_of):
    before = set(threading.enumerate())
    sandbox = start()
    doors = doors_of(sandbox)
    doors.get("state")
    with httpx.stream("GET", f"{sandbox.url}/_sandbox/events", timeout=10) as stream:
        next(stream.iter_lines())

        started = time.perf_counter()
        sandbox.stop()
        took = time.perf_counter() - started

    assert took < 1
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
        assert not thread.is_alive()
