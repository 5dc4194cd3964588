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

    def send(topic: str, cadence: str = "now", size: str = "5", name: str = "") -> Json:
        values = {
            modals.TOPIC: {modals.TOPIC: topic},
            modals.CADENCE: {modals.CADENCE: cadence},
            modals.SIZE: {modals.SIZE: size},
            modals.NAME: {modals.NAME: name},
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
    [shown] = house.views("ana")["modals"]
    assert "You follow  rag  now." in words(shown)
    assert "Times are in Europe/Lisbon" in words(shown)
    assert "1. rag: once a day at 09:00" in words(house.type("ana", "list"))


def test_a_topic_has_the_size_and_the_name_of_the_form(house, send, until):
    assert send("rag", size="2", name="Mine")["errors"] is None

    until(lambda: "Mine: rag" in words(home(house)))
    listed = words(house.type("ana", "list"))
    assert "Mine" in listed
    assert "2 papers at most" in listed


def test_options_behind_the_topic_count_as_in_a_command(house, send, until):
    assert send('rag weekly max:3 as:"Mine"')["errors"] is None

    until(lambda: "Mine: rag" in words(home(house)))
    listed = words(house.type("ana", "list"))
    assert "on Mondays at 09:00, 3 papers at most" in listed
    assert "Mine" in listed


def test_a_name_that_is_taken_is_refused_under_its_input(house, follow, send):
    follow("ana", 'agents as:"Mine"')

    assert set(send("rag", name="mine")["errors"]) == {modals.NAME}
    assert "You have 1 subscription" in words(house.type("ana", "list"))


def test_the_form_offers_every_cadence(form):
    said = words(form)

    for cadence in ("As soon as they appear", "Once a day", "On Mondays"):
        assert cadence in said


@pytest.mark.parametrize("topic", ['"', "-survey", "()", "   "])
def test_what_is_wrong_with_a_topic_stands_under_its_input(house, send, topic):
    errors = send(topic)["errors"]

    assert set(errors) == {modals.TOPIC}
    assert errors[modals.TOPIC].strip()
    assert "`" not in errors[modals.TOPIC]
    assert len(house.views("ana")["modals"]) == 1
    assert "no subscriptions" in words(house.type("ana", "list"))


def test_a_topic_with_curly_quotes_is_read_as_one_with_straight_ones(house, send, until):
    assert send("“test-time compute”")["errors"] is None

    until(lambda: '"test time compute"' in words(home(house)))


@pytest.fixture
def choose(house):
    """Ana chooses in the menu beside a topic on her tab as it stands, or stood."""

    def choose(topic: str, way: str, view: Json | None = None) -> None:
        view = view or home(house)
        beside = next(each for each in view["blocks"] if topic in words({"blocks": [each]}))
        options = beside["accessory"]["options"]
        house.door(
            "click",
            {
                "user": "ana",
                "view_id": view["id"],
                "block_id": beside["block_id"],
                "action_id": "topic_menu_at_home",
                "selected": next(e["value"] for e in options if e["text"]["text"] == way),
            },
        )

    return choose


def test_a_topic_is_left_from_the_tab(house, follow, at_home, choose, until):
    follow("ana", "rag")
    follow("ana", "robots")
    at_home()
    choose("rag", "Unsubscribe")

    until(lambda: "rag" not in words(home(house)))
    assert "robots" in words(home(house))


def test_a_topic_is_paused_for_a_week_from_the_tab(house, follow, at_home, choose, until):
    follow("ana", "rag")
    at_home()
    choose("rag", "Pause for a week")

    until(lambda: "paused until Fri 3 Jul" in words(home(house)))


def test_a_topic_is_edited_from_the_tab_in_a_form_that_is_filled_in(
    house, follow, at_home, choose, until
):
    follow("ana", 'rag weekly as:"Mine"')
    at_home()
    choose("rag", "Edit")
    form = until(lambda: house.views("ana")["modals"])[0]
    assert [
        each["element"].get("initial_value") or each["element"]["initial_option"]["value"]
        for each in form["blocks"]
        if each["block_id"] != modals.VERSIONS
    ] == ["rag", "weekly", "5", "Mine"]

    changed = {modals.TOPIC: {modals.TOPIC: "agents"}}
    house.door("submit", {"user": "ana", "view_id": form["id"], "values": changed})

    until(lambda: "Mine: agents\non Mondays at 09:00" in words(home(house)))
    assert "rag" not in words(home(house))


@pytest.mark.parametrize("way", ["Edit", "Pause for a week", "Unsubscribe"])
def test_a_topic_that_was_left_before_only_refreshes_the_tab(
    house, follow, at_home, choose, until, way
):
    follow("ana", "rag")
    at_home()
    view = home(house)
    house.type("ana", "unsubscribe all")
    choose("rag", way, view)

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
