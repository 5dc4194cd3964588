"""People who follow topics, papers that come in, and what is owed after that."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.domain.digest import Edition
from bot.domain.paper import Paper
from bot.domain.subscription import Subscription, read_wish
from bot.services import deliver, editions, ingest, subscriptions
from storage import digests
from storage.database import Database
from storage.models import Base, DeliveryRow
from tests.factories import NOW, a_batch, a_channel, owe
from tests.fakes import FakeWorkspace


@pytest.fixture
def follow(database: Database) -> Callable[..., Subscription]:
    """Subscribe somebody to a topic, as `/papers subscribe` reads it."""

    def follow(
        said: str,
        user: str = "U1",
        *,
        team: str = "T1",
        zone: str = "UTC",
        now: datetime = NOW,
    ) -> Subscription:
        wish = read_wish(said)
        stored, _ = subscriptions.subscribe(database, team, user, wish, ZoneInfo(zone), now)
        return stored

    return follow


@pytest.fixture
def arrive(database: Database) -> Callable[..., Any]:
    """A list with these papers comes in."""

    def arrive(*papers: Paper, now: datetime = NOW, **fields: Any) -> Any:
        return ingest.store(database, a_batch(*papers, **fields), now)

    return arrive


@pytest.fixture
def outbox(database: Database) -> Callable[[], list[DeliveryRow]]:
    """Every message owed or sent, in the order in which they are due."""

    def outbox() -> list[DeliveryRow]:
        with database.read() as session:
            query = select(DeliveryRow).order_by(DeliveryRow.due_at, DeliveryRow.dedup_key)
            return list(session.scalars(query))

    return outbox


@pytest.fixture
def everything(database: Database) -> Callable[[], dict[str, list[Any]]]:
    """Every row of every table, to see that nothing changed."""

    def everything() -> dict[str, list[Any]]:
        with database.read() as session:
            return {
                table.name: sorted(map(str, session.execute(select(table)).all()))
                for table in Base.metadata.sorted_tables
            }

    return everything


class NoJitter(Random):
    """Every wait is as long as it can be."""

    def random(self) -> float:
        return 1.0


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace()


@pytest.fixture
def send(database: Database, workspace: FakeWorkspace) -> Callable[..., int]:
    """Send what is due at an instant, one by one; how many messages the workspace took."""

    def send(now: datetime = NOW) -> int:
        return deliver.deliver_due(
            database, {"T1": workspace}, now, NoJitter(), stopwatch=lambda: 0.0, threads=1
        )

    return send


@pytest.fixture
def owed(database: Database) -> Callable[..., None]:
    """Owe one message, or several of one workspace."""

    def owed(*audiences: str, **fields: Any) -> None:
        with database.begin() as session:
            for number, audience in enumerate(audiences):
                given = {"kind": "welcome", "audience": audience, "content": {}, "due_at": NOW}
                owe(session, dedup_key=f"{audience}:{number}", **{**given, **fields})

    return owed


@pytest.fixture
def row(outbox: Callable[[], list[DeliveryRow]]) -> Callable[[], DeliveryRow]:
    """The one message, as it stands."""

    def row() -> DeliveryRow:
        [found] = outbox()
        return found

    return row


@pytest.fixture
def switch_on(database: Database) -> Callable[..., None]:
    """Give a channel a digest; due at NOW unless said otherwise."""

    def switch_on(channel_id: str = "C1", *, team: str = "T1", **fields: Any) -> None:
        with database.begin() as session:
            digests.save(session, a_channel(team, channel_id, **fields))

    return switch_on


@pytest.fixture
def last(database: Database) -> Callable[..., Edition]:
    """What a channel was shown last."""

    def last(channel_id: str = "C1", team: str = "T1") -> Edition:
        found = editions.last_edition(database, team, channel_id)
        assert found is not None
        return found

    return last
