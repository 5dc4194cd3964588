"""Announcements that are read tick by tick, and what is known and stored after each."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from bot.domain.announcements import Feed
from bot.services import announcements
from storage import announcements as stored
from storage import listings
from tests.announced import BOTH, DAY, HOUR, MIDNIGHT, MINUTE, THURSDAY, ArxivAsTold, some


@pytest.fixture
def arxiv() -> ArxivAsTold:
    return ArxivAsTold()


@pytest.fixture
def tick(database, arxiv):
    """One tick: what was asked."""

    def tick(now: datetime = MIDNIGHT + MINUTE, categories: Sequence[str] = BOTH) -> list[str]:
        arxiv.asked.clear()
        source = announcements.Source(arxiv.read_feed, arxiv.read_gap)
        announcements.read_due(database, source, categories, now)
        return list(arxiv.asked)

    return tick


@pytest.fixture
def standing(database):
    def standing(category: str = "cs.SD") -> tuple[date | None, bool]:
        with database.read() as session:
            [found] = stored.standings(session, [category])
        return found.day, found.is_late

    return standing


@pytest.fixture
def late(database):
    """The categories that a receipt calls late."""

    def late(now: datetime = MIDNIGHT + 8 * HOUR) -> tuple[str, ...]:
        with database.read() as session:
            found = announcements.source_read(session, now)
            assert found.late == announcements.late(session)
        return found.late

    return late


@pytest.fixture
def on(database):
    """The papers that arXiv's list of a day holds."""

    def on(day: date) -> list[str]:
        with database.read() as session:
            found = listings.of_days(session, day, day)
        return sorted(each.paper.id for each in found if each.source == "arxiv")

    return on


@pytest.fixture
def thursday(tick, arxiv):
    """Thursday's announcement was read; Friday's is still to come."""
    arxiv.feed = Feed(THURSDAY, (*some(1), *some(51, 10, "cs.HC")))
    tick(MIDNIGHT - DAY + MINUTE)
