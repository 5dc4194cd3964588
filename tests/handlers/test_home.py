"""The Home tab: opened, a topic followed in a form, a topic left."""

from typing import Any

import pytest

from bot.blocks import modals
from tests.house import House, words

Json = dict[str, Any]


def home(house: House, user: str = "ana") -> Json:
    return house.views(user)["home"] or {}


@pytest.fixture
def at_home(house, until):
    """Somebody opens their Home tab; what it says then."""

    def at_home(user: str = "ana") -> str:
        house.door("open_home", {"user": user})
        return words(until(lambda: home(house, user)))

    return at_home


@pytest.fixture
def form(house, at_home, until) -> Json:
    """Ana presses *Follow a topic*; the form."""
    at_home()
    view = home(house)
    house.door("click", {"user": "ana", "view_id": view["id"], "action_id": "open_follow_topic"})
    opened: Json = until(lambda: house.views("ana")["modals"])[0]
    return opened


@pytest.fixture
def send(house, form):
    """Ana sends the form."""

    def send(topic: str, cadence: str = "now") -> Json:
        values = {
            modals.TOPIC: {modals.TOPIC: topic},
            modals.CADENCE: {modals.CADENCE: cadence},
        }
        return house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})

    return send


def test_a_first_visit_invites_to_follow_a_topic_and_shows_the_days_best(at_home):
    said = at_home()

    assert "You follow no topic yet" in said
    assert "No channel has a digest yet" in said
    assert "Diffusion policies for dexterous hands" in said


def test_topics_and_the_channels_digests_stand_there(house, follow, at_home):
    follow("ana", "rag weekly")
    house.type("ben", "digest on")
    said = at_home()

    assert "rag\non Mondays at 09:00" in said
    assert "Next digest in" in said


def test_a_topic_is_followed_from_a_form_and_the_tab_shows_it(house, send, until):
    assert send("rag", "daily")["errors"] is None

    until(lambda: "rag\nonce a day at 09:00" in words(home(house)))
    assert house.views("ana")["modals"] == []
    assert "1. rag: once a day at 09:00" in words(house.type("ana", "list"))


def test_the_form_offers_every_cadence(form):
    said = words(form)

    for cadence in ("As soon as they appear", "Once a day at 09:00", "On Mondays at 09:00"):
        assert cadence in said


@pytest.mark.parametrize("topic", ['"', "-survey", "()", "   "])
def test_what_is_wrong_with_a_topic_stands_under_its_input(house, send, topic):
    errors = send(topic)["errors"]

    assert set(errors) == {modals.TOPIC}
    assert errors[modals.TOPIC].strip()
    assert "`" not in errors[modals.TOPIC]
    assert len(house.views("ana")["modals"]) == 1
    assert "no subscriptions" in words(house.type("ana", "list"))


def test_a_topic_with_curly_quotes_is_read_as_one_with_straight_ones(house, send):
    assert send("“test-time compute”")["errors"] is None

    assert '"test time compute"' in words(house.type("ana", "list"))


def test_a_topic_is_left_from_the_tab(house, follow, at_home, until):
    follow("ana", "rag")
    follow("ana", "robots")
    at_home()
    menu = next(each for each in home(house)["blocks"] if "rag" in words({"blocks": [each]}))
    pressed = {
        "user": "ana",
        "view_id": home(house)["id"],
        "block_id": menu["block_id"],
        "action_id": "leave_topic_at_home",
        "selected": menu["accessory"]["options"][0]["value"],
    }
    house.door("click", pressed)

    until(lambda: "rag" not in words(home(house)))
    assert "robots" in words(home(house))


def test_a_topic_that_was_left_before_only_refreshes_the_tab(house, follow, at_home, until):
    follow("ana", "rag")
    at_home()
    view = home(house)
    house.type("ana", "unsubscribe all")
    house.door(
        "click",
        {
            "user": "ana",
            "view_id": view["id"],
            "action_id": "leave_topic_at_home",
            "selected": _only_choice(view),
        },
    )

    until(lambda: "You follow no topic yet" in words(home(house)))


def test_an_abstract_opens_from_the_tab(house, at_home, until):
    at_home()
    pressed = {"user": "ana", "view_id": home(house)["id"], "action_id": "open_abstract"}
    house.door("click", pressed | {"value": "2606.10001"})

    assert "We train small nets" in words(until(lambda: house.views("ana")["modals"])[0])


def test_everybody_has_a_tab_of_their_own(follow, at_home):
    follow("ana", "secret topic")

    assert "secret topic" in at_home("ana")
    assert "secret topic" not in at_home("ben")


def _only_choice(view: Json) -> str:
    [value] = [
        each["accessory"]["options"][0]["value"]
        for each in view["blocks"]
        if each.get("accessory", {}).get("action_id") == "leave_topic_at_home"
    ]
    return str(value)
