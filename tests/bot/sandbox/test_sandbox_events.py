"""Events: which the bot hears, how they are worded, and when they come again."""

from datetime import datetime, timedelta

import pytest


@pytest.fixture
def heard(signed_http):
    """Every event that reached the bot."""
    events = []

    @signed_http.middleware
    def remember(body, next_):
        if body.get("type") == "event_callback":
            events.append(body)
        next_()

    return events


@pytest.fixture
def hear(heard, wait_for):
    """Wait for the first event of a type."""

    def first(kind):
        return wait_for(lambda: [each for each in heard if each["event"]["type"] == kind])[0]

    return first


def test_a_message_where_the_bot_is_raises_an_event(hear, doors):
    doors("message", user="ana", channel="papers", text="hello <all> & @ben")

    body = hear("message")
    ben = doors.id_of("ben")
    assert body["event"]["text"] == f"hello &lt;all&gt; &amp; <@{ben}>"
    assert body["event"]["channel_type"] == "channel"
    assert body["authorizations"][0]["user_id"] == doors.get("state")["bot"]["user_id"]
    assert body["event_id"].startswith("Ev")


def test_only_members_hear_messages_but_everybody_sees_links(heard, hear, doors):
    text = "read https://arxiv.org/abs/2406.1, and https://example.org/"
    doors("message", user="ana", channel="general", text=text)

    event = hear("link_shared")["event"]
    assert event["links"] == [{"domain": "arxiv.org", "url": "https://arxiv.org/abs/2406.1"}]
    assert event["is_bot_user_member"] is False
    assert [each["event"]["type"] for each in heard] == ["link_shared"]
    assert "<https://arxiv.org/abs/2406.1>," in doors.messages("general")[0]["text"]


def test_reactions_home_and_invitations_are_told(hear, doors):
    ts = doors("message", user="ana", channel="papers", text="nice")["ts"]
    doors("react", user="ben", channel="papers", ts=ts, reaction=":eyes:")
    doors("open_home", user="ana")
    doors("invite", channel="general", user="Looker".lower())

    assert hear("reaction_added")["event"]["item"]["ts"] == ts
    assert hear("app_home_opened")["event"]["channel"] == doors.dm("ana")
    joined = hear("member_joined_channel")["event"]
    assert joined["user"] == doors.get("state")["bot"]["user_id"]
    assert joined["channel"] == doors.id_of("general")


@pytest.fixture
def sent(doors, wait_for):
    """Wait for so many attempts to bring an event, and give them."""

    def attempts():
        return [each for each in doors.get("log")["calls"] if each["kind"] == "event"]

    return lambda count: wait_for(lambda: len(attempts()) >= count and attempts())


def test_edits_and_deletions_are_told(api, doors, signed_http, sent):
    ts = api("chat.postMessage", channel="papers", text="old")["ts"]
    papers = doors.id_of("papers")
    api("chat.update", channel=papers, ts=ts, text="new")
    api("chat.delete", channel=papers, ts=ts)

    events = [each["request"]["event"] for each in sent(3)]
    changes = {each.get("subtype"): each for each in events}
    assert changes["message_changed"]["previous_message"]["text"] == "old"
    assert changes["message_changed"]["message"]["text"] == "new"
    assert changes["message_deleted"]["deleted_ts"] == ts


def test_leaving_is_told_although_the_token_is_gone(doors, signed_http, sent):
    doors("uninstall")

    assert sorted(each["name"] for each in sent(2)) == ["app_uninstalled", "tokens_revoked"]


@pytest.mark.parametrize(
    "manifest",
    [{"events": ["message.im"]}, {"scopes": ["im:history"]}],
    ids=["not subscribed", "no scope"],
)
def test_what_the_manifest_does_not_ask_for_stays_unsaid(
    start, a_manifest, doors_of, wait_for, manifest
):
    doors = doors_of(start(a_manifest(**manifest)))

    doors("message", user="ana", channel="papers", text="https://arxiv.org/abs/1")
    doors("message", user="ana", channel="ana", text="in the dm")

    sent = wait_for(lambda: [each for each in doors.get("log")["calls"] if each["kind"] == "event"])
    assert {each["request"]["event"].get("channel_type") for each in sent} == {"im"}


def later(doors, minutes):
    now = datetime.fromisoformat(doors.get("state")["clock"])
    return (now + timedelta(minutes=minutes)).isoformat()


def test_an_event_nobody_takes_comes_again_three_times(doors, sent):
    doors("message", user="ana", channel="papers", text="anybody there")

    sent(2)
    for minutes, count in ((2, 3), (8, 4)):
        doors("clock", to=later(doors, minutes))
        sent(count)
    doors("clock", to=later(doors, 60))

    tries = sent(4)
    assert len(tries) == 4
    assert len({each["request"]["event_id"] for each in tries}) == 1


def test_a_retried_event_says_so(app, doors, wait_for, request):
    failures, retries = [True], []

    @app.middleware
    def stumble(req, next_):
        retries.append(req.headers.get("x-slack-retry-num"))
        if failures:
            raise RuntimeError(failures.pop())
        next_()

    app.event("message")(lambda: None)
    app.error(lambda error: None)
    request.getfixturevalue("signed_http")
    doors("message", user="ana", channel="papers", text="x")

    assert wait_for(lambda: len(retries) >= 2 and retries[:2]) == [None, ["1"]]
