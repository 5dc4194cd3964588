"""Later versions and withdrawn papers, end to end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.paper import Batch
from bot.services import ingest
from tests.factories import a_batch, a_paper, papers
from tests.house import House, digests, open_house, words
from tests.waiting import until

FRIDAY = date(2026, 6, 26)
MINUTE = timedelta(minutes=1)
FIRST = a_paper("2606.10001", "Diffusion policies for dexterous hands", version=1)
SECOND = replace(FIRST, version=2, abstract="We found a mistake in the proof, and mended it.")


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    lists = {FRIDAY: a_batch(FIRST, *papers(5), votes=40)}
    with open_house(tmp_path, lists, start_at=now) as opened:
        opened.tick()
        yield opened


@pytest.fixture
def subscribe(house: House):
    def subscribe(user: str, topic: str) -> str:
        return words(house.press(user, house.type(user, f"subscribe {topic}"), "Subscribe"))

    return subscribe


@pytest.fixture
def replaced(house: House, now: datetime):
    """arXiv announces other versions, some minutes later."""

    def replaced(*later, minutes: int = 5) -> None:
        at = now + minutes * MINUTE
        house.clock(at)
        ingest.store(house.bot.database, Batch("arxiv", FRIDAY, (), revisions=later), at)
        house.tick()

    return replaced


def test_who_asks_for_revisions_reads_once_of_each_and_a_colleague_of_none(
    house, subscribe, replaced
):
    said = subscribe("ana", '"dexterous hands" revisions:on')
    subscribe("ben", '"dexterous hands"')
    assert "as soon as they appear, with later versions" in said
    assert "with later versions" in house.type("ana", "list")["text"]

    replaced(SECOND)
    replaced(replace(SECOND, comment="9 pages"), minutes=10)

    [message] = house.dms("ana")
    assert message["text"].startswith('1 new version on "dexterous hands"\nv2 of Diffusion')
    assert "v2 of " in words(message)
    assert house.dms("ben") == []


def test_the_preview_says_that_later_versions_come(house):
    tried = house.type("ana", "subscribe agents weekly revisions:on")

    assert "on Mondays, with later versions" in words(tried)


def test_a_wrong_switch_is_named_with_what_works(house):
    refused = house.type("ana", "subscribe agents revisions:maybe")

    assert "I can't take revisions:maybe" in refused["text"]
    assert "revisions:on" in refused["text"]


def test_the_form_turns_later_versions_on_and_off(house, subscribe):
    subscribe("ana", "agents revisions:on")
    house.door("open_home", {"user": "ana"})
    home = until(lambda: house.views("ana").get("home"))
    control = next(
        (block, option)
        for block in home["blocks"]
        for option in block.get("accessory", {}).get("options", [])
        if option["text"]["text"] == "Edit"
    )
    block, edit = control
    house.door(
        "click",
        {
            "user": "ana",
            "view_id": home["id"],
            "action_id": block["accessory"]["action_id"],
            "block_id": block["block_id"],
            "selected": edit["value"],
        },
    )
    [form] = until(lambda: house.views("ana")["modals"])
    [box] = [each for each in form["blocks"] if each["block_id"] == "versions"]
    assert box["element"]["initial_options"]

    house.door(
        "submit",
        {"user": "ana", "view_id": form["id"], "values": {"versions": {"versions": []}}},
    )

    assert "later versions" not in house.type("ana", "list")["text"]


def test_exported_topics_keep_asking_for_later_versions(house, subscribe):
    subscribe("ana", "agents daily revisions:on")

    assert "agents daily max:5 revisions:on" in words(house.type("ana", "export"))


# -- withdrawn ------------------------------------------------------------------------------------


@pytest.fixture
def withdrawn(house, replaced):
    """The first paper is taken back by its authors."""
    replaced(replace(SECOND, withdrawn=True, comment="This paper has been withdrawn."))


@pytest.mark.usefixtures("withdrawn")
@pytest.mark.parametrize(
    "said", ["today", "search dexterous hands", f"show {FIRST.id}", f"search {FIRST.id}"]
)
def test_a_withdrawn_paper_says_so_wherever_it_is_shown(house, said):
    answer = house.type("ana", said)

    assert "withdrawn" in words(answer)
    assert FIRST.title in words(answer)


@pytest.mark.usefixtures("withdrawn")
def test_its_abstract_and_the_saved_list_say_so_as_well(house):
    card = house.type("ana", f"search {FIRST.id}")
    house.click("ana", card, "Abstract")
    [modal] = until(lambda: house.views("ana")["modals"])
    house.type("ana", f"save {FIRST.id}")

    assert "withdrawn" in words(modal)
    assert "withdrawn" in words(house.type("ana", "saved"))


@pytest.mark.usefixtures("withdrawn")
def test_no_digest_shows_it_and_nobody_can_pick_it(house):
    house.type("ana", "digest now")
    house.tick()

    refused = house.type("ana", f"pick {FIRST.id}")

    [digest] = digests(house)
    assert FIRST.title not in words(digest)
    assert "was withdrawn" in refused["text"]


def test_nobody_is_told_of_a_paper_that_was_withdrawn_before(house, subscribe, now):
    subscribe("ana", "robots")
    gone = a_paper("2606.10009", "Robots of old", withdrawn=True)
    house.lists[FRIDAY] = a_batch(gone, FIRST, *papers(5), votes=40)
    house.clock(now + 15 * MINUTE)
    house.tick()

    assert house.dms("ana") == []
