"""What people call their topics, and what changes when they follow one again."""

import pytest

from bot.services import alerts, subscriptions
from bot.services.subscriptions import NameTaken, UnknownSubscription
from tests.factories import NOW, a_paper


@pytest.fixture
def names(database):
    """What somebody's topics are called, oldest first."""

    def names(user: str = "U1") -> list[str]:
        mine = subscriptions.mine(database, "T1", user, NOW)
        return [each.wish.name for each in mine.subscriptions]

    return names


def test_a_name_stays_when_a_topic_is_followed_again_without_one(follow, names):
    follow("robots as:machines")
    follow("robots weekly")
    assert names() == ["machines"]
    follow("robots as:bots")

    assert names() == ["bots"]


def test_nobody_calls_two_topics_the_same_and_others_may(follow, names):
    follow("robots as:mine")
    with pytest.raises(NameTaken):
        follow("rag as:MINE")
    follow("rag as:mine", "U2")
    follow("robots as:Mine")  # the same topic

    assert (names(), names("U2")) == (["Mine"], ["mine"])


def test_two_who_press_at_once_do_not_share_one_name(database, follow, at_once, names):
    topics = iter(["robots", "rag", "agents", "nets"])

    def press() -> bool:
        try:
            return bool(follow(f"{next(topics)} as:mine"))
        except NameTaken:
            return False

    assert sorted(at_once(4, press)) == [False, False, False, True]
    assert names() == ["mine"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("machines", ["rag", ""]),
        (" MACHINES ", ["rag", ""]),
        ('"machines"', ["rag", ""]),
        ("machines, 3", ["rag"]),
        ("rag", ["machines", ""]),  # a name goes before the query of another
        ("robots", ["rag", ""]),
    ],
)
def test_a_topic_is_stopped_by_its_name(database, follow, names, said, left):
    for topic in ("robots as:machines", "agents as:rag", "rag"):
        follow(topic)
    subscriptions.unsubscribe(database, "T1", "U1", said, NOW)

    assert names() == left


def test_a_name_that_nobody_gave_is_unknown(database, follow):
    follow("robots")
    with pytest.raises(UnknownSubscription):
        subscriptions.unsubscribe(database, "T1", "U1", "machines", NOW)


def test_what_waits_for_monday_comes_now_when_its_reader_wants_it_now(
    database, follow, arrive, outbox
):
    follow("robots weekly")
    arrive(a_paper("2606.10001", "Robots that walk"))
    assert alerts.build_due(database, NOW) == 0
    follow("robots now")

    assert alerts.build_due(database, NOW) == 1
    assert len(outbox()) == 1
