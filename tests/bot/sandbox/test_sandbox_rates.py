"""Rates: how often the app may call, and what it is told when it called too often."""

import inspect

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox import Sandbox, rates
from bot.sandbox.rates import EventVolume, RateLimited, Rates, Tier
from bot.sandbox.web_api import METHODS


class Hand:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.at = 1000.0

    def __call__(self):
        return self.at


@pytest.fixture
def limited(start, api_of, doors_of):
    """Api and doors of a sandbox that limits, as it does by itself."""
    sandbox = start(rates=True)
    return api_of(sandbox), doors_of(sandbox)


def post(api, channel="papers"):
    return api.raw("chat.postMessage", channel=channel, text="x")


def test_a_burst_of_messages_to_one_channel_is_stopped_with_retry_after(limited):
    api, doors = limited

    replies = [post(api) for _ in range(rates.PER_CHANNEL.burst + 2)]

    refused = replies[-1]
    assert [each.status_code for each in replies[: rates.PER_CHANNEL.burst]] == [200] * 10
    assert refused.status_code == 429
    assert refused.json() == {"ok": False, "error": "ratelimited"}
    assert refused.headers["Retry-After"] == "1"
    assert len(doors.messages()) == sum(each.status_code == 200 for each in replies)


def test_another_channel_is_not_held_up(limited):
    api, doors = limited
    for _ in range(rates.PER_CHANNEL.burst + 2):
        post(api)

    assert post(api, doors.dm("ana")).status_code == 200
    assert post(api, "#papers").status_code == 429, "by name and by id it is one channel"
    assert post(api, doors.id_of("papers")).status_code == 429


def test_a_method_has_its_tier(limited):
    api, _ = limited

    replies = [api.raw("conversations.list") for _ in range(rates.TIER_2.burst + 2)]

    assert replies[0].json()["ok"]
    assert replies[-1].status_code == 429
    assert int(replies[-1].headers["Retry-After"]) in range(1, 4)
    assert api("users.list")["ok"], "each method counts by itself"


def test_a_door_switches_the_rates_off_and_on(limited):
    api, doors = limited

    assert doors("rates", on=False) == {"ok": True, "on": False, "commercial": False}
    assert {post(api).status_code for _ in range(30)} == {200}
    doors("rates", on=True)
    assert 429 in {post(api).status_code for _ in range(30)}
    assert doors("rates", on="no")["ok"] is False


def test_rates_are_on_unless_they_are_switched_off():
    assert inspect.signature(Sandbox).parameters["rates"].default is True


def test_histories_of_a_commercial_app_come_slowly_and_in_fifteens(limited):
    api, doors = limited
    doors("rates", on=False)
    for _ in range(20):
        post(api)
    doors("rates", on=True, commercial=True)
    papers = doors.id_of("papers")

    first = api("conversations.history", channel=papers, limit=100)
    second = api.raw("conversations.history", channel=papers)

    assert len(first["messages"]) == 15
    assert first["has_more"]
    assert second.status_code == 429
    assert int(second.headers["Retry-After"]) > 50


def test_every_method_has_a_tier():
    assert {name for name, method in METHODS.items() if method.tier.per_minute < 1} == set()


@example(
    calls=[0.0] * 7
    + [1.5544754205107196, 1.5386311012140297, 1.7212069162198453, 1.0786826408605528]
    + [1.1022623396772069, 1.6083582168505783, 1.6083582168505783, 1.5272002358431815]
    + [1.5272002358431815, 1.3, 0.2, 0.0],
    tier=Tier(1, 1),
)
@given(
    calls=st.lists(st.floats(0, 30), min_size=1, max_size=200),
    tier=st.builds(Tier, st.integers(1, 100), st.integers(1, 20)),
)
def test_never_more_pass_than_the_burst_and_the_minutes_allow(calls, tier):
    hand, passed = Hand(), []
    limits = Rates(now=hand)

    for pause in calls:
        hand.at += pause
        try:
            limits.call("T1", "x", tier)
            passed.append(hand.at)
        except RateLimited as limited:
            hand.at += limited.retry_after
            limits.call("T1", "x", tier)  # waiting as long as one is told is always enough
            passed.append(hand.at)

    for first, start in enumerate(passed):
        for last, end in enumerate(passed[first:], first):
            assert last - first + 1 <= tier.burst + (end - start) * tier.per_minute / 60 + 1e-6


def test_a_refused_message_uses_nothing_up():
    hand = Hand()
    limits = Rates(now=hand)
    for _ in range(rates.PER_CHANNEL.burst):
        limits.post("T1", "C1")
    for _ in range(1000):
        with pytest.raises(RateLimited):
            limits.post("T1", "C1")

    hand.at += 1

    limits.post("T1", "C1")
    limits.post("T2", "C1")


def test_beyond_the_volume_of_an_hour_there_are_no_events_until_the_next(monkeypatch):
    monkeypatch.setattr(rates, "MOST_EVENTS", 3)
    hand = Hand()
    volume = EventVolume(now=hand)

    assert [volume.take("T1") for _ in range(4)] == [True, True, True, False]
    assert volume.take("T2")
    assert [volume.tells("T1"), volume.tells("T1")] == [True, False]
    hand.at += 3600
    assert volume.take("T1")
    assert volume.tells("T1")


def test_the_bot_is_told_that_there_were_too_many_events(limited, monkeypatch, wait_for):
    monkeypatch.setattr(rates, "MOST_EVENTS", 1)
    _, doors = limited

    for _ in range(3):
        doors("message", user="ana", channel="papers", text="x")

    def kinds():
        return [each["kind"] for each in doors.get("log")["calls"]]

    wait_for(lambda: "app_rate_limited" in kinds())
    calls = doors.get("log")["calls"]
    told = next(each["request"] for each in calls if each["kind"] == "app_rate_limited")
    assert told["minute_rate_limited"] % 60 == 0
    assert told["team_id"] == doors.get("state")["team"]["id"]
