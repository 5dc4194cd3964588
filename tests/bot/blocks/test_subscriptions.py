"""What a person follows: tried out, listed, started, paused, stopped."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.blocks import subscriptions
from bot.domain.reader import FOREVER
from bot.domain.subscription import Cadence, Subscription, Wish
from tests.bot.blocks.anything import HOURS, NOW, read_aloud, values

DECEMBER = datetime(2026, 12, 1, 8, tzinfo=UTC)
AGENTS = Wish("agents")


def following(count):
    return [
        Subscription(number, "T1", "U1", Wish(f"topic {number}"), NOW)
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("start", "first", "last", "more"),
    [(0, 1, 10, ["10"]), (10, 11, 20, ["20"]), (20, 21, 25, []), (30, 1, 10, ["10"])],
)
def test_a_long_list_pages_by_ten_with_the_numbers_that_unsubscribe_takes(start, first, last, more):
    message = subscriptions.subscriptions(following(25), HOURS, start)

    title, *lines = message.text.splitlines()
    assert title == "You have 25 subscriptions. Times are in Europe/Berlin."
    assert lines[0] == f"{first}. topic {first}: as soon as they appear"
    assert lines[-1].startswith(f"{last}. ")
    assert values(message.blocks, "list_more") == more
    assert f"`/papers unsubscribe {first}`" in read_aloud(message.blocks)
    assert f"`/papers pause {first}`" in read_aloud(message.blocks)


def test_an_empty_list_says_how_to_begin():
    message = subscriptions.subscriptions([], HOURS)

    assert "/papers subscribe diffusion policy" in message.text


def test_after_subscribing_comes_the_state_and_the_way_back():
    *_, new = mine = following(2)

    message = subscriptions.subscribed(new, mine, HOURS)

    assert message.text.startswith("You follow topic 2 now.\nYou have 2 subscriptions.")
    assert values(message.blocks, "unsubscribe") == ["2"]


def test_after_unsubscribing_undo_carries_the_whole_wish():
    gone = Subscription(1, "T1", "U1", Wish('"tool use" OR rag', Cadence.DAILY, 3), NOW)

    message = subscriptions.unsubscribed([gone], [], HOURS)

    [carried] = values(message.blocks, "subscribe")
    assert json.loads(carried) == {"q": '"tool use" OR rag', "when": "daily", "size": 3}
    assert message.text.startswith('You no longer follow "tool use" OR rag.')


def test_stopping_several_counts_them():
    message = subscriptions.unsubscribed(following(3), [], HOURS)

    assert message.text.startswith("You no longer follow 3 topics.")


def test_a_row_says_name_query_hour_and_pause():
    wish = Wish("tool use", Cadence.DAILY, 3, "my tools")
    topic = Subscription(1, "T1", "U1", wish, NOW, paused_until=DECEMBER)

    _, line = subscriptions.subscriptions([topic], HOURS).text.splitlines()

    assert line == (
        "1. my tools: tool use: once a day at 08:30, 3 papers at most, paused until Tue 1 Dec"
    )


def test_what_was_named_carries_its_name_back():
    gone = Subscription(1, "T1", "U1", Wish("rag", name="my rag"), NOW)

    [carried] = values(subscriptions.unsubscribed([gone], [], HOURS).blocks, "subscribe")

    assert json.loads(carried)["name"] == "my rag"


def test_what_is_gathered_says_when_the_next_message_may_come():
    *_, new = mine = following(2)

    message = subscriptions.subscribed(new, mine, HOURS, DECEMBER)

    line = "The next message comes Tue 1 Dec, 09:00 (Europe/Berlin) at the earliest."
    assert line in read_aloud(message.blocks)
    assert line in message.text
    assert "at the earliest" not in subscriptions.subscribed(new, mine, HOURS).text


@pytest.mark.parametrize(
    ("until", "lead"),
    [
        (DECEMBER, "topic 1: paused until Tue 1 Dec. What I find meanwhile comes afterwards."),
        (FOREVER, "topic 1: paused until you resume it. What I find meanwhile comes afterwards."),
    ],
)
def test_after_pausing_comes_until_when_the_state_and_the_way_back(until, lead):
    first, second = following(2)
    mine = [replace(first, paused_until=until), second]

    message = subscriptions.paused([first], mine, HOURS)

    assert message.text.splitlines()[:2] == [
        lead,
        "You have 2 subscriptions. Times are in Europe/Berlin.",
    ]
    assert [json.loads(each) for each in values(message.blocks, "put_back_pauses")] == [
        {"was": {"": [1]}}
    ]


def test_undoing_a_pause_brings_back_how_each_topic_was():
    first, second, third = following(3)
    second = replace(second, paused_until=DECEMBER)

    message = subscriptions.resumed([first, second, third], following(3), HOURS)

    [carried] = values(message.blocks, "put_back_pauses")
    assert json.loads(carried) == {"was": {"": [1, 3], DECEMBER.isoformat(): [2]}}
    assert message.text.startswith("I tell you again of 3 topics.")


def test_more_topics_than_a_button_carries_have_no_undo():
    message = subscriptions.paused(following(900), following(900), HOURS)

    assert values(message.blocks, "put_back_pauses") == []


def test_where_nothing_was_paused_that_is_said():
    message = subscriptions.resumed([], following(1), HOURS)

    assert message.text.startswith("Nothing of that was paused.")
    assert values(message.blocks, "put_back_pauses") == []


def test_what_was_undone_is_said_with_the_state():
    message = subscriptions.put_back(following(1), HOURS)

    assert message.text.splitlines()[0] == "All right, it is as it was before."
    assert "1. topic 1" in message.text
