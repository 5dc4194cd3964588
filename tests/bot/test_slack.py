"""Messages go out over HTTP, to a sandbox that fails in every way Slack does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot import manifest, slack
from bot.blocks.help import welcome
from bot.domain.delivery import State
from bot.errors import CannotPost
from bot.sandbox import Sandbox
from bot.services import deliver
from bot.slack import SlackWorkspace
from storage.database import Database
from storage.deliveries import LEASE
from storage.models import DeliveryRow
from tests.factories import NOW, owe

LONG_AGO = NOW - timedelta(days=1)


class Doors:
    """What people and tests do in the workspace."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._http = httpx.Client(base_url=f"{sandbox.url}/_sandbox/", timeout=10)
        state = self._http.get("state").json()
        self.team: str = state["team"]["id"]
        self.ids: dict[str, str] = {
            each["name"]: each["id"] for each in (*state["users"], *state["channels"])
        }

    def __call__(self, door: str, **body: Any) -> None:
        answer = self._http.post(door, json=body).json()
        assert answer["ok"], answer

    def fail(self, method: str, times: int = 1, **how: Any) -> None:
        self("faults", method=method, times=times, **how)

    def messages(self, channel: str = "papers") -> list[dict[str, Any]]:
        """Newest first."""
        params = {"channel": channel, "user": "ana"}
        found: list[dict[str, Any]] = self._http.get("messages", params=params).json()["messages"]
        return found

    def calls(self, method: str) -> list[dict[str, Any]]:
        """How the bot called a method of the Web API."""
        log = self._http.get("log").json()["calls"]
        return [each["request"] for each in log if each["name"] == method]

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest.manifest(), start_at=NOW) as running:
        yield running


@pytest.fixture
def doors(sandbox: Sandbox) -> Iterator[Doors]:
    opened = Doors(sandbox)
    yield opened
    opened.close()


@pytest.fixture
def papers(doors: Doors) -> str:
    """The id of a channel that the bot is in."""
    return doors.ids["papers"]


@pytest.fixture
def workspace(sandbox: Sandbox) -> SlackWorkspace:
    return SlackWorkspace(slack.web_client(sandbox.bot_token, sandbox.api_url))


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
        *(
            ({"error": error}, error, True, False, None)
            for error in (
                *("channel_not_found", "is_archived", "not_in_channel", "no_permission"),
                *("user_not_found", "cannot_dm_bot", "messages_tab_disabled"),
                *("restricted_action", "restricted_action_read_only_channel"),
                *("account_inactive", "token_revoked", "invalid_auth", "missing_scope"),
                *("invalid_blocks", "msg_blocks_too_long", "msg_too_long", "no_text"),
                *("only_one_table_allowed", "metadata_too_large"),
            )
        ),
    ],
)
def test_each_refusal_says_what_to_do(
    refusal, doors, fault, reason, permanent, ambiguous, retry_after
):
    doors.fail("chat.postMessage", **fault)

    refused = refusal()

    assert refused.reason == reason
    assert (refused.permanent, refused.ambiguous) == (permanent, ambiguous)
    assert refused.retry_after == retry_after
    assert doors.messages() == []


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


# -- the outbox against all this ------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        {"retry_after": 7},
        {"status": 500},
        {"status": 500, "after": True},
        {"drop_reply": True},
        {"error": "fatal_error"},
    ],
    ids=["429", "500 before", "500 after", "dropped reply", "fatal error"],
)
@pytest.mark.parametrize("audience", ["papers", "ana"])
def test_one_message_arrives_whatever_slack_does_first(
    sqlite_database: Database, workspace, doors, audience, fault
):
    with sqlite_database.begin() as session:
        owe(
            session,
            doors.team,
            kind="welcome",
            audience=doors.ids[audience],
            content={},
        )
    doors.fail("chat.postMessage", **fault)
    for hour in range(3):
        now = NOW + timedelta(hours=hour)
        deliver.deliver_due(sqlite_database, {doors.team: workspace}, now)

    with sqlite_database.read() as session:
        row = session.query(DeliveryRow).one()
    channel = audience if audience == "papers" else row.channel_id
    [message] = doors.messages(channel)
    assert (row.state, row.ts) == (State.SENT, message["ts"])
