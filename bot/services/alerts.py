"""Personal alerts: when a match is told, and one message for each person and moment."""

from collections.abc import Collection, Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calendar import next_due
from bot.domain.digest import Schedule
from bot.domain.subscription import Cadence, Subscription
from storage import deliveries, readers, seen, subscriptions
from storage.database import Database, Session

GATHERED_AT = time(9)  # in the reader's zone
EVERY_DAY = frozenset(range(7))
MONDAY = frozenset({0})


def plan(session: Session, query_ids: Collection[int], now: datetime) -> None:
    """Matches came in for these queries: say when each subscriber is told."""
    for subscription in subscriptions.waiting(session, query_ids):
        subscriptions.plan(session, subscription.id, _due(session, subscription, now))


def build_due(database: Database, now: datetime) -> int:
    """Write the alerts that are due, each with the message owed. Returns how many."""
    built = 0
    while True:
        with database.begin() as session:
            due = subscriptions.claim_due(session, now)
            if not due:
                return built
            built += _build(session, due, now)


def _due(session: Session, subscription: Subscription, now: datetime) -> datetime:
    if subscription.wish.cadence is Cadence.NOW:
        return now
    zone = ZoneInfo(readers.get(session, subscription.team_id, subscription.audience).zone)
    days = MONDAY if subscription.wish.cadence is Cadence.WEEKLY else EVERY_DAY
    return next_due(Schedule(GATHERED_AT, zone, days), now)


def _build(session: Session, due: Iterable[Subscription], now: datetime) -> int:
    """One message for one person: papers under the first topic they match, each once."""
    groups: list[dict[str, Any]] = []
    told: set[str] = set()
    for subscription in due:
        fresh = [
            each for each in subscriptions.unseen_matches(session, subscription) if each not in told
        ]
        told.update(fresh)
        if fresh:
            groups.append(_group(subscription, fresh))
    if not groups:
        return 0
    team_id, audience = subscription.team_id, subscription.audience
    delivery_id = deliveries.queue(
        session,
        team_id=team_id,
        kind="alert",
        audience=audience,
        # No paper is told a person twice, so any one of them names this message.
        dedup_key=f"alert:{team_id}:{audience}:{min(told)}",
        content={"groups": groups},
        due_at=now,
    )
    seen.add(session, team_id, audience, sorted(told), delivery_id, now)
    return 1


def _group(subscription: Subscription, papers: list[str]) -> dict[str, Any]:
    size = subscription.wish.size
    return {
        "subscription": subscription.id,
        "topic": subscription.wish.text,
        "papers": papers[:size],
        "rest": papers[size:],
    }
