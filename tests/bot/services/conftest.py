"""People who follow topics, papers that come in, and what is owed after that."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.domain.paper import Paper
from bot.domain.subscription import Subscription, read_wish
from bot.services import ingest, subscriptions
from storage.database import Database
from storage.models import Base, DeliveryRow
from tests.factories import NOW, a_batch

PATIENCE = 30  # seconds until a thread that should have ended fails its test


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


@pytest.fixture
def at_once() -> Callable[[int, Callable[[], Any]], list[Any]]:
    """Run a function in several threads that start together; all their results."""

    def at_once(count: int, work: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(count)

        def wait_and_work() -> Any:
            start.wait(PATIENCE)
            return work()

        with ThreadPoolExecutor(count) as pool:
            running = [pool.submit(wait_and_work) for _ in range(count)]
            return [each.result(PATIENCE * 2) for each in running]

    return at_once
