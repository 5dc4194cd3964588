"""What delivery adds to a message, and what owners read of what stopped."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks.kit import MESSAGE_BLOCKS
from bot.blocks.repeats import MARK, repeated
from bot.blocks.stopped import LISTED, stopped
from bot.sandbox.rules import check_message
from tests.bot.blocks.messages import MESSAGES

REPEATED = ["a digest", "an alert", "an alert in a channel", "an announcement", "a stop"]


@pytest.mark.parametrize("kind", REPEATED)
@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_a_repeat_is_taken_by_slack_and_says_so_first(kind, data):
    message = MESSAGES[kind](data.draw)

    again = repeated(message)

    check_message(again.text, list(again.blocks))
    assert again.text == f"{MARK} {message.text}"
    assert again.blocks[0]["elements"][0]["text"].startswith(MARK)
    assert list(again.blocks[1:]) == list(message.blocks)
    assert len(again.blocks) <= MESSAGE_BLOCKS + 1


def test_an_owner_reads_what_stopped_why_and_how_to_start_it_again():
    message = stopped("C1", "is_archived", digest=True, topics=["agents daily max:5"])

    assert message.text == (
        "I can't post in a channel of yours any more: the channel is archived.\n"
        "Unarchive the channel and invite me with /invite @Daily Papers.\n"
        "Its digest has stopped; /papers digest on there starts it again.\n"
        "It no longer follows what you had it follow. To start that again:\n"
        "agents daily max:5"
    )
    assert {"type": "channel", "channel_id": "C1"} in message.blocks[0]["elements"][0]["elements"]
    row = message.blocks[2]["elements"][0]["elements"]
    assert [each.get("text") or each["channel_id"] for each in row] == [
        "/papers subscribe ",
        "C1",
        " agents daily max:5",
    ]


@pytest.mark.parametrize(
    ("digest", "topics", "said", "unsaid"),
    [(True, [], "digest", "follows"), (False, ["agents"], "follows", "digest")],
)
def test_only_what_stopped_is_named(digest, topics, said, unsaid):
    text = stopped("C1", "something_new", digest=digest, topics=topics).text

    assert said in text
    assert unsaid not in text
    assert "Slack says something_new" in text


def test_of_many_topics_the_first_are_listed_and_the_others_counted():
    message = stopped("C1", "is_archived", digest=False, topics=["agents"] * (LISTED + 3))

    assert str(message.blocks).count(" agents") == LISTED
    assert "And 3 more." in str(message.blocks[-1])
