"""Messages are changed over HTTP, where they stand, and keep what is not said anew."""

import pytest

from bot.blocks.help import error, welcome
from bot.errors import CannotPost


def test_a_message_is_changed_in_its_place_and_keeps_its_deliverys_id(workspace, doors):
    channel_id = doors.ids["papers"]
    ts = workspace.post(channel_id, welcome(), "d1")

    workspace.update(channel_id, ts, error("Something else."))

    [message] = doors.messages()
    assert (message["ts"], message["text"]) == (ts, "Something else.")
    assert message["metadata"]["event_payload"] == {"delivery_id": "d1"}


def test_a_message_that_is_gone_is_refused_for_good(workspace, doors):
    with pytest.raises(CannotPost) as raised:
        workspace.update(doors.ids["papers"], "1.000001", welcome())

    assert (raised.value.reason, raised.value.permanent) == ("message_not_found", True)


def test_a_wait_that_slack_asks_for_is_told(workspace, doors):
    ts = workspace.post(doors.ids["papers"], welcome(), "d1")
    doors.fail("chat.update", retry_after=7)

    with pytest.raises(CannotPost) as raised:
        workspace.update(doors.ids["papers"], ts, welcome())

    assert raised.value.retry_after == 7
