"""The bot over Socket Mode, as it listens in `papers run`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.factories import a_batch, papers
from tests.house import House, open_house, words
from tests.monday import FRIDAY


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> Iterator[House]:
    with open_house(tmp_path, {FRIDAY: a_batch(*papers(3))}, start_at=now) as opened:
        opened.tick()
        yield opened


@pytest.mark.parametrize("size", [100_000, 1_000_000, 1_200_000, 3_000_000])
def test_a_command_as_long_as_a_book_gets_its_sentence_and_the_connection_stays(
    house, size, caplog
):
    answer = house.type("ana", "subscribe " + "x" * size)

    assert answer["ephemeral"]
    assert "more than 200 characters" in words(answer)
    assert "Paper number 1" in words(house.type("ana", "today"))
    assert not [each for each in caplog.records if "RecursionError" in each.getMessage()]
