"""What the outbox asks Slack about people's channels and its own messages."""

from collections.abc import Callable

import pytest

from bot import slack
from bot.blocks.help import welcome
from bot.errors import CannotPost
from bot.slack import SlackWorkspace
from tests.bot.sandbox.clients import Doors


class Watch:
    """A stopwatch that tests move, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(sandbox, watch) -> SlackWorkspace:
    return SlackWorkspace(slack.web_client(sandbox.bot_token, sandbox.api_url), watch)


def asked(doors: Doors) -> int:
    return len(doors.calls("users.conversations"))


@pytest.fixture
def join(doors) -> Callable[[str], str]:
    """Bring the bot into a channel; its id."""

    def join(channel: str) -> str:
        bot = doors.get("state")["bot"]["user_id"]
        assert doors("invite", channel=channel, user=bot)["ok"]
        return doors.id_of(channel)

    return join


def test_a_persons_channels_are_those_they_share_with_the_bot(workspace, doors, join):
    reviews, papers = join("reviews"), doors.id_of("papers")

    assert workspace.channels_of(doors.id_of("ana")) == {papers, reviews}
    assert workspace.channels_of(doors.id_of("mei")) == {papers}


def test_they_are_asked_for_once_in_ten_minutes_for_each_person(workspace, doors, watch):
    for _ in range(3):
        workspace.channels_of(doors.id_of("ana"))
    workspace.channels_of(doors.id_of("ben"))
    assert asked(doors) == 2

    watch.seconds = slack.KEPT
    workspace.channels_of(doors.id_of("ana"))

    assert asked(doors) == 3


def test_they_are_read_page_by_page(workspace, doors, join, monkeypatch):
    monkeypatch.setattr(slack, "CHANNELS_PAGE", 1)
    reviews, papers = join("reviews"), doors.id_of("papers")

    assert workspace.channels_of(doors.id_of("ana")) == {papers, reviews}
    assert asked(doors) == 2


def test_a_refusal_is_not_remembered(workspace, doors):
    doors.fail("users.conversations", error="missing_scope")

    with pytest.raises(CannotPost) as refused:
        workspace.channels_of(doors.id_of("ana"))

    assert refused.value.reason == "missing_scope"
    assert workspace.channels_of(doors.id_of("ana"))


def test_a_message_has_an_address(workspace, doors, sandbox):
    channel = doors.id_of("papers")
    ts = workspace.post(channel, welcome(), "d1")

    link = workspace.permalink(channel, ts)

    assert link == f"{sandbox.url}/archives/{channel}/p{ts.replace('.', '')}"
    with pytest.raises(CannotPost, match="message_not_found"):
        workspace.permalink(channel, "1.000001")
