"""A person looks for papers like one, and searches by meaning, in the sandbox."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import app, embedding
from tests import house as houses
from tests.factories import a_batch, a_paper
from tests.house import House, open_house, words
from tests.meanings import Ideas

FRIDAY = date(2026, 6, 26)
HANDS = a_paper("2606.10001", "Diffusion policies for dexterous hands")
MUGS = a_paper("2606.10002", "Dexterous hands hold mugs")
RICE = a_paper("2606.10003", "Tracks on tracks", abstract="On tracks of rice, cooking.")
CARS = a_paper("2606.10004", "Automobile tracks", abstract="We look at driving.")
LATE = a_paper("2606.10005", "Anything else", abstract="It was late, and nobody made tracks.")


@pytest.fixture(params=["socket", "http"])
def house(request, tmp_path: Path, now) -> Iterator[House]:
    lists = {FRIDAY: a_batch(HANDS, MUGS, RICE, CARS, LATE)}
    with open_house(tmp_path, lists, start_at=now, transport=request.param) as opened:
        opened.tick()
        yield opened


def test_somebody_asks_for_papers_like_one_and_shares_what_they_find(house):
    answer = house.type("ana", f"similar https://arxiv.org/abs/{HANDS.id}")

    assert answer["ephemeral"]
    assert "Similar to" in words(answer)
    assert MUGS.title in words(answer)
    assert RICE.title not in words(answer)
    shared = house.press("ana", answer, "Share")
    assert shared["ts"] in {each["ts"] for each in house.sees("ben")}
    assert MUGS.title in words(shared)


def test_somebody_who_names_no_paper_is_told_what_to_type(house):
    assert "/papers similar 2606.27377" in words(house.type("ana", "similar"))


def test_a_paper_that_is_not_known_is_said_in_words(house):
    assert "I don't have that paper" in words(house.type("ana", "similar 2606.99999"))


def test_help_knows_the_command(house):
    assert "finds papers like one" in words(house.type("ana", "help similar"))


def test_once_vectors_are_made_a_search_ranks_by_meaning_too(tmp_path, now, monkeypatch):
    ideas = Ideas(ready=False)
    monkeypatch.setattr(app, "open_embedding", lambda settings: ideas)
    lists = {FRIDAY: a_batch(RICE, CARS, LATE)}
    with open_house(tmp_path, lists, start_at=now) as house:
        house.bot.read_sources()
        before = words(house.type("ana", "search vehicles tracks"))
        house.tick()  # the model loads, and vectors are made
        house.tick()
        after = words(house.type("ana", "search vehicles tracks"))

    assert before.index(RICE.title) < before.index(CARS.title)
    assert after.index(CARS.title) < after.index(RICE.title)


def test_a_model_that_cannot_be_had_leaves_search_by_words(tmp_path, now, monkeypatch, caplog):
    plain = houses.settings
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    monkeypatch.setattr(
        houses,
        "settings",
        lambda *where: plain(*where).model_copy(update={"embedding_model": "any/model"}),
    )
    with open_house(tmp_path, {FRIDAY: a_batch(CARS)}, start_at=now) as house:
        house.tick()
        answer = words(house.type("ana", "search automobile"))

    assert CARS.title in answer
    assert "PAPERS_EMBEDDING_MODEL" in caplog.text
