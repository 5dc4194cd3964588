"""A house on a Friday morning: the day's list is in, and people sit in front of Slack."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.paper import Batch
from tests import waiting
from tests.factories import a_batch, a_paper, papers
from tests.house import House, open_house

THURSDAY, FRIDAY = date(2026, 6, 25), date(2026, 6, 26)


@pytest.fixture
def lists() -> dict[date, Batch]:
    policy = a_paper("2606.10001", "Diffusion policies for dexterous hands")
    return {
        THURSDAY: a_batch(*papers(3, start=50), day=THURSDAY),
        FRIDAY: a_batch(policy, *papers(7), votes=40),
    }


@pytest.fixture
def house(tmp_path: Path, lists: dict[date, Batch], now: datetime) -> Iterator[House]:
    with open_house(tmp_path, lists, start_at=now) as opened:
        opened.tick()
        yield opened


@pytest.fixture
def until() -> Callable[..., Any]:
    return waiting.until


@pytest.fixture
def follow(house: House) -> Callable[[str, str], dict[str, Any]]:
    """Somebody subscribes to a topic and presses the button; the answer."""

    def follow(user: str, topic: str) -> dict[str, Any]:
        return house.press(user, house.type(user, f"subscribe {topic}"), "Subscribe")

    return follow
