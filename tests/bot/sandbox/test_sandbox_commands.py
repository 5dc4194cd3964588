"""Slash commands and shortcuts, over Socket Mode and over signed HTTP alike."""

import json
import re
from threading import Event
from urllib.parse import unquote

import pytest

from bot.sandbox.signed_http import encode
from bot.sandbox.transport import Letter


def test_a_command_reaches_the_bot_with_everything_slack_sends(bot, doors):
    seen = {}

    @bot.command("/look")
    def look(ack, command):
        ack()
        seen.update(command)

    answer = doors("command", user="ana", channel="papers", command="/look", text="here")

    assert answer["ok"]
    assert answer["status"] == 200
    assert answer["body"] in (None, "")
    assert answer["ack_ms"] > 0
    assert seen["user_id"] == doors.id_of("ana")
    assert seen["channel_name"] == "papers"
    assert seen["text"] == "here"
    assert seen.keys() >= {"team_id", "api_app_id", "response_url", "trigger_id", "team_domain"}
    assert all(isinstance(value, str) for value in seen.values())


def test_half_of_a_surrogate_pair_reaches_the_bot_as_browsers_send_it(signed_http, doors):
    seen = []

    @signed_http.command("/look")
    def look(ack, command):
        ack("Seen.")
        seen.append(command["text"])

    typed = {"user": "ana", "channel": "papers", "command": "/look", "text": "a \ud800b \U0001f600"}
    answer = doors.http.post("command", content=json.dumps(typed))

    assert answer.json()["status"] == 200
    assert seen == ["a \ufffdb \U0001f600"]


@pytest.mark.parametrize("kind", ["slash_commands", "interactive", "events_api"])
def test_no_kind_of_request_holds_half_a_surrogate_pair(kind):
    _, body = encode(Letter(kind, {"text": "\udfff", "deep": [{"\ud800": "x \udbff"}, 1, None]}))

    written = unquote(body.decode())
    assert "\ufffd" in written or "\\ufffd" in written
    assert not re.search(r"[\ud800-\udfff]|\\ud[89a-f]", written)


def test_an_acknowledgement_with_a_text_is_shown_to_the_asker_alone(bot, doors):
    bot.command("/look")(lambda ack: ack("I see nothing."))

    doors("command", user="ana", channel="papers", command="/look", text="")

    assert [each["text"] for each in doors.messages(user="ana")] == ["I see nothing."]
    assert doors.messages(user="ana")[0]["ephemeral"] is True
    assert doors.messages(user="ben") == []


def test_an_acknowledgement_in_channel_is_a_message_for_all(bot, doors):
    bot.command("/look")(lambda ack: ack("Look, all of you.", response_type="in_channel"))

    doors("command", user="ana", channel="papers", command="/look", text="")

    (message,) = doors.messages(user="ben")
    assert message["text"] == "Look, all of you."
    assert "ephemeral" not in message


def test_an_acknowledgement_with_refused_blocks_shows_the_error(bot, doors):
    bot.command("/look")(lambda ack: ack(text="x", blocks=[{"type": "marquee"}]))

    doors("command", user="ana", channel="papers", command="/look", text="")

    (note,) = doors.messages(user="ana")
    assert "invalid_blocks" in note["text"]


@pytest.mark.parametrize(
    ("should_escape", "typed", "received"),
    [
        (False, "a < b & c > d", "a &lt; b &amp; c &gt; d"),
        (False, "in #papers for @ben", "in #papers for @ben"),
        (True, "in #papers for @ben", "in <#{papers}|papers> for <@{ben}|ben>"),
        (True, "in #nowhere for me@ben.org", "in #nowhere for me@ben.org"),
    ],
)
def test_the_text_of_a_command_is_escaped(
    start, a_manifest, doors_of, should_escape, typed, received
):
    doors = doors_of(start(a_manifest(should_escape=should_escape)))

    doors("command", user="ana", channel="papers", command="/look", text=typed)

    (call,) = [each for each in doors.get("log")["calls"] if each["kind"] == "command"]
    ids = {"papers": doors.id_of("papers"), "ben": doors.id_of("ben")}
    assert call["request"]["text"] == received.format(**ids)


def test_a_command_nobody_answers_times_out_as_in_slack(bot, doors, monkeypatch):
    for transport in ("socket_mode", "signed_http"):
        monkeypatch.setattr(f"bot.sandbox.{transport}.ACK_SECONDS", 0.1)
    given_up = Event()

    @bot.command("/look")
    def look(ack):
        given_up.wait(10)
        ack("Too late.")

    answer = doors("command", user="ana", channel="papers", command="/look", text="")

    given_up.set()
    assert answer["status"] == 504
    assert doors.messages()[0]["text"] == '/look failed with the error "operation_timeout"'


def test_a_bot_that_knows_another_signing_secret_refuses_the_request(sandbox, doors, app_on):
    with app_on(sandbox, signing_secret="another") as app:
        app.command("/look")(lambda ack: ack("Seen."))

        answer = doors("command", user="ana", channel="papers", command="/look", text="")

    assert answer["status"] == 401
    assert "dispatch_failed" in doors.messages()[0]["text"]


def test_a_command_without_a_bot_fails_in_slacks_words(doors):
    answer = doors("command", user="ana", channel="papers", command="/look", text="")

    assert answer["status"] == 503
    assert doors.messages()[0]["text"] == '/look failed with the error "dispatch_failed"'


def test_a_command_that_the_manifest_does_not_list_is_refused(doors):
    answer = doors("command", user="ana", channel="papers", command="/sing", text="")

    assert answer["ok"] is False
    assert "/sing" in answer["error"]
    assert "/look" in answer["error"]


@pytest.mark.parametrize(
    ("channel", "name"), [("secret", "privategroup"), ("ana", "directmessage")]
)
def test_slack_hides_the_names_of_private_conversations(doors, channel, name):
    doors("command", user="ana", channel=channel, command="/look", text="")

    (call,) = [each for each in doors.get("log")["calls"] if each["kind"] == "command"]
    assert call["request"]["channel_name"] == name


def test_a_global_shortcut_brings_a_trigger(bot, doors):
    seen = []

    @bot.shortcut("find")
    def find(ack, shortcut):
        ack()
        seen.append(shortcut)

    assert doors("shortcut", user="ana", callback_id="find")["status"] == 200
    assert seen[0]["type"] == "shortcut"
    assert seen[0]["trigger_id"]


def test_a_message_shortcut_brings_the_message(bot, doors):
    ts = doors("message", user="ben", channel="papers", text="read this")["ts"]
    seen = []

    @bot.shortcut({"type": "message_action", "callback_id": "keep"})
    def keep(ack, shortcut, respond):
        ack()
        seen.append(shortcut)
        respond("Kept.")

    doors("shortcut", user="ana", callback_id="keep", channel="papers", ts=ts)

    assert seen[0]["message"]["text"] == "read this"
    assert seen[0]["message_ts"] == ts


def test_a_shortcut_needs_to_exist_and_to_have_its_message(doors):
    assert doors("shortcut", user="ana", callback_id="sing")["ok"] is False
    assert doors("shortcut", user="ana", callback_id="keep")["ok"] is False
