"""chat.*: what Slack takes, and what it refuses with which error."""

import pytest


def section(text="Hello"):
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


def test_a_posted_message_is_there_for_everybody(api, doors):
    posted = api("chat.postMessage", channel="#papers", text="Good morning", blocks=[section()])

    (message,) = doors.messages(user="ben")
    assert posted["ok"]
    assert posted["channel"] == doors.id_of("papers")
    assert message["ts"] == posted["ts"]
    assert message["text"] == "Good morning"
    assert message["bot_profile"]["name"] == "Looker"
    assert message["blocks"][0]["block_id"]


def test_arguments_come_as_a_form_too(api, sandbox, doors):
    body = {"channel": "#papers", "blocks": '[{"type":"divider"}]', "token": sandbox.bot_token}

    posted = api.http.post("chat.postMessage", data=body).json()

    assert posted["message"]["blocks"][0]["type"] == "divider"


def test_two_messages_never_share_a_ts(api):
    stamps = [api("chat.postMessage", channel="papers", text="x")["ts"] for _ in range(50)]

    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "papers"}, "no_text"),
        ({"channel": "papers", "text": "  "}, "no_text"),
        ({"channel": "papers", "text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "C99999999", "text": "x"}, "channel_not_found"),
        ({"channel": "nowhere", "text": "x"}, "channel_not_found"),
        ({"channel": "general", "text": "x"}, "not_in_channel"),
        ({"channel": "papers", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "papers", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "papers", "text": "x", "blocks": [{"type": "x"}]}, "invalid_blocks"),
        ({"channel": "papers", "text": "x", "metadata": {}}, "invalid_metadata_format"),
        ({"channel": "papers", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "papers", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
def test_a_message_slack_would_refuse_is_refused(api, args, error):
    assert api("chat.postMessage", **args)["error"] == error


def test_the_private_channel_the_bot_is_not_in_does_not_exist_for_it(api, doors):
    posted = api("chat.postMessage", channel=doors.id_of("secret"), text="x")

    assert posted["error"] == "channel_not_found"


def test_invalid_blocks_say_where(api):
    posted = api("chat.postMessage", channel="papers", blocks=[section(), section("x" * 3001)])

    assert posted["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_an_archived_channel_takes_nothing(api, doors):
    doors("archive", channel="papers")

    assert api("chat.postMessage", channel="papers", text="x")["error"] == "is_archived"


def test_chat_write_public_opens_public_channels(start, a_manifest, api_of):
    api = api_of(start(a_manifest(["chat:write", "chat:write.public"])))

    assert api("chat.postMessage", channel="#general", text="x")["ok"]


def test_a_persons_id_means_their_dm(api, doors):
    posted = api("chat.postMessage", channel=doors.id_of("ben"), text="psst")

    assert posted["channel"] == doors.dm("ben")
    assert doors.messages(doors.dm("ben"), "ben")[0]["text"] == "psst"


def test_the_bot_cannot_write_to_itself(api, sandbox, doors):
    bot = doors.get("state")["bot"]["user_id"]

    assert api("chat.postMessage", channel=bot, text="x")["error"] == "cannot_dm_bot"
    assert api("conversations.open", users=bot)["error"] == "cannot_dm_bot"


def test_a_reply_stands_in_its_thread_and_is_counted(api, doors):
    parent = api("chat.postMessage", channel="papers", text="digest")["ts"]
    reply = api("chat.postMessage", channel="papers", text="one", thread_ts=parent)

    (shown,) = doors.messages()
    assert [each["text"] for each in shown["replies"]] == ["one"]
    assert shown["reply_count"] == 1
    under_reply = api("chat.postMessage", channel="papers", text="two", thread_ts=reply["ts"])
    assert under_reply["error"] == "cannot_reply_to_message"


def test_an_ephemeral_message_is_for_one_member(api, doors):
    ana = doors.id_of("ana")
    api("chat.postEphemeral", channel="papers", user=ana, text="for you")

    assert doors.messages(user="ana")[0]["ephemeral"] is True
    assert doors.messages(user="ben") == []
    refused = api("chat.postEphemeral", channel="papers", user="U99999999", text="x")
    assert refused["error"] == "user_not_in_channel"


def test_an_update_changes_what_it_names_and_keeps_the_rest(api, doors):
    ts = api("chat.postMessage", channel="papers", text="old", blocks=[section()])["ts"]
    papers = doors.id_of("papers")

    updated = api("chat.update", channel=papers, ts=ts, text="new")

    (message,) = doors.messages()
    assert updated["text"] == message["text"] == "new"
    assert message["blocks"][0]["type"] == "section"
    assert message["edited"]["user"] == doors.get("state")["bot"]["user_id"]
    api("chat.update", channel=papers, ts=ts, text="new", blocks=[])
    assert "blocks" not in doors.messages()[0]


def test_only_the_bots_own_messages_can_be_changed(api, doors):
    ts = doors("message", user="ana", channel="papers", text="mine")["ts"]
    papers = doors.id_of("papers")

    assert api("chat.update", channel=papers, ts=ts, text="x")["error"] == "cant_update_message"
    assert api("chat.delete", channel=papers, ts=ts)["error"] == "cant_delete_message"
    assert api("chat.update", channel=papers, ts="1.1", text="x")["error"] == "message_not_found"
    assert api("chat.delete", channel=papers, ts="1.1")["error"] == "message_not_found"


def test_a_deleted_parent_leaves_its_replies(api, doors):
    papers = doors.id_of("papers")
    parent = api("chat.postMessage", channel="papers", text="digest")["ts"]
    reply = api("chat.postMessage", channel="papers", text="one", thread_ts=parent)["ts"]

    api("chat.delete", channel=papers, ts=parent)

    (stone,) = doors.messages()
    assert stone["subtype"] == "tombstone"
    assert [each["ts"] for each in stone["replies"]] == [reply]
    api("chat.delete", channel=papers, ts=reply)
    assert doors.messages()[0]["reply_count"] == 0


def test_a_permalink_leads_to_the_page(api, doors, sandbox):
    ts = api("chat.postMessage", channel="papers", text="x")["ts"]
    papers = doors.id_of("papers")

    link = api("chat.getPermalink", channel=papers, message_ts=ts)["permalink"]

    assert link == f"{sandbox.url}/archives/{papers}/p{ts.replace('.', '')}"
    assert doors.http.get(link).headers["location"].endswith(f"/archives/{papers}/{link[-17:]}")
    missing = api("chat.getPermalink", channel=papers, message_ts="1.1")
    assert missing["error"] == "message_not_found"


def test_reactions_are_counted_once_a_person(api, doors):
    ts = doors("message", user="ana", channel="papers", text="nice")["ts"]
    target = {"channel": doors.id_of("papers"), "timestamp": ts, "name": "eyes"}
    doors("react", user="ben", channel="papers", ts=ts, reaction="eyes")

    assert api("reactions.add", **target)["ok"]
    assert api("reactions.add", **target)["error"] == "already_reacted"
    assert api("reactions.get", **target)["message"]["reactions"][0]["count"] == 2
    assert api("reactions.remove", **target)["ok"]
    assert api("reactions.remove", **target)["error"] == "no_reaction"
    assert doors.messages()[0]["reactions"][0]["users"] == [doors.id_of("ben")]
    assert api("reactions.add", **target | {"name": "???"})["error"] == "invalid_name"
