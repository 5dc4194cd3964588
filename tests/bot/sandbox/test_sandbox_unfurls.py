"""chat.unfurl: previews under links that people posted."""

import pytest

LINK = "https://arxiv.org/abs/2406.1"


def words(text):
    return {"type": "plain_text", "text": text}


def preview(text="Small nets", *blocks):
    return {"blocks": [{"type": "section", "text": words(text)}, *blocks]}


@pytest.fixture
def share(doors, wait_for):
    """Post (or compose) a text and give the link_shared event that it raised."""

    def post(text=LINK, channel="papers", door="message"):
        doors(door, user="ana", channel=channel, text=text)
        calls = wait_for(lambda: [e for e in doors.get("log")["calls"] if e["kind"] == "event"])
        return calls[-1]["request"]["event"]

    return post


def by_id(event):
    return {"unfurl_id": event["unfurl_id"], "source": event["source"]}


def by_place(event):
    return {"channel": event["channel"], "ts": event["message_ts"]}


@pytest.fixture
def sandbox(start, a_manifest):
    """Only links are told, so that the first event is the one that is meant."""
    return start(a_manifest(events=["link_shared"]))


@pytest.mark.parametrize("named", [by_id, by_place])
@pytest.mark.parametrize("channel", ["papers", "general", "secret"])
def test_everybody_there_sees_the_preview_member_or_not(api, doors, share, named, channel):
    event = share(f"read {LINK}, it is short", channel)

    assert api("chat.unfurl", unfurls={LINK: preview()}, **named(event)) == {"ok": True}

    (message,) = doors.messages(channel)
    (shown,) = message["attachments"]
    assert shown["blocks"][0]["text"]["text"] == "Small nets"
    assert shown["from_url"] == LINK
    assert shown["is_app_unfurl"] is True
    assert "edited" not in message


def test_a_second_unfurl_changes_the_first_and_adds_for_other_links(api, doors, share):
    other = "https://arxiv.org/abs/2406.2?a=1&b=2"
    event = share(f"{LINK} {other}")
    api("chat.unfurl", unfurls={LINK: preview("old")}, **by_id(event))

    api("chat.unfurl", unfurls={LINK: preview("new"), other: preview()}, **by_place(event))

    shown = doors.messages()[0]["attachments"]
    assert [each["from_url"] for each in shown] == [LINK, other]
    assert [each["id"] for each in shown] == [1, 2]
    assert shown[0]["blocks"][0]["text"]["text"] == "new"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"unfurls": None}, "missing_unfurls"),
        ({"unfurls": "{"}, "invalid_unfurls_format"),
        ({"unfurls": [preview()]}, "invalid_unfurls_format"),
        ({"unfurls": {LINK: "text"}}, "invalid_unfurls_format"),
        ({"unfurls": {LINK: {}}}, "cannot_parse_attachment"),
        ({"unfurls": {LINK: {"blocks": [{"type": "marquee"}]}}}, "invalid_blocks"),
        ({"unfurls": {f"{LINK}0": preview()}}, "cannot_unfurl_message"),
        ({"unfurls": {"https://example.org/": preview()}}, "cannot_unfurl_url"),
        ({"unfurl_id": "C1.1.1.x"}, "invalid_unfurl_id"),
        ({"source": "composer"}, "invalid_unfurl_id"),
        ({"source": "newspaper"}, "invalid_source"),
        ({"source": None}, "missing_source"),
        ({"unfurl_id": None}, "missing_unfurl_id"),
        ({"unfurl_id": None, "source": None}, "missing_channel"),
        ({"unfurl_id": None, "source": None, "channel": "C1"}, "missing_ts"),
        (
            {"unfurl_id": None, "source": None, "channel": "C1", "ts": "1.1"},
            "cannot_find_channel",
        ),
    ],
)
def test_an_unfurl_slack_would_refuse_is_refused(api, doors, share, args, error):
    event = share()

    refused = api("chat.unfurl", **{"unfurls": {LINK: preview()}, **by_id(event), **args})

    assert refused["error"] == error
    assert "attachments" not in doors.messages()[0]


def test_no_message_no_preview(api, doors):
    target = {"channel": doors.id_of("papers"), "ts": "1.1"}

    refused = api("chat.unfurl", unfurls={LINK: preview()}, **target)

    assert refused["error"] == "cannot_find_message"


def test_links_are_shared_while_a_message_is_composed(api, doors, share):
    event = share(door="compose")

    assert event["source"] == "composer"
    assert event["channel"] == "COMPOSER"
    assert event["links"] == [{"domain": "arxiv.org", "url": LINK}]
    assert api("chat.unfurl", unfurls={LINK: preview()}, **by_id(event))["ok"]
    by_channel = api("chat.unfurl", unfurls={LINK: preview()}, **by_place(event))
    assert by_channel["error"] == "cannot_find_channel"
    assert doors.messages() == []


def test_a_button_in_a_preview_can_be_clicked(api, doors, share):
    save = {"type": "button", "action_id": "save", "text": words("Save"), "value": "2406.1"}
    event = share()
    blocks = {"type": "actions", "elements": [save]}
    api("chat.unfurl", unfurls={LINK: preview("Small nets", blocks)}, **by_id(event))

    doors("click", user="ben", channel="papers", ts=event["message_ts"], action_id="save")

    (click,) = [e for e in doors.get("log")["calls"] if e["kind"] == "block_actions"]
    container = click["request"]["container"]
    assert container["type"] == "message_attachment"
    assert container["app_unfurl_url"] == LINK
    assert container["attachment_id"] == 1
    assert click["request"]["app_unfurl"]["from_url"] == LINK
    assert click["request"]["message"]["user"] == doors.id_of("ana")


def test_an_app_has_at_most_five_unfurl_domains(start, a_manifest):
    manifest = a_manifest()
    manifest["features"]["unfurl_domains"] = [f"{n}.org" for n in range(6)]

    with pytest.raises(ValueError, match="at most 5"):
        start(manifest)


def test_an_unfurl_id_outlives_a_restart(tmp_path, start, a_manifest, doors_of, api_of, wait_for):
    first = start(a_manifest(events=["link_shared"]), folder=tmp_path)
    doors = doors_of(first)
    doors("message", user="ana", channel="papers", text=LINK)
    (call,) = wait_for(lambda: [e for e in doors.get("log")["calls"] if e["kind"] == "event"])
    first.stop()

    api = api_of(start(folder=tmp_path))

    assert api("chat.unfurl", unfurls={LINK: preview()}, **by_id(call["request"]["event"]))["ok"]
