"""Messages go out over HTTP, to a sandbox that fails in every way Slack does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import slack
from bot.blocks.help import welcome
from bot.blocks.kit import Message
from bot.errors import Blame, CannotPost
from bot.slack import SlackWorkspace
from storage.claims import LEASE
from tests.bot.sandbox.clients import Doors
from tests.factories import NOW

LONG_AGO = NOW - timedelta(days=1)


@pytest.fixture
def papers(doors: Doors) -> str:
    """The id of a channel that the bot is in."""
    return doors.ids["papers"]


@pytest.fixture
def refusal(workspace: SlackWorkspace, papers: str) -> Callable[[], CannotPost]:
    """Post, and give how that was refused."""

    def refusal() -> CannotPost:
        with pytest.raises(CannotPost) as raised:
            workspace.post(papers, welcome(), "d1")
        return raised.value

    return refusal


# -- posting --------------------------------------------------------------------------------------


def test_a_message_carries_its_deliverys_id_and_no_link_preview(workspace, doors, papers):
    ts = workspace.post(papers, welcome(), "d1")

    [message] = doors.messages()
    assert message["ts"] == ts
    assert message["metadata"] == {
        "event_type": "paper_delivery",
        "event_payload": {"delivery_id": "d1"},
    }
    [call] = doors.calls("chat.postMessage")
    assert (call["unfurl_links"], call["unfurl_media"]) in {(False, False), ("0", "0")}


def test_a_dm_is_opened_with_a_person_and_the_same_one_each_time(workspace, doors):
    channel_id = workspace.open_dm(doors.ids["ana"])
    workspace.post(channel_id, welcome(), "d1")

    assert channel_id == workspace.open_dm(doors.ids["ana"])
    assert [each["ts"] for each in doors.messages(channel_id)] != []


@pytest.mark.parametrize(
    ("fault", "reason", "permanent", "ambiguous", "retry_after"),
    [
        ({"retry_after": 7}, "ratelimited", False, False, 7),
        ({"status": 429}, "ratelimited", False, False, slack.DEFAULT_WAIT),
        ({"error": "ratelimited"}, "ratelimited", False, False, slack.DEFAULT_WAIT),
        ({"status": 500}, "internal_error", False, True, None),
        ({"status": 503, "error": "service_unavailable"}, "service_unavailable", False, True, None),
        ({"error": "internal_error"}, "internal_error", False, True, None),
        ({"error": "fatal_error"}, "fatal_error", False, True, None),
        ({"error": "service_unavailable"}, "service_unavailable", False, False, None),
        ({"error": "team_added_to_org"}, "team_added_to_org", False, False, None),
        ({"error": "something_new"}, "something_new", False, False, None),
    ],
)
def test_each_refusal_says_what_to_do(
    refusal, doors, fault, reason, permanent, ambiguous, retry_after
):
    doors.fail("chat.postMessage", **fault)

    refused = refusal()

    assert refused.reason == reason
    assert (refused.permanent, refused.ambiguous) == (permanent, ambiguous)
    assert (refused.retry_after, refused.blame) == (retry_after, Blame.NOTHING)
    assert doors.messages() == []


FOR_GOOD = {
    Blame.PLACE: [
        *("channel_not_found", "is_archived", "not_in_channel", "no_permission"),
        *("user_not_found", "user_disabled", "cannot_dm_bot"),
        *("restricted_action", "restricted_action_read_only_channel"),
    ],
    Blame.WORKSPACE: [
        *("account_inactive", "token_revoked", "invalid_auth", "missing_scope"),
        *("not_authed", "token_expired", "ekm_access_denied", "team_access_not_granted"),
    ],
    Blame.FORM: [
        *("invalid_blocks", "invalid_arguments", "msg_blocks_too_long", "msg_too_long"),
        "only_one_table_allowed",
    ],
    Blame.NOTHING: ["metadata_too_large", "no_text", "messages_tab_disabled"],
}


@pytest.mark.parametrize(
    ("error", "blame"), [(each, blame) for blame, errors in FOR_GOOD.items() for each in errors]
)
def test_a_refusal_for_good_says_what_it_is_about(refusal, doors, error, blame):
    doors.fail("chat.postMessage", error=error)

    refused = refusal()

    assert (refused.reason, refused.blame) == (error, blame)
    assert (refused.permanent, refused.ambiguous) == (True, False)
    assert doors.messages() == []


def test_a_message_in_words_alone_is_taken(workspace, doors, papers):
    workspace.post(papers, Message("In words", []), "d1")

    [message] = doors.messages()
    assert message["text"] == "In words"
    assert not message.get("blocks")


def test_not_to_be_let_into_dms_says_nothing_of_channels(workspace, doors):
    doors.fail("conversations.open", error="missing_scope")

    with pytest.raises(CannotPost) as refused:
        workspace.open_dm(doors.ids["ana"])

    assert (refused.value.permanent, refused.value.blame) == (True, Blame.NOTHING)


@pytest.mark.parametrize(
    "fault",
    [{"status": 500, "after": True}, {"status": 502, "after": True}, {"drop_reply": True}],
    ids=["500", "502", "dropped reply"],
)
def test_a_failure_after_slack_took_the_message_is_ambiguous_and_nothing_is_sent_twice(
    refusal, doors, fault
):
    doors.fail("chat.postMessage", **fault)

    assert refusal().ambiguous
    assert len(doors.messages()) == len(doors.calls("chat.postMessage")) == 1


def test_an_answer_that_does_not_come_in_time_is_ambiguous(sandbox, doors, papers, monkeypatch):
    monkeypatch.setattr(slack, "TIMEOUT", 0.2)
    impatient = SlackWorkspace(slack.web_client(sandbox.bot_token, sandbox.api_url))
    doors.fail("chat.postMessage", delay=0.6)

    with pytest.raises(CannotPost) as raised:
        impatient.post(papers, welcome(), "d1")

    assert (raised.value.ambiguous, raised.value.permanent) == (True, False)
    assert len(doors.messages()) == 1


def test_the_time_out_lies_far_below_the_lease_of_a_delivery():
    """Opening a DM, looking up and posting: three calls."""
    assert LEASE.total_seconds() > 3 * slack.TIMEOUT


def test_what_slack_would_refuse_the_sandbox_refuses(workspace, doors):
    with pytest.raises(CannotPost) as raised:
        workspace.post(doors.ids["general"], welcome(), "d1")

    assert (raised.value.reason, raised.value.permanent) == ("not_in_channel", True)


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
def test_every_method_translates_its_refusals(workspace, doors, papers, method):
    doors.fail(method, retry_after=3)
    call = {
        "conversations.open": lambda: workspace.open_dm(doors.ids["ana"]),
        "conversations.history": lambda: workspace.find(papers, "d1", LONG_AGO),
    }[method]

    with pytest.raises(CannotPost) as raised:
        call()

    assert raised.value.retry_after == 3


# -- looking for a message ------------------------------------------------------------------------


def test_a_message_is_found_by_its_deliverys_id(workspace, papers):
    wanted = workspace.post(papers, welcome(), "d1")
    workspace.post(papers, welcome(), "d2")

    assert workspace.find(papers, "d1", LONG_AGO) == wanted
    assert workspace.find(papers, "d3", LONG_AGO) is None


def test_a_reply_stands_below_its_message_and_is_found_in_that_thread(workspace, papers):
    above = workspace.post(papers, welcome(), "d1")
    wanted = workspace.post(papers, replace(welcome(), thread_ts=above), "d2")

    assert workspace.find(papers, "d2", LONG_AGO) is None
    assert workspace.find(papers, "d2", LONG_AGO, above) == wanted
    assert workspace.find(papers, "d3", LONG_AGO, above) is None


def test_history_is_read_page_by_page(workspace, doors, papers, monkeypatch):
    monkeypatch.setattr(slack, "HISTORY_PAGE", 3)
    wanted = workspace.post(papers, welcome(), "d1")
    for number in range(7):
        doors("message", user="ana", channel="papers", text=f"hello {number}")

    assert workspace.find(papers, "d1", LONG_AGO) == wanted
    assert len(doors.calls("conversations.history")) == 3


def test_only_what_came_since_the_first_attempt_is_read(workspace, papers):
    workspace.post(papers, welcome(), "d1")

    assert workspace.find(papers, "d1", datetime(2026, 6, 27, tzinfo=UTC)) is None


def test_a_message_of_somebody_else_that_names_the_id_is_not_ours(workspace, doors, papers):
    doors("message", user="ana", channel="papers", text="d1")

    assert workspace.find(papers, "d1", LONG_AGO) is None


# -- people and channels --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "fault", "zone"),
    [
        ("ana", None, "Europe/Lisbon"),
        ("mei", None, "Asia/Tokyo"),
        ("nobody", None, None),
        ("ana", {"error": "missing_scope"}, None),
        ("ana", {"status": 500}, None),
        ("ana", {"drop_reply": True}, None),
    ],
)
def test_a_persons_zone_is_that_of_their_profile_or_unknown(sandbox, doors, user, fault, zone):
    client = slack.web_client(sandbox.bot_token, sandbox.api_url)
    if fault:
        doors.fail("users.info", **fault)

    found = slack.zone_of(client, doors.ids.get(user, "U404"))

    assert (found and found.key) == zone


@pytest.mark.parametrize(
    ("channel", "member"), [("papers", True), ("general", False), ("reviews", False)]
)
def test_the_bot_knows_which_channels_it_is_in(sandbox, doors, channel, member):
    client = slack.web_client(sandbox.bot_token, sandbox.api_url)

    assert slack.is_member(client, doors.ids[channel]) is member


@pytest.mark.parametrize(
    ("channel", "person", "there"),
    [
        ("papers", "mei", True),
        ("general", "ana", True),
        ("papers", "nobody", False),
        ("reviews", "ana", False),  # she is; but Slack does not show the bot a private channel
    ],
)
@pytest.mark.parametrize("page", [1, 1000])
def test_who_is_in_a_channel_is_looked_for_on_every_page(
    sandbox, doors, monkeypatch, channel, person, there, page
):
    monkeypatch.setattr(slack, "MEMBERS_PAGE", page)
    client = slack.web_client(sandbox.bot_token, sandbox.api_url)

    found = slack.in_channel(client, doors.ids[channel], doors.ids.get(person, "U404"))

    assert found is there
