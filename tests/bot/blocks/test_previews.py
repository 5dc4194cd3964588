"""A topic tried out: what it would have sent, said and offered."""

import json

import pytest
from hypothesis import given

from bot.blocks import previews
from bot.domain.backtest import Offer, Preview, Volume
from bot.domain.subscription import Cadence, Wish
from tests.bot.blocks.anything import read_aloud, values, wishes
from tests.factories import a_listing, papers

AGENTS = Wish("agents")
NOTES = Wish("rag", Cadence.WEEKLY, 3, "notes")


def tried(volume: Volume, wish: Wish = AGENTS, **more: object) -> Preview:
    examples = tuple(a_listing(paper) for paper in papers(min(volume.papers, 3)))
    return Preview(wish, volume, examples, **more)


@pytest.mark.parametrize(
    ("volume", "line"),
    [
        (Volume(0), "It would have sent nothing in the last 30 days."),
        (Volume(1), "It would have sent 1 paper in the last 30 days."),
        (Volume(3, days=9), "It would have sent 3 papers in the last 9 days, about 2 a week."),
        (
            Volume(14, (2, 5, 3, 4)),
            "It would have sent 14 papers in the last 30 days, about 3 a week "
            "(week by week: 4, 3, 5, 2).",
        ),
        (
            Volume(9_000, (), is_exact=False),
            "It would have sent about 9,000 papers in the last 30 days, about 300 a day.",
        ),
    ],
)
def test_a_preview_says_what_would_have_come(volume, line):
    message = previews.personal(tried(volume))

    assert line in read_aloud(message.blocks)
    assert message.text.startswith("I read this as agents.")
    assert line in message.text


@given(wish=wishes)
def test_the_wish_travels_in_the_button_and_comes_back_the_same(wish):
    [carried] = values(previews.personal(tried(Volume(3), wish)).blocks, "subscribe")

    back = json.loads(carried)
    terms = Cadence(back["when"]), back["size"], back.get("name", ""), "revisions" in back
    assert Wish(back["q"], *terms) == wish


@pytest.mark.parametrize(("known", "label"), [(False, "Subscribe"), (True, "Update")])
def test_a_preview_for_a_channel_carries_the_channel_and_the_whole_wish(known, label):
    message = previews.for_channel("C1", tried(Volume(14), NOTES, known=known))
    [carried] = values(message.blocks, "follow_in_channel")

    fields = {"channel": "C1", "q": "rag", "when": "weekly", "size": 3, "name": "notes"}
    assert json.loads(carried) == fields
    assert label in read_aloud(message.blocks)


def test_a_preview_of_a_known_topic_offers_to_update_it():
    said = read_aloud(previews.personal(tried(Volume(3), known=True)).blocks)

    assert "You follow this already." in said
    assert "Update" in said


def test_a_size_is_named_where_it_is_not_the_usual_one():
    wish = Wish("agents", Cadence.WEEKLY, 1)

    said = read_aloud(previews.personal(tried(Volume(0), wish)).blocks)

    assert "on Mondays, 1 paper at most" in said


def test_what_nobody_can_read_is_said_to_be_too_much():
    assert "more than 5 papers a day" in previews.personal(tried(Volume(151))).text
    assert "more than 5 papers a day" not in previews.personal(tried(Volume(150))).text


def test_topics_beside_it_are_offered_with_what_they_would_have_sent():
    narrower = Offer(Wish("web agents", Cadence.WEEKLY), Volume(4))
    broader = Offer(Wish("agent"), Volume(90, (), is_exact=False))

    message = previews.personal(tried(Volume(30), narrower=narrower, broader=broader))

    assert "Narrower: web agents, 4 papers" in message.text
    assert "Broader: agent, about 90 papers" in message.text
    [carried] = values(message.blocks, "try_narrower")
    assert json.loads(carried) == {"q": "web agents", "when": "weekly", "size": 5}


def test_a_word_that_no_paper_has_is_named_and_the_nearest_offered():
    corrected = Offer(Wish("diffusion"), Volume(12))
    wish = Wish("difusion")

    message = previews.personal(tried(Volume(0), wish, unknown=("difusion",), corrected=corrected))

    assert "No paper here has difusion." in message.text
    assert "Did you mean: diffusion, 12 papers" in message.text
    assert values(message.blocks, "try_did_you_mean")


@pytest.mark.parametrize(
    ("muted", "line"),
    [(1, "1 more matches it that you mute."), (2, "2 more match it that you mute.")],
)
def test_a_preview_says_how_much_its_reader_mutes(muted, line):
    message = previews.personal(tried(Volume(3), muted=muted))

    assert line in read_aloud(message.blocks)
    assert line in message.text
