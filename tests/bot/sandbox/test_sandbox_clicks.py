"""Clicks and choices, and the answers at response URLs."""

import httpx
import pytest

from bot.sandbox import tickets


def button(text, value, action_id="save"):
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action_id, "text": label, "value": value}


def menu(*values):
    options = [{"text": {"type": "plain_text", "text": each}, "value": each} for each in values]
    return {"type": "overflow", "action_id": "more", "options": options}


def row(block_id, *elements):
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


@pytest.fixture
def posted(api):
    """A message of two papers, each with its own button and menu."""
    blocks = [
        row("first", button("Save", "2406.1"), menu("why-1", "mute-1")),
        row("second", button("Save", "2406.2"), menu("why-2", "mute-2")),
    ]
    return api("chat.postMessage", channel="papers", text="two papers", blocks=blocks)["ts"]


def last_action(doors):
    calls = [each for each in doors.get("log")["calls"] if each["kind"] == "block_actions"]
    return calls[-1]["request"]


def test_a_click_brings_the_message_and_the_button(bot, doors, posted):
    seen = []

    @bot.action("save")
    def save(ack, body):
        ack()
        seen.append(body)

    answer = doors(
        "click", user="ana", channel="papers", ts=posted, action_id="save", value="2406.2"
    )

    assert answer["status"] == 200
    (body,) = seen
    assert body["actions"][0]["value"] == "2406.2"
    assert body["actions"][0]["block_id"] == "second"
    assert body["message"]["ts"] == posted
    assert body["container"]["is_ephemeral"] is False
    assert body["channel"]["name"] == "papers"


@pytest.mark.parametrize(
    ("which", "block_id"),
    [({"block_id": "first"}, "first"), ({"selected": "mute-2"}, "second")],
)
def test_a_menu_is_told_apart_by_block_or_choice(doors, posted, which, block_id):
    which = {"selected": "mute-1"} | which
    doors("click", user="ana", channel="papers", ts=posted, action_id="more", **which)

    action = last_action(doors)["actions"][0]
    assert action["block_id"] == block_id
    assert action["selected_option"]["value"] == which["selected"]


@pytest.mark.parametrize(
    "click",
    [
        {"action_id": "save"},
        {"action_id": "nothing"},
        {"action_id": "save", "value": "2406.3"},
        {"action_id": "save", "block_id": "third"},
        {"action_id": "more", "block_id": "first", "selected": "mute-2"},
        {"action_id": "save", "block_id": "first", "ts": "1.1"},
    ],
)
def test_what_is_not_there_cannot_be_clicked(doors, posted, click):
    answer = doors("click", **{"user": "ana", "channel": "papers", "ts": posted} | click)

    assert answer["ok"] is False
    assert "block_actions" not in [each["kind"] for each in doors.get("log")["calls"]]


def test_people_click_only_in_the_apps_messages(doors):
    ts = doors("message", user="ben", channel="papers", text="hello")["ts"]

    assert not doors("click", user="ana", channel="papers", ts=ts, action_id="save")["ok"]


def test_an_ephemeral_message_is_clicked_by_its_reader_and_does_not_come_along(api, doors):
    ana = doors.id_of("ana")
    blocks = [row("only", button("Share", "1"))]
    note = api("chat.postEphemeral", channel="papers", user=ana, text="x", blocks=blocks)
    click = {"channel": "papers", "ts": note["message_ts"], "action_id": "save"}

    assert doors("click", user="ben", **click)["ok"] is False
    assert doors("click", user="ana", **click)["ok"] is True
    request = last_action(doors)
    assert request["container"]["is_ephemeral"] is True
    assert "message" not in request


def answer_url(doors, posted):
    doors("click", user="ana", channel="papers", ts=posted, action_id="save", value="2406.1")
    return last_action(doors)["response_url"]


