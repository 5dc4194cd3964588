"""Who may call what: tokens, scopes, unknown methods."""

import pytest


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({}, "not_authed"),
        ({"Authorization": "Basic abc"}, "not_authed"),
        ({"Authorization": "Bearer xoxb-wrong"}, "invalid_auth"),
    ],
)
def test_a_call_needs_the_right_token(api, headers, error):
    assert api.http.post("auth.test", headers=headers).json()["error"] == error


@pytest.mark.parametrize(
    "method",
    [
        "chat.shout",
        "usergroups.list",
        "oauth.v2.access",
        "oauth.v2.exchange",
        "tooling.tokens.rotate",
        "files.upload",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
        "blocks.validate",
    ],
)
def test_a_method_that_does_not_exist_here_is_unknown(api, method):
    assert api(method)["error"] == "unknown_method"


def test_each_token_has_its_own_methods(api, sandbox):
    assert api("apps.connections.open")["error"] == "not_allowed_token_type"
    api.token = sandbox.app_token
    assert api("auth.test")["error"] == "not_allowed_token_type"
    assert api("apps.connections.open")["url"].startswith("ws://127.0.0.1:")


def test_auth_test_names_the_bot_and_lists_its_scopes(api, doors):
    reply = api.raw("auth.test")

    state = doors.get("state")
    assert reply.json()["user_id"] == state["bot"]["user_id"]
    assert reply.json()["team_id"] == state["team"]["id"]
    assert "chat:write" in reply.headers["X-OAuth-Scopes"].split(",")


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("chat.postMessage", {"channel": "papers", "text": "x"}, "chat:write"),
        ("conversations.open", {"users": "U1"}, "im:write"),
        ("users.info", {"user": "U1"}, "users:read"),
        ("reactions.add", {}, "reactions:write"),
        ("conversations.history", {"channel": "papers"}, "channels:history"),
        ("conversations.info", {"channel": "papers"}, "channels:read"),
        ("conversations.list", {"types": "public_channel"}, "channels:read"),
        ("users.conversations", {"types": "public_channel"}, "channels:read"),
        ("users.conversations", {"types": "private_channel"}, "groups:read"),
    ],
)
def test_a_missing_scope_is_named(start, a_manifest, api_of, doors_of, method, args, needed):
    sandbox = start(a_manifest(scopes=["commands"]))
    if "channel" in args:
        args = args | {"channel": doors_of(sandbox).id_of("papers")}

    refused = api_of(sandbox)(method, **args)

    assert refused["error"] == "missing_scope"
    assert refused["needed"] == needed
    assert refused["provided"] == "commands"


def test_history_of_a_dm_needs_its_own_scope(start, a_manifest, api_of, doors_of):
    sandbox = start(a_manifest(scopes=["channels:history"]))

    refused = api_of(sandbox)("conversations.history", channel=doors_of(sandbox).dm("ana"))

    assert refused["needed"] == "im:history"


@pytest.mark.parametrize(
    ("door", "error"), [("uninstall", "account_inactive"), ("revoke", "token_revoked")]
)
def test_a_token_ends_with_the_installation(api, doors, door, error):
    assert doors(door)["ok"]

    assert api("auth.test")["error"] == error
    refused = doors("command", user="ana", channel="papers", command="/look", text="")
    assert refused["ok"] is False


def test_api_test_echoes(api):
    assert api("api.test", foo="bar")["args"] == {"foo": "bar"}
    assert api("api.test", error="my_error")["error"] == "my_error"
