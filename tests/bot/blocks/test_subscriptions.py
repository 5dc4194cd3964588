"""What a person follows: tried out, listed, started, stopped."""

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.blocks import subscriptions
from bot.domain.subscription import Cadence, Subscription, Wish
from tests.bot.blocks.anything import NOW, read_aloud, values, wishes
from tests.factories import a_listing, papers

BERLIN = ZoneInfo("Europe/Berlin")
AGENTS = Wish("agents")


def following(count):
    return [
        Subscription(number, "T1", "U1", Wish(f"topic {number}"), NOW)
        for number in range(1, count + 1)
    ]


def previewed(found, shown=3, wish=AGENTS, known=False):
    examples = [a_listing(paper) for paper in papers(min(found, shown))]
    return subscriptions.preview(wish, found, 30, examples, known=known)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (0, "It would have sent nothing in the last 30 days."),
        (1, "It would have sent 1 paper in the last 30 days:"),
        (3, "It would have sent 3 papers in the last 30 days:"),
        (14, "It would have sent 14 papers in the last 30 days, about 3 a week. The latest:"),
    ],
)
def test_a_preview_says_what_would_have_come(found, line):
    message = previewed(found)

    assert line in read_aloud(message.blocks)
    assert message.text.startswith(f"I read this as agents. {line}")


@given(wish=wishes)
def test_the_wish_travels_in_the_button_and_comes_back_the_same(wish):
    [carried] = values(previewed(3, wish=wish).blocks, "subscribe")

    back = json.loads(carried)
    assert Wish(back["q"], Cadence(back["when"]), back["size"]) == wish


def test_a_preview_of_a_known_topic_offers_to_update_it():
    said = read_aloud(previewed(3, known=True).blocks)

    assert "You follow this already." in said
    assert "Update" in said


def test_a_size_is_named_where_it_is_not_the_usual_one():
    said = read_aloud(previewed(0, wish=Wish("agents", Cadence.WEEKLY, 1)).blocks)

    assert "on Mondays at 09:00, 1 paper at most" in said


@pytest.mark.parametrize(
    ("start", "first", "last", "more"),
    [(0, 1, 10, ["10"]), (10, 11, 20, ["20"]), (20, 21, 25, []), (30, 1, 10, ["10"])],
)
def test_a_long_list_pages_by_ten_with_the_numbers_that_unsubscribe_takes(start, first, last, more):
    message = subscriptions.subscriptions(following(25), BERLIN, start)

    title, *lines = message.text.splitlines()
    assert title == "You have 25 subscriptions. Times are in Europe/Berlin."
    assert lines[0] == f"{first}. topic {first}: as soon as they appear"
    assert lines[-1].startswith(f"{last}. ")
    assert values(message.blocks, "list_more") == more
    assert f"`/papers unsubscribe {first}`" in read_aloud(message.blocks)


def test_an_empty_list_says_how_to_begin():
    message = subscriptions.subscriptions([], BERLIN)

    assert "/papers subscribe diffusion policy" in message.text


def test_after_subscribing_comes_the_state_and_the_way_back():
    *_, new = mine = following(2)

    message = subscriptions.subscribed(new, mine, BERLIN)

    assert message.text.startswith("You follow topic 2 now.\nYou have 2 subscriptions.")
    assert values(message.blocks, "unsubscribe") == ["2"]


def test_after_unsubscribing_undo_carries_the_whole_wish():
    gone = Subscription(1, "T1", "U1", Wish('"tool use" OR rag', Cadence.DAILY, 3), NOW)

    message = subscriptions.unsubscribed([gone], [], BERLIN)

    [carried] = values(message.blocks, "subscribe")
    assert json.loads(carried) == {"q": '"tool use" OR rag', "when": "daily", "size": 3}
    assert message.text.startswith('You no longer follow "tool use" OR rag.')


def test_stopping_several_counts_them():
    message = subscriptions.unsubscribed(following(3), [], BERLIN)

    assert message.text.startswith("You no longer follow 3 topics.")
