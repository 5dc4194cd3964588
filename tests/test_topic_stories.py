"""From an alert: edit its topic, pause it, stop it; and why a paper came."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.blocks import modals
from tests.factories import a_batch, a_paper, papers
from tests.house import House, open_house, words
from tests.monday import FRIDAY, RAG, follow, to_monday
from tests.waiting import until

Json = dict[str, Any]


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    with open_house(tmp_path, {FRIDAY: a_batch(*papers(3, start=800))}, start_at=now) as opened:
        opened.tick()
        yield opened


@pytest.fixture
def alert(house: House) -> Json:
    follow(house, "ana", "rag max:3")
    to_monday(house, RAG)
    [found] = house.dms("ana")
    return found


def form_of(house: House) -> Json:
    found: Json = until(lambda: house.views("ana")["modals"])[-1]
    return found


def send(house: House, form: Json, **changed: str) -> Json:
    said = {"topic": "rag", "cadence": "now", "size": "3", "name": ""} | changed
    values = {name: {name: value} for name, value in said.items()}
    return house.door("submit", {"user": "ana", "view_id": form["id"], "values": values})


def filled(form: Json) -> dict[str, str]:
    return {
        block["block_id"]: block["element"].get("initial_value")
        or block["element"].get("initial_option", {}).get("value", "")
        for block in form["blocks"]
    }


def test_a_topic_is_paused_for_a_week_from_its_alert_and_nothing_is_lost(house, alert):
    answer = house.press("ana", alert, "Pause for a week", channel=house.dm_of("ana"))
    house.lists[date(2026, 6, 30)] = a_batch(
        a_paper("2606.10009", "More RAG"), day=date(2026, 6, 30)
    )
    house.clock(datetime(2026, 6, 30, 8, tzinfo=UTC))
    house.tick()
    assert len(house.dms("ana")) == 1
    house.clock(datetime(2026, 7, 6, 9, tzinfo=UTC))
    house.tick()

    assert "paused until Mon 6 Jul" in words(answer)
    assert answer["ephemeral"]
    assert "More RAG" in words(house.dms("ana")[0])


def test_a_topic_is_stopped_from_its_alert_and_undo_brings_it_back(house, alert):
    dm = house.dm_of("ana")
    stopped = house.press("ana", alert, "Unsubscribe", channel=dm)
    assert "no subscriptions" in words(house.type("ana", "list"))

    house.press("ana", stopped, "Undo", channel=dm)
    assert "1. rag" in words(house.type("ana", "list"))


def test_a_word_that_is_also_an_option_is_followed_in_quotes(house):
    refused = house.type("ana", "subscribe weekly")
    follow(house, "ana", '"weekly" daily')

    assert "Which topic?" in words(refused)
    assert refused["ephemeral"]
    assert '1. "weekly"' in words(house.type("ana", "list"))


def test_a_topic_is_edited_from_its_alert_in_a_form_that_is_filled_in(house, alert):
    house.click("ana", alert, "Edit", channel=house.dm_of("ana"))
    form = form_of(house)
    assert filled(form) == {
        "topic": "rag",
        "cadence": "now",
        "size": "3",
        "name": "",
        "versions": "",
    }

    done = send(house, form, topic="rag, retrieval", cadence="weekly", size="7", name="Reading")
    assert done["errors"] is None

    assert "You follow  rag OR retrieval  now." in words(form_of(house))
    listed = words(house.type("ana", "list"))
    assert "Reading" in listed
    assert "on Mondays at 09:00, 7 papers at most" in listed
    assert "You have 1 subscription" in listed


def test_what_is_wrong_with_an_edit_stands_under_its_input_and_nothing_changes(house, alert):
    follow(house, "ana", 'robots as:"Taken"')
    house.click("ana", alert, "Edit", channel=house.dm_of("ana"))
    form = form_of(house)

    assert set(send(house, form, topic="-survey")["errors"]) == {modals.TOPIC}
    assert set(send(house, form, name="taken")["errors"]) == {modals.NAME}
    assert set(send(house, form, name="12")["errors"]) == {modals.NAME}
    house.type("ana", "unsubscribe rag")
    assert "can't find that subscription" in send(house, form)["errors"][modals.TOPIC]
    assert "You have 1 subscription" in words(house.type("ana", "list"))


@pytest.mark.parametrize("way", ["Edit", "Pause for a week", "Unsubscribe"])
def test_the_menu_of_a_topic_that_is_gone_says_so(house, alert, way):
    house.type("ana", "unsubscribe all")
    answer = house.press("ana", alert, way, channel=house.dm_of("ana"))

    assert "can't find that subscription" in words(answer)
    assert answer["ephemeral"]


# -- why ------------------------------------------------------------------------------------------


def test_why_names_the_topic_that_brought_a_paper_and_the_words_that_matched(house, alert):
    follow(house, "ana", "less context")
    answer = house.type("ana", "why https://arxiv.org/abs/2606.10003")

    said = words(answer)
    assert answer["ephemeral"]
    assert "It was in the alert I sent you on Mon 29 Jun" in said
    assert "found “RAG” in the abstract." in said
    assert "These topics of yours match it too:" in said
    assert "found “less context” in the title." in said


def test_why_says_that_nothing_was_sent_and_tells_nobody_elses_topics(house, alert):
    said = words(house.type("ben", "why 2606.10003"))

    assert "I did not send you that paper." in said
    assert "None of your topics matches it." in said
    assert "rag" not in said.casefold().replace("2606", "")


@pytest.mark.parametrize(
    ("words_typed", "said"),
    [("why", "I need the paper's arXiv id"), ("why 2606.99999", "I don't have that paper")],
)
def test_why_needs_a_paper_that_is_known(house, words_typed, said):
    assert said in words(house.type("ana", words_typed))
