"""Whoever changes zone has one daily message on every date, and a channel one digest."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.services import alerts, digests, editions, own_digest, personal_editions, settings
from storage.models import DeliveryRow
from tests.factories import a_paper
from tests.fakes import FakeWorkspace

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = datetime(2026, 6, 22, tzinfo=UTC)  # a Monday
DAYS = 6
ROUTES = [
    ("Pacific/Kiritimati", "Pacific/Midway"),  # the same hour of the day before
    ("Pacific/Midway", "Pacific/Kiritimati"),
    ("America/New_York", "Asia/Kolkata"),
    ("Asia/Tokyo", "America/New_York"),
]
LEAVES = [1, 10, 20]  # hours of a day in UTC


@pytest.fixture
def database(sqlite_database):
    """One is enough: the dates are the same on both, and there are many."""
    return sqlite_database


@pytest.fixture
def travel(database, arrive):
    """Live hour by hour, and move on the third day; the local dates of what came."""

    def travel(leaves: int, there: str, move, tick) -> list[date]:
        for number in range(DAYS * 24):
            now = START + number * HOUR
            if number % 6 == 0:
                arrive(a_paper(f"2607.{number:05d}", "A paper"), now=now, day=now.date())
            if number == 48 + leaves:
                move(now)
            tick(now)
        with database.read() as session:
            came = session.scalars(select(DeliveryRow.due_at).order_by(DeliveryRow.due_at))
            return [each.astimezone(ZoneInfo(there)).date() for each in came]

    return travel


@pytest.mark.parametrize(("here", "there"), ROUTES)
@pytest.mark.parametrize("leaves", LEAVES)
def test_a_person_has_one_message_on_every_date_from_the_move_on(
    database, follow, travel, here, there, leaves
):
    follow("paper daily", zone=here, now=START)

    dates = travel(
        leaves,
        there,
        lambda now: settings.change(database, "T1", "U1", f"zone {there}", None, now),
        lambda now: alerts.build_due(database, now),
    )

    assert len(dates) == len(set(dates))
    assert from_the_move_on(dates, leaves, there) == dates_from(leaves, there)


@pytest.mark.parametrize(("here", "there"), ROUTES)
@pytest.mark.parametrize("leaves", LEAVES)
def test_a_channel_has_one_digest_on_every_workday_from_the_move_on(
    database, travel, here, there, leaves
):
    zone = ZoneInfo(here)
    digests.turn_on(database, "T1", "C1", by="U1", zone=zone, now=START - DAY)
    nine = digests.settings(database, "T1", "C1").schedule.at

    dates = travel(
        leaves,
        there,
        lambda now: digests.move(
            database,
            "T1",
            "C1",
            at=nine,
            zone=ZoneInfo(there),
            fallback=zone,
            by="U1",
            now=now,
        ),
        lambda now: editions.make_due(database, now),
    )

    assert len(dates) == len(set(dates))
    assert from_the_move_on(dates, leaves, there) == dates_from(leaves, there)


@pytest.mark.parametrize(("here", "there"), ROUTES)
def test_a_person_has_one_digest_on_every_workday_from_the_move_on(database, travel, here, there):
    own_digest.turn_on(database, "T1", "U1", zone=ZoneInfo(here), now=START - DAY)
    leaves, slack = LEAVES[1], {"T1": FakeWorkspace()}

    dates = travel(
        leaves,
        there,
        lambda now: settings.change(database, "T1", "U1", f"zone {there}", None, now),
        lambda now: personal_editions.make_due(database, slack, now),
    )

    assert len(dates) == len(set(dates))
    assert from_the_move_on(dates, leaves, there) == dates_from(leaves, there)


def moved_on(leaves: int, there: str) -> date:
    return (START + (48 + leaves) * HOUR).astimezone(ZoneInfo(there)).date()


def dates_from(leaves: int, there: str) -> list[date]:
    """The date of the move and the one after it: Wednesday to Friday, as it is there."""
    return [moved_on(leaves, there) + number * DAY for number in range(2)]


def from_the_move_on(dates: list[date], leaves: int, there: str) -> list[date]:
    return [each for each in dates if each >= moved_on(leaves, there)][:2]
