"""Every local date has one digest and one daily message, also where the clock changes.

The clock is moved from one event to the next, and what the ticker calls is called each time: for
every half hour of a day at once, over each change of the clock of two years.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.domain.calendar import instant, next_due
from bot.domain.digest import DAILY, Schedule
from bot.domain.matching import atoms
from bot.domain.query import parse_subscription
from bot.domain.spread import LARGEST_CROWD, WIDEST
from bot.domain.subscription import read_wish
from bot.services import alerts, editions, ingest, personal_editions
from storage import digests, readers, subscriptions
from storage.database import Database
from storage.models import DeliveryRow, DigestRow, EditionRow, SubscriptionRow
from tests.factories import a_batch, a_channel, a_paper
from tests.fakes import FakeWorkspace

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
NUMBERS = count(1)
EVERY_DAY = frozenset(range(7))
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
PEOPLES = HALF_HOURS[::5]  # for their own digests, which fall due as those of channels do
ZONES = {
    "America/New_York": 4,
    "Africa/Cairo": 4,  # at midnight
    "Australia/Lord_Howe": 4,  # by half an hour
    "Europe/Berlin": 4,
    "Pacific/Apia": 0,
    "Asia/Kolkata": 0,
    "UTC": 0,
}


def changes(zone: ZoneInfo) -> list[date]:
    """The dates of two years on which a zone's clock changes."""
    days = [date(2026, 1, 1) + number * DAY for number in range(730)]
    return [
        day
        for day in days
        if instant(day, time(12), zone) - instant(day - DAY, time(12), zone) != DAY
    ]


WINDOWS = [
    pytest.param(ZoneInfo(name), day, id=f"{name} {day}")
    for name in ZONES
    for day in changes(ZoneInfo(name)) or [date(2026, 6, 27)]
]


@pytest.fixture
def quick(sqlite_database: Database) -> Database:
    """A database that may forget: nothing is killed here."""
    with sqlite_database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
    return sqlite_database


@pytest.mark.parametrize("name", ZONES)
def test_the_years_looked_at_have_every_change(name):
    assert len(changes(ZoneInfo(name))) == ZONES[name]


@pytest.mark.parametrize(("zone", "day"), WINDOWS)
def test_every_half_hour_gives_one_digest_for_each_date(quick, zone, day):
    begin, dates = instant(day - DAY, time.min, zone) - MINUTE, around(day)
    with quick.begin() as session:
        for at in HALF_HOURS:
            schedule = Schedule(at, zone, EVERY_DAY)
            due = next_due(schedule, begin)
            name = f"C{at:%H%M}"
            digests.save(session, a_channel("T1", name, schedule=schedule, next_due_at=due))
        for at in PEOPLES:
            schedule = Schedule(at, zone, EVERY_DAY)
            due = next_due(schedule, begin)
            mine = a_channel("T1", f"U{at:%H%M}", schedule=schedule, next_due_at=due)
            digests.save(session, mine)

    slack = {"T1": FakeWorkspace()}
    for due_at in events(quick, DigestRow.next_due_at, instant(day + 2 * DAY, time.min, zone)):
        now = due_at + editions.PATIENCE + MINUTE
        made = editions.make_due(quick, now) + personal_editions.make_due(quick, slack, now)
        assert made > 0

    with quick.read() as session:
        rows = session.execute(select(EditionRow.audience, EditionRow.local_date, EditionRow.slot))
        made = Counter(tuple(row) for row in rows)
    names = [*(f"C{at:%H%M}" for at in HALF_HOURS), *(f"U{at:%H%M}" for at in PEOPLES)]
    assert made == {(name, each, DAILY): 1 for name in names for each in dates}


@pytest.mark.parametrize(("zone", "day"), WINDOWS)
def test_every_half_hour_gives_one_daily_message_for_each_date(quick, zone, day, monkeypatch):
    monkeypatch.setattr(readers, "count", lambda *_, **__: LARGEST_CROWD)  # so they are spread
    begin, dates = instant(day - DAY, time.min, zone) - MINUTE, around(day)
    follow(quick, zone)
    arrive(quick, begin)

    moments = events(quick, SubscriptionRow.due_at, until=instant(day + 2 * DAY, time.min, zone))
    for number, now in enumerate(moments):
        assert alerts.build_due(quick, now) > 0
        if number % 12 == 0:  # every six hours: nobody's next hour is so near
            arrive(quick, now)

    with quick.read() as session:
        rows = session.execute(select(DeliveryRow.audience, DeliveryRow.due_at))
        told = [(audience, due.astimezone(zone)) for audience, due in rows]
    assert Counter((audience, due.date()) for audience, due in told) == {
        (f"U{at:%H%M}", each): 1 for at in HALF_HOURS for each in dates
    }
    assert all(apart(audience, due) <= WIDEST for audience, due in told)


def around(day: date) -> list[date]:
    return [day - DAY, day, day + DAY]


def follow(database: Database, zone: ZoneInfo) -> None:
    """Somebody for each half hour follows the same topic."""
    wish = read_wish("small nets daily")
    keys = atoms(parse_subscription(wish.text))
    with database.begin() as session:
        for at in HALF_HOURS:
            name = f"U{at:%H%M}"
            readers.set_zone(session, "T1", name, zone.key)
            readers.set_hour(session, "T1", name, at)
            subscriptions.save(session, "T1", name, wish, keys, created_by=name, now=LONG_AGO)


def arrive(database: Database, now: datetime) -> None:
    """There is always something new."""
    ingest.store(database, a_batch(a_paper(f"{now:%y%m}.{next(NUMBERS):05d}")), now)


def apart(audience: str, due: datetime) -> timedelta:
    """How far a message is from the hour of whoever gets it."""
    at = datetime.strptime(audience, "U%H%M").time()  # noqa: DTZ007 - an hour of any zone
    return abs(due - instant(due.date(), at, ZoneInfo(str(due.tzinfo))))


def events(database: Database, due_at: Any, until: datetime) -> Iterator[datetime]:
    """The instants at which something is due, one after the other, as they come up."""
    last = LONG_AGO
    while True:
        with database.read() as session:
            now = session.scalar(select(func.min(due_at)))
        if now is None or now >= until:
            return
        assert now > last
        yield now
        last = now
