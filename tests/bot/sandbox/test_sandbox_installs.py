"""The app goes and comes back; people leave."""

import pytest


def words(doors):
    return [each["text"] for each in doors.messages()]


@pytest.mark.parametrize(
    ("door", "error"), [("uninstall", "account_inactive"), ("revoke", "token_revoked")]
)
def test_an_installation_anew_brings_another_token(api, doors, sandbox, door, error):
    old, bot = sandbox.bot_token, doors.get("state")["bot"]
    doors(door)

    assert doors("install")["ok"]

    assert sandbox.bot_token != old
    assert api("auth.test")["error"] == error, "the old token stays refused"
    api.token = sandbox.bot_token
    assert api("auth.test")["user_id"] == bot["user_id"]
    assert doors.get("state")["bot"] == bot
    assert doors.get("state")["installed"] is True


def test_an_uninstalled_app_has_left_its_channels_and_kept_its_dms(api, doors, sandbox):
    doors("uninstall")
    doors("install")
    api.token = sandbox.bot_token

    posted = api("chat.postMessage", channel="papers", text="x")

    assert posted["error"] == "not_in_channel"
    assert api("chat.postMessage", channel=doors.id_of("ana"), text="x")["ok"]
    doors("invite", channel="papers", user="looker")
    assert api("chat.postMessage", channel="papers", text="x")["ok"]


def test_a_revoked_app_is_still_in_its_channels(api, doors, sandbox):
    doors("revoke")
    doors("install")
    api.token = sandbox.bot_token

    assert api("chat.postMessage", channel="papers", text="x")["ok"]


def test_an_app_is_not_installed_or_removed_twice(doors):
    assert doors("install")["ok"] is False
    doors("uninstall")
    assert doors("uninstall")["ok"] is False
    assert doors("revoke")["ok"] is False


def test_an_ended_token_stays_ended_after_a_restart(tmp_path, start, api_of, doors_of):
    first = start(folder=tmp_path)
    old = first.bot_token
    doors_of(first)("uninstall")
    doors_of(first)("install")
    new = first.bot_token
    first.stop()

    second = start(folder=tmp_path)

    api = api_of(second)
    assert second.bot_token == new
    assert api("auth.test")["ok"]
    api.token = old
    assert api("auth.test")["error"] == "account_inactive"


@pytest.fixture
def without_ana(doors):
    """Ana's id and DM, after her account has ended."""
    ana, dm = doors.id_of("ana"), doors.dm("ana")
    assert doors("deactivate", user="ana")["ok"]
    return ana, dm


def test_a_deactivated_person_is_still_known_and_marked(api, doors, without_ana):
    ana, _ = without_ana

    assert api("users.info", user=ana)["user"]["deleted"] is True
    assert api("users.info", user=doors.id_of("ben"))["user"]["deleted"] is False
    listed = {each["id"]: each["deleted"] for each in api("users.list")["members"]}
    assert listed[ana] is True
    state = {each["id"]: each["deleted"] for each in doors.get("state")["users"]}
    assert state == listed


def test_a_dm_to_a_deactivated_person_is_taken_and_read_by_nobody(api, without_ana):
    ana, dm = without_ana

    assert api("conversations.open", users=ana)["error"] == "user_disabled"
    assert api("chat.postMessage", channel=dm, text="x")["channel"] == dm
    assert api("chat.postMessage", channel=ana, text="x")["channel"] == dm


def test_a_deactivated_person_is_in_no_channel_and_has_no_home(api, doors, without_ana):
    ana, _ = without_ana
    papers, home = doors.id_of("papers"), {"type": "home", "blocks": []}

    assert ana not in api("conversations.members", channel=papers)["members"]
    note = api("chat.postEphemeral", channel="papers", user=ana, text="x")
    assert note["error"] == "user_not_in_channel"
    assert api("views.publish", user_id=ana, view=home)["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("door", "body"),
    [
        ("message", {"channel": "papers", "text": "x"}),
        ("command", {"channel": "papers", "command": "/look", "text": ""}),
        ("open_home", {}),
        ("deactivate", {}),
    ],
)
def test_a_deactivated_person_does_nothing_any_more(doors, without_ana, door, body):
    refused = doors.http.post(door, json={"user": "ana", **body})

    assert refused.status_code == 403
    assert "deactivated" in refused.json()["error"]


def test_nobody_invites_a_deactivated_person(doors, without_ana):
    assert "deactivated" in doors("invite", user="ana", channel="papers")["error"]