def choice(action_id, *values):
    options = [{"text": {"type": "plain_text", "text": each}, "value": each} for each in values]
    return {"type": "radio_buttons", "action_id": action_id, "options": options}


def test_choices_in_a_message_are_kept_between_clicks_and_for_each_reader(api, doors):
    blocks = [row("form", choice("when", "daily", "weekly"), choice("look", "short", "long"))]
    save = row("send", button("Save", "1"))
    ts = api("chat.postMessage", channel="papers", text="x", blocks=[*blocks, save])["ts"]
    place = {"channel": "papers", "ts": ts}

    doors("click", user="ana", action_id="when", selected="weekly", **place)
    doors("click", user="ana", action_id="look", selected="long", **place)
    doors("click", user="ben", action_id="when", selected="daily", **place)
    doors("click", user="ana", action_id="save", **place)

    chosen = last_action(doors)["state"]["values"]["form"]
    assert chosen["when"]["selected_option"]["value"] == "weekly"
    assert chosen["look"]["selected_option"]["value"] == "long"

    blocks = [row("new", *blocks[0]["elements"]), save]
    api("chat.update", channel=doors.id_of("papers"), ts=ts, text="x", blocks=blocks)
    doors("click", user="ana", action_id="save", **place)
    anew = last_action(doors)["state"]["values"]
    assert anew["new"]["when"]["selected_option"] is None, "another block_id is another field"


def test_an_answer_is_for_the_clicker_unless_it_says_otherwise(doors, posted):
    url = answer_url(doors, posted)

    httpx.post(url, json={"text": "Saved."})
    httpx.post(url, json={"text": "Ana saved it.", "response_type": "in_channel"})

    assert [each["text"] for each in doors.messages(user="ana")[:2]] == ["Ana saved it.", "Saved."]
    assert [each["text"] for each in doors.messages(user="ben")] == ["Ana saved it.", "two papers"]


def test_an_answer_can_replace_its_message(doors, posted):
    url = answer_url(doors, posted)

    httpx.post(url, json={"text": "one paper", "replace_original": True})

    (message,) = doors.messages()
    assert message["text"] == "one paper"
    assert message["ts"] == posted
    assert "blocks" not in message


def test_an_answer_can_delete_its_message(doors, posted):
    httpx.post(answer_url(doors, posted), json={"delete_original": True})

    assert doors.messages() == []


def test_a_commands_later_answer_replaces_its_first(doors):
    doors("command", user="ana", channel="general", command="/look", text="")
    (call,) = doors.get("log")["calls"]
    url = call["request"]["response_url"]

    httpx.post(url, json={"text": "Searching"})
    httpx.post(url, json={"text": "Found", "replace_original": True})

    shown = [each["text"] for each in doors.messages("general") if "failed" not in each["text"]]
    assert shown == ["Found"]


def test_the_sixth_use_of_a_response_url_is_refused(doors, posted):
    url = answer_url(doors, posted)

    replies = [httpx.post(url, json={"text": f"{n}"}) for n in range(6)]

    assert [each.status_code for each in replies] == [200] * tickets.RESPONSE_USES + [404]
    assert replies[-1].json()["error"] == "used_url"


def test_a_response_url_ends_after_half_an_hour(doors, posted):
    doors("clock", to="2026-06-26T07:00:00Z")
    url = answer_url(doors, posted)
    doors("clock", to="2026-06-26T07:29:00Z")
    in_time = httpx.post(url, json={"text": "x"})
    doors("clock", to="2026-06-26T07:31:00Z")

    assert in_time.status_code == 200
    assert httpx.post(url, json={"text": "x"}).json()["error"] == "expired_url"


def test_blocks_at_a_response_url_are_checked_too(doors, posted):
    url = answer_url(doors, posted)

    reply = httpx.post(url, json={"blocks": [{"type": "divider"}] * 51})

    assert reply.status_code == 400
    assert reply.json()["error"] == "invalid_blocks"
    assert httpx.post(url, content="{").status_code == 400
