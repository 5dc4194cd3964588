"""What happens around the bot: somebody adds it to a channel."""

import pytest

from bot.domain.delivery import State
from bot.services.status import status
from tests.house import House, words


def bot(house: House) -> str:
    return str(house.state()["bot"]["user_id"])


def owed(house: House) -> dict[State, int]:
    bot = house.bot
    return status(bot.database, house.state()["team"]["id"], now=bot.now()).owed


@pytest.mark.parametrize("channel", ["general", "reviews"], ids=["public", "private"])
def test_a_channel_that_adds_the_bot_is_told_what_will_come_and_how_to_change_it(
    house, until, channel
):
    house.door("invite", {"channel": channel, "user": bot(house)})
    until(lambda: owed(house))
    house.tick()

    [welcome] = house.sees("ana", channel)
    assert "Nothing comes until somebody wants it" in words(welcome)
    assert not welcome.get("ephemeral")


def test_nobody_is_welcomed_when_somebody_else_joins(house, until):
    house.door("invite", {"channel": "reviews", "user": "mei"})
    house.door("invite", {"channel": "general", "user": bot(house)})
    until(lambda: owed(house))
    house.tick()

    assert house.sees("ana", "reviews") == []
    assert house.sees("ana", "papers") == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Turn the digest on", "set the daily digest here"),
        ("What else can you do?", "What I can do"),
    ],
)
def test_the_ways_on_from_the_welcome_work_for_anybody(house, until, label, said):
    house.door("invite", {"channel": "general", "user": bot(house)})
    until(lambda: owed(house))
    house.tick()
    [welcome] = house.sees("ben", "general")

    assert said in words(house.press("ben", welcome, label, channel="general"))
    assert welcome in house.sees("ben", "general")
