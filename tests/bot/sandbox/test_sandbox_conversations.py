"""conversations.* and users.*: what the bot finds and may read."""

import pytest


def texts(reply):
    return [each["text"] for each in reply["messages"]]


@pytest.fixture
def papers(doors):
    return doors.id_of("papers")


@pytest.fixture
def five(api):
    """The stamps of five messages, in the order in which they were posted."""
    return [api("chat.postMessage", channel="papers", text=f"{n}")["ts"] for n in range(5)]


def test_history_is_newest_first(api, papers, five):
    assert texts(api("conversations.history", channel=papers)) == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"oldest": 1}, ["4", "3", "2"]),
        ({"latest": 3}, ["2", "1", "0"]),
        ({"oldest": 1, "latest": 3}, ["2"]),
        ({"oldest": 1, "latest": 3, "inclusive": True}, ["3", "2", "1"]),
    ],
)
def test_history_can_be_bounded(api, papers, five, bounds, found):
    bounds = {key: five[at] if key != "inclusive" else at for key, at in bounds.items()}

    assert texts(api("conversations.history", channel=papers, **bounds)) == found


def test_history_comes_in_pages(api, papers, five):
    first = api("conversations.history", channel=papers, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    api("chat.postMessage", channel=papers, text="in between")
    second = api("conversations.history", channel=papers, limit=3, cursor=cursor)

    assert first["has_more"] is True
    assert second["has_more"] is False
    assert texts(first) + texts(second) == ["4", "3", "2", "1", "0"]
    wrong = api("conversations.history", channel=papers, cursor="x")
    assert wrong["error"] == "invalid_cursor"


def test_metadata_is_told_only_on_request(api, papers):
    metadata = {"event_type": "delivery", "event_payload": {"id": "7"}}
    api("chat.postMessage", channel=papers, text="x", metadata=metadata)

    (plain,) = api("conversations.history", channel=papers)["messages"]
    (full,) = api("conversations.history", channel=papers, include_all_metadata=True)["messages"]

    assert "metadata" not in plain
    assert full["metadata"] == metadata


def test_replies_are_read_oldest_first_with_their_parent(api, papers):
    parent = api("chat.postMessage", channel=papers, text="digest")["ts"]
    for text in ("one", "two"):
        api("chat.postMessage", channel=papers, text=text, thread_ts=parent)

    assert texts(api("conversations.replies", channel=papers, ts=parent)) == [
        "digest",
        "one",
        "two",
    ]
    assert texts(api("conversations.history", channel=papers)) == ["digest"]
    assert api("conversations.replies", channel=papers, ts="1.1")["error"] == "thread_not_found"


def test_ephemeral_messages_are_in_no_history(api, doors, papers):
    api("chat.postEphemeral", channel=papers, user=doors.id_of("ana"), text="psst")

    assert texts(api("conversations.history", channel=papers)) == []


def test_the_past_of_a_channel_is_for_members(api, doors):
    general, secret = doors.id_of("general"), doors.id_of("secret")

    assert api("conversations.history", channel=general)["error"] == "not_in_channel"
    assert api("conversations.history", channel=secret)["error"] == "channel_not_found"


def test_the_bot_lists_what_it_can_see(api, doors):
    public = api("conversations.list")["channels"]
    private = api("conversations.list", types="private_channel,im")["channels"]

    assert {each["name"]: each["is_member"] for each in public} == {
        "papers": True,
        "general": False,
    }
    assert {each["user"] for each in private} == {doors.id_of("ana"), doors.id_of("ben")}
    assert api("conversations.list", types="pigeons")["error"] == "invalid_types"


def test_a_persons_conversations_are_those_they_share_with_the_bot(api, doors, papers):
    shared = api("users.conversations", user=doors.id_of("ana"))["channels"]
    both = api(
        "users.conversations", user=doors.id_of("ana"), types="public_channel,private_channel,im"
    )["channels"]
    own = api("users.conversations")["channels"]

    assert [each["id"] for each in shared] == [papers]
    assert {each["is_im"] for each in both} == {False, True}
    assert papers in {each["id"] for each in own}
    assert "is_member" not in shared[0]
    assert "num_members" not in shared[0]
    assert api("users.conversations", user="U9")["error"] == "user_not_found"
    assert api("users.conversations", types="pigeons")["error"] == "invalid_types"


def test_whoever_left_a_channel_no_longer_shares_it(api, doors, papers):
    doors("deactivate", user="ana")

    assert api("users.conversations", user=doors.id_of("ana"))["channels"] == []


def test_a_persons_conversations_come_in_pages(api, doors):
    types = "public_channel,private_channel,im"
    every = [each["id"] for each in _paged(api, limit=1, types=types)]

    assert every == [each["id"] for each in api("users.conversations", types=types)["channels"]]
    assert len(every) > 1


def _paged(api, **args):
    cursor = ""
    while True:
        answer = api("users.conversations", cursor=cursor, **args)
        yield from answer["channels"]
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            return


@pytest.mark.parametrize("method", ["conversations.members", "conversations.replies", "users.list"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_whatever_is_listed_comes_in_pages_each_thing_once(api, papers, method, limit):
    parent = api("chat.postMessage", channel=papers, text="digest")["ts"]
    for text in ("one", "two"):
        api("chat.postMessage", channel=papers, text=text, thread_ts=parent)
    whole = api(method, channel=papers, ts=parent)
    kind = "messages" if "messages" in whole else "members"

    found, cursor = [], ""
    while True:
        part = api(method, channel=papers, ts=parent, limit=limit, cursor=cursor)
        assert len(part[kind]) <= limit
        found += part[kind]
        cursor = part.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            break

    assert found == whole[kind]
    assert len(found) == 3
    refused = api(method, channel=papers, ts=parent, cursor="bmV4dDpub3doZXJl")
    assert refused["error"] == "invalid_cursor"


def test_lists_come_in_pages(api):
    first = api("conversations.list", limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    second = api("conversations.list", limit=1, cursor=cursor)

    names = [each["name"] for each in first["channels"] + second["channels"]]
    assert names == ["papers", "general"]
    assert second["response_metadata"]["next_cursor"] == ""


def test_members_and_details_of_a_channel(api, doors, papers):
    members = api("conversations.members", channel=papers)["members"]
    info = api("conversations.info", channel=papers, include_num_members=True)["channel"]

    assert doors.id_of("ana") in members
    assert info["num_members"] == len(members) == 3
    assert info["is_private"] is False


def test_joining_makes_a_member(api, doors):
    general = doors.id_of("general")

    assert api("conversations.join", channel=general)["channel"]["is_member"] is True
    assert api("conversations.join", channel=general)["warning"] == "already_in_channel"
    assert api("chat.postMessage", channel=general, text="hello")["ok"]


def test_opening_a_dm_twice_gives_the_same_one(api, doors):
    ana = doors.id_of("ana")
    opened = api("conversations.open", users=ana)["channel"]

    assert opened["id"] == api("conversations.open", users=ana, return_im=True)["channel"]["id"]
    assert opened["id"] == doors.dm("ana")
    assert api("conversations.open", users="U9")["error"] == "user_not_found"
    assert api("conversations.open")["error"] == "invalid_arguments"


def test_a_users_zone_is_known(api, doors):
    doors("clock", to="2026-06-26T07:00:00Z")

    ana = api("users.info", user=doors.id_of("ana"))["user"]

    assert ana["tz"] == "Europe/Lisbon"
    assert ana["tz_offset"] == 3600
    assert ana["tz_label"] == "WEST"
    assert ana["is_admin"] is True
    assert api("users.info", user="U9")["error"] == "user_not_found"
    assert len(api("users.list")["members"]) == 3
