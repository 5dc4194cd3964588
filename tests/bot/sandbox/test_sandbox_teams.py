"""Two workspaces side by side: nothing of one is seen in the other."""

from dataclasses import replace

import httpx
import pytest
from slack_bolt.authorization import AuthorizeResult

from bot.sandbox import Channel, Person, Sandbox, Workspace

LAB = Workspace(
    (Person("ana"), Person("cai")),
    (Channel("papers", ("ana", "cai"), has_bot=True),),
    name="Other lab",
    domain="other-lab",
    team_id="T00000002",
)
OTHER = LAB.team_id


@pytest.fixture
def sandbox(start):
    return start(workspaces=[LAB])


@pytest.fixture
def other_api(sandbox, api_of):
    api = api_of(sandbox)
    api.token = sandbox.bot_tokens[OTHER]
    return api


def state(doors, team=None):
    return doors.get("state", **({"team": team} if team else {}))


def ids(shown):
    people, channels = shown["users"], shown["channels"]
    return {each["id"] for each in people + channels} | {shown["bot"]["bot_id"]}


def texts(doors, **where):
    found = doors.get("messages", channel="papers", user="ana", **where)["messages"]
    return [each["text"] for each in found]


def test_the_state_lists_the_teams_and_shows_the_first_unless_another_is_named(doors):
    assert [each["id"] for each in state(doors)["teams"]] == ["T00000001", OTHER]
    assert state(doors)["team"]["id"] == "T00000001"
    assert state(doors, OTHER)["team"]["name"] == "Other lab"
    assert state(doors, "other-lab") == state(doors, OTHER)
    assert doors.get("state", team="T9")["ok"] is False


def test_no_id_of_one_is_an_id_of_the_other(doors):
    doors("message", user="ana", channel="papers", text="x")

    first, second = state(doors), state(doors, OTHER)

    assert not ids(first) & ids(second)
    assert first["bot"]["app_id"] == second["bot"]["app_id"]


def test_each_token_acts_in_its_own_workspace(api, other_api, doors):
    api("chat.postMessage", channel="papers", text="here")
    other_api("chat.postMessage", channel="papers", text="there")

    assert texts(doors) == ["here"]
    assert texts(doors, team=OTHER) == ["there"]
    assert other_api("auth.test")["team_id"] == OTHER
    foreign = next(each["id"] for each in state(doors)["channels"] if each["name"] == "papers")
    refused = other_api("chat.postMessage", channel=foreign, text="x")
    assert refused["error"] == "channel_not_found"
    assert other_api("users.info", user=doors.id_of("ben"))["error"] == "user_not_found"


@pytest.fixture(params=["socket_mode", "signed_http"])
def seen(sandbox, app_on, request):
    """The teams whose commands reached an app that keeps a token for each."""
    seen = []

    def authorize(team_id):
        return AuthorizeResult(
            enterprise_id=None, team_id=team_id, bot_token=sandbox.bot_tokens[team_id]
        )

    with app_on(sandbox, request.param, authorize=authorize, client=None) as app:

        @app.command("/look")
        def look(ack, respond, command):
            ack()
            seen.append(command["team_id"])
            respond(f"Seen in {command['team_id']}.")

        yield seen


def test_one_app_serves_both(doors, seen, wait_for):
    for team in ("T00000001", OTHER):
        doors("command", team=team, user="ana", channel="papers", command="/look", text="")

    assert seen == ["T00000001", OTHER]
    wait_for(lambda: texts(doors) == ["Seen in T00000001."])
    wait_for(lambda: texts(doors, team=OTHER) == ["Seen in T00000002."])


def test_events_carry_their_team(doors, wait_for):
    doors("message", team=OTHER, user="cai", channel="papers", text="x")

    calls = wait_for(lambda: [e for e in doors.get("log")["calls"] if e["kind"] == "event"])
    request = calls[0]["request"]
    assert calls[0]["team"] == request["team_id"] == OTHER
    assert request["authorizations"][0]["team_id"] == OTHER
    assert request["authorizations"][0]["user_id"] == state(doors, OTHER)["bot"]["user_id"]


def test_a_response_url_answers_where_it_came_from(doors):
    doors("command", team=OTHER, user="ana", channel="papers", command="/look", text="")
    (call,) = [each for each in doors.get("log")["calls"] if each["kind"] == "command"]

    httpx.post(call["request"]["response_url"], json={"text": "found"})

    assert "found" in texts(doors, team=OTHER)
    assert "found" not in texts(doors)


def test_uninstalling_in_one_leaves_the_other_alone(api, other_api, doors):
    doors("uninstall", team=OTHER)

    assert other_api("auth.test")["error"] == "account_inactive"
    assert api("auth.test")["ok"]
    assert state(doors)["installed"] is True
    assert state(doors, OTHER)["installed"] is False


def test_a_fault_may_be_for_one_workspace(api, other_api, doors):
    doors("faults", team=OTHER, method="auth.test", error="fatal_error", times=1)

    assert api("auth.test")["ok"]
    assert other_api("auth.test")["error"] == "fatal_error"
    assert other_api("auth.test")["ok"]


def test_both_are_there_after_a_restart(tmp_path, start, doors_of):
    first = start(workspaces=[LAB], folder=tmp_path)
    doors = doors_of(first)
    doors("message", team=OTHER, user="cai", channel="papers", text="keep this")
    before = [state(doors), state(doors, OTHER)]
    first.stop()

    second = start(folder=tmp_path)

    doors = doors_of(second)
    after = [state(doors), state(doors, OTHER)]
    for old, new in zip(before, after, strict=True):
        assert old | {"clock": ""} == new | {"clock": ""}
    assert texts(doors, team=OTHER) == ["keep this"]
    assert second.bot_tokens == first.bot_tokens


def test_two_workspaces_need_two_team_ids(a_manifest):
    with pytest.raises(ValueError, match="two team ids"):
        Sandbox(a_manifest(), workspaces=[LAB, replace(LAB, name="Twin")])
