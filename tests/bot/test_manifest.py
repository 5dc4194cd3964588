"""The manifest: everything the bot does is in it, and nothing else."""

import ast
import json
import re
from pathlib import Path

import jsonschema
import pytest
from slack_sdk import WebClient

from bot.manifest import COMMAND, SCOPES, manifest

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "reference" / "slack-manifest.schema.json"

# What each Web API method needs of a bot token (docs.slack.dev/reference/methods); a method that
# works in any kind of conversation needs the scope of each kind we use it in.
NEEDED = {
    "auth_test": set(),
    "apps_connections_open": set(),  # the app token's own scope
    "chat_postMessage": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "users_conversations": {"channels:read", "groups:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
# Beyond methods: a slash command needs to be installed; each event its scope.
BESIDE = {"commands"}
EVENTS = {
    "app_home_opened": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
}


def parsed() -> list[ast.AST]:
    """The code that speaks with Slack; the demo's own preparation speaks with the sandbox alone."""
    files = [*ROOT.glob("handlers/*.py"), *ROOT.glob("bot/*.py")]
    files = [file for file in files if file.name != "demo.py"]
    return [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]


def methods_called() -> set[str]:
    """Web API methods that the code names on a client."""
    named = {node.attr for node in parsed() if isinstance(node, ast.Attribute)}
    return {name for name in named if _is_method(name)}


def _is_method(name: str) -> bool:
    return re.fullmatch(r"[a-z]+_\w+", name) is not None and hasattr(WebClient, name)


def registered(surface: str) -> set[str]:
    """The first argument of each `app.command(…)`, `app.event(…)` in the handlers."""
    calls = [node for node in parsed() if isinstance(node, ast.Call) and node.args]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func) == f"app.{surface}"
        and isinstance(call.args[0], ast.Constant)
    }


def events(written: dict) -> set[str]:
    return set(written["settings"]["event_subscriptions"]["bot_events"])


def test_the_table_of_methods_is_what_the_code_calls():
    assert methods_called() == NEEDED.keys()


def test_it_asks_for_every_scope_that_is_needed_and_for_no_other():
    needed = BESIDE.union(*NEEDED.values(), *EVENTS.values())

    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == needed
    assert set(SCOPES) == needed


def test_its_events_are_those_that_handlers_listen_for():
    assert events(manifest()) == registered("event") == EVENTS.keys()


def test_its_commands_are_those_that_handlers_answer():
    commands = [each["command"] for each in manifest()["features"]["slash_commands"]]

    assert commands == [COMMAND] == [*registered("command")]


def test_the_command_is_escaped_so_that_people_and_channels_are_known_by_their_ids():
    assert manifest()["features"]["slash_commands"][0]["should_escape"] is True


def test_by_default_it_is_for_socket_mode_and_names_no_address(papers):
    default, socket = papers("manifest"), papers("manifest", "--socket")

    assert default.code == 0
    assert default.json == socket.json == manifest()
    assert default.json["settings"]["socket_mode_enabled"] is True
    assert "url" not in default.out


@pytest.mark.parametrize("base", ["https://papers.example.org", "https://papers.example.org/"])
def test_for_http_every_kind_of_request_has_its_address(papers, base):
    written = papers("manifest", "--http", base).json

    where = "https://papers.example.org/slack/events"
    assert written["settings"]["socket_mode_enabled"] is False
    assert written["settings"]["event_subscriptions"]["request_url"] == where
    assert written["settings"]["interactivity"]["request_url"] == where
    assert [each["url"] for each in written["features"]["slash_commands"]] == [where]


@pytest.mark.parametrize(
    "arguments", [("--http", "http://plain"), ("--http", "x"), ("--socket", "--http", "https://a")]
)
def test_an_address_that_slack_would_refuse_is_refused(papers, arguments):
    ran = papers("manifest", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--http needs an address that begins with https://")


@pytest.mark.real
@pytest.mark.skipif(not SCHEMA.is_file(), reason="the schema (../shared/reference) is not here")
@pytest.mark.parametrize("base", [None, "https://papers.example.org"])
def test_it_is_valid_by_slacks_own_schema(base):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)

    assert [error.message for error in validator.iter_errors(manifest(base))] == []
