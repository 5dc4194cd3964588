"""A digest of one's own, as its one reader sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks import digest, looks, own_digest
from bot.blocks.digest_terms import state, topics_echo
from bot.domain.digest import Look, Receipt
from bot.domain.reader import FOREVER
from tests.bot.blocks.anything import HOURS, read_aloud
from tests.factories import NOW, a_channel, a_listing, an_edition

MINE = a_channel(channel_id="U1", next_due_at=NOW + timedelta(days=3), change=4)
EDITION = an_edition(audience="U1")
LISTINGS = [a_listing()]


def exits(message) -> list[str]:
    """The choices of the menu below it."""
    return [
        option["text"]["text"]
        for block in message.blocks
        for option in block.get("accessory", {}).get("options", [])
    ]


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("listings", [LISTINGS, []], ids=["papers", "none"])
def test_each_carries_its_ways_out_and_a_channels_does_not(look, listings):
    mine = looks.shown(look, EDITION, listings)
    channels = looks.shown(look, an_edition(), listings)

    assert exits(mine)[-3:] == ["Settings", "Pause for a week", "Turn it off"]
    assert "Turn it off" not in exits(channels)


def test_cards_that_are_refused_carry_them_too():
    cards = looks.cards(EDITION, LISTINGS)

    assert exits(replace(cards, blocks=cards.plainer))[-1] == "Turn it off"


@pytest.mark.parametrize("look", [Look.COMPACT, Look.THREADS])
def test_it_is_shared_with_a_channel_that_is_named(look):
    made = {
        Look.COMPACT: lambda: digest.digest(EDITION, LISTINGS),
        Look.THREADS: lambda: looks.reply(EDITION, LISTINGS[0], "1.1"),
    }[look]()
    said = str(list(made.blocks))

    assert "Share in a channel" in said
    assert "Share in this channel" not in said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "5 papers at 09:00 (Europe/Berlin), Monday to Friday. The next one comes on Mon 29"),
        ({"next_due_at": None}, "It is off; `/papers digest me on` turns it on."),
        ({"paused_until": FOREVER}, "It is paused until you resume it."),
        ({"topics": "robots"}, "those on `robots` first."),
        ({"topics": "robots", "only_topics": True}, "only those on `robots`."),
        (
            {"look": Look.CARDS, "refused_look": Look.CARDS},
            "Slack refused cards here, so it comes compact; `/papers digest me look cards` tries",
        ),
    ],
)
def test_its_state_says_what_is_set_and_what_comes_next(fields, said):
    assert said in state(replace(MINE, **fields))


def test_a_look_that_was_set_since_is_not_the_one_that_was_refused():
    digest = replace(MINE, look=Look.THREADS, refused_look=Look.CARDS)

    assert "refused" not in state(digest)
    assert digest.shown_look is Look.THREADS


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "on no topic in particular"),
        ({"topics": "robots"}, "papers on it come first, others follow."),
        ({"topics": "robots", "only_topics": True}, "and show nothing else."),
    ],
)
def test_an_echo_says_which_of_the_two_topics_are(fields, said):
    assert said in topics_echo(replace(MINE, **fields))
    assert said in topics_echo(a_channel(**fields))


def test_a_quiet_day_of_topics_names_them_and_says_what_else_came():
    receipt = Receipt(0, (), off_topic=31)
    quiet = digest.digest(an_edition(picks=(), receipt=receipt, only="robots"), [])

    said = read_aloud(quiet.blocks)
    assert "Nothing on robots today. 31 papers came in: 31 on other topics." in said
    assert "Nothing on robots today." in quiet.text


def test_days_away_may_have_been_a_pause():
    covers = EDITION.local_date - timedelta(days=2)
    made = digest.digest(replace(EDITION, covers_from=covers), LISTINGS)

    assert "since your last one" in read_aloud(made.blocks)
    assert "while I was away" not in read_aloud(made.blocks)


def test_without_one_its_settings_say_what_it_would_bring():
    said = read_aloud(own_digest.settings(None, None, HOURS).blocks)

    assert "You have no digest of your own." in said
    assert "without what a channel of yours has shown you" in said


def test_a_change_carries_its_undo_by_number():
    blocks = own_digest.changed(MINE).blocks

    assert '"value": "4"' in str(blocks).replace("'", '"')
