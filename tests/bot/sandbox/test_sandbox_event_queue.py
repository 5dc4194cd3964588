"""Events that come twice, in another order, or after a crash."""

import pytest
from slack_bolt import BoltResponse


@pytest.fixture
def sandbox(start, a_manifest):
    return start(a_manifest(events=["message.channels"]))


@pytest.fixture
def heard(signed_http, wait_for):
    """Wait for so many events to reach the bot, and give their ids and texts."""
    events = []

    @signed_http.middleware
    def remember(body, next_):
        events.append((body["event_id"], body["event"]["text"]))
        next_()

    return lambda count: wait_for(lambda: len(events) >= count and list(events))


def say(doors, *texts):
    for text in texts:
        assert doors("message", user="ana", channel="papers", text=text)["ok"]


def test_a_duplicate_has_the_same_event_id(heard, doors):
    doors("events", duplicate=2)

    say(doors, "one", "two", "three")

    events = heard(5)
    assert sorted(text for _, text in events) == ["one", "one", "three", "two", "two"]
    assert len({event_id for event_id, _ in events}) == 3


def test_reordered_events_come_last_first_and_then_in_order_again(heard, doors):
    doors("events", reorder=3)

    say(doors, "one", "two", "three")

    assert [text for _, text in heard(3)] == ["three", "two", "one"]
    say(doors, "four")
    assert heard(4)[-1][1] == "four"


def test_held_events_can_be_let_go_early(heard, doors):
    doors("events", reorder=9)
    say(doors, "one", "two")

    doors("events", reorder=0)

    assert [text for _, text in heard(2)] == ["two", "one"]


def test_the_door_for_events_takes_whole_numbers(doors):
    assert doors("events", duplicate="two")["ok"] is False
    assert doors("events", reorder=-1)["ok"] is False


def test_x_slack_no_retry_ends_the_retries(app, doors, wait_for, request, monkeypatch):
    tries = []

    @app.middleware
    def refuse():
        tries.append(1)
        return BoltResponse(status=500, headers={"X-Slack-No-Retry": "1"})

    monkeypatch.setattr("bot.sandbox.event_queue.RETRY_AFTER", (0.0, 0.0, 0.0))
    request.getfixturevalue("signed_http")
    say(doors, "x")
    log = wait_for(lambda: [e for e in doors.get("log")["calls"] if e["kind"] == "event"])
    say(doors, "y")
    wait_for(lambda: len(tries) == 2)

    assert log[0]["status"] == 500
    assert len(tries) == 2


def test_what_was_not_acknowledged_comes_again_after_a_restart(
    tmp_path, start, a_manifest, doors_of, wait_for
):
    manifest = a_manifest(events=["message.channels"])

    def events(doors):
        calls = [each for each in doors.get("log")["calls"] if each["kind"] == "event"]
        return [each["request"] for each in calls]

    first = start(manifest, folder=tmp_path)
    doors = doors_of(first)
    say(doors, "nobody listens")
    (lost,) = wait_for(lambda: events(doors))[:1]
    first.stop()

    again = doors_of(start(manifest, folder=tmp_path))

    assert wait_for(lambda: events(again))[0]["event_id"] == lost["event_id"]


def test_what_was_acknowledged_does_not_come_again(
    tmp_path, start, a_manifest, doors_of, wait_for, app_on
):
    manifest = a_manifest(events=["message.channels"])
    sandbox = start(manifest, folder=tmp_path)
    seen = []
    with app_on(sandbox) as app:
        app.event("message")(lambda event: seen.append(event["text"]))
        say(doors_of(sandbox), "once")
        wait_for(lambda: seen)
        sandbox.stop()

    again = start(manifest, folder=tmp_path)
    say(doors_of(again), "later")

    calls = wait_for(lambda: doors_of(again).get("log")["calls"])
    assert calls[0]["request"]["event"]["text"] == "later"
