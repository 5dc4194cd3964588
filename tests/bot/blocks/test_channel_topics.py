"""What a channel follows: in private lists and previews, and in what everybody there reads."""

import json
from dataclasses import replace

import pytest

from bot.blocks import channel_topics
from bot.domain.subscription import Cadence, Subscription, Wish
from tests.bot.blocks.anything import NOW, objects, read_aloud, values

RAG = Wish("rag", Cadence.WEEKLY, 3, "notes")


def following(count):
    return [
        Subscription(n, "T1", "C1", Wish(f"topic {n}"), NOW, created_by=f"U{n}")
        for n in range(1, count + 1)
    ]


def named_people(message):
    found = objects(list(message.blocks))
    return [each["user_id"] for each in found if each.get("type") == "user"]


def test_a_list_numbers_topics_and_names_who_wanted_each():
    message = channel_topics.topics("C1", following(12))

    assert named_people(message) == [f"U{n}" for n in range(1, 11)]
    assert "10. topic 10: as soon as they appear" in message.text
    assert "topic 11" not in message.text
    [more] = values(message.blocks, "list_channel_more")
    assert json.loads(more) == {"channel": "C1", "start": 10}


def test_a_page_that_is_gone_shows_the_first_one():
    assert channel_topics.topics("C1", following(3), 10).text.count("topic") > 3


def test_a_topics_name_is_shown_in_the_list():
    [topic] = following(1)

    message = channel_topics.topics("C1", [replace(topic, wish=RAG)])

    assert "notes : rag" in " ".join(read_aloud(message.blocks).split())


@pytest.mark.parametrize(
    ("before", "action"),
    [(None, "leave_in_channel"), (Wish("topic 1", Cadence.DAILY), "follow_in_channel")],
)
def test_undo_goes_back_to_what_was_before(before, action):
    topics = following(1)
    message = channel_topics.followed(topics[0], before, topics)

    assert len(values(message.blocks, action)) == 1


def test_where_nothing_changed_there_is_nothing_to_undo():
    topics = following(1)
    message = channel_topics.followed(topics[0], topics[0].wish, topics)

    assert "Undo" not in read_aloud(message.blocks)


@pytest.mark.parametrize(
    ("did", "count", "said"),
    [
        ("follows", 1, "<@U1> has this channel follow a topic now:\n• rag on Mondays, 3 papers"),
        ("changed", 1, "<@U1> changed a topic of this channel:\n• rag on Mondays, 3 papers"),
        ("left", 1, "<@U1> stopped a topic of this channel:\n• rag"),
        ("left", 3, "<@U1> stopped 3 topics of this channel:\n• rag\n• rag\n• rag"),
    ],
)
def test_an_announcement_says_who_did_what(did, count, said):
    message = channel_topics.announcement("U1", did, [RAG] * count)

    assert message.text.startswith(said)
    assert named_people(message) == ["U1"]


def test_an_announcement_of_very_many_topics_counts_those_it_does_not_name():
    message = channel_topics.announcement("U1", "left", [RAG] * 400)

    assert "and 390 more" in read_aloud(message.blocks)
