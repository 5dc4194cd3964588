"""Subscriptions: who wants to be told of which query, and when."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, exists, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from bot.domain.subscription import Cadence, Subscription, Wish
from storage import papers, queries
from storage.models import MatchRow, QueryRow, SeenRow, SubscriptionRow


def save(
    session: Session,
    team_id: str,
    audience: str,
    wish: Wish,
    atoms: Collection[str],
    *,
    created_by: str,
    now: datetime,
) -> Subscription:
    """Store a wish; asking for the same query again changes its cadence and size.

    It starts now: papers stored later count, and the counter's lock decides what is later.
    """
    since = papers.hold_revision(session)
    query_id = queries.intern(session, wish.text, atoms)
    row = session.scalar(
        select(SubscriptionRow).where(
            SubscriptionRow.team_id == team_id,
            SubscriptionRow.audience == audience,
            SubscriptionRow.query_id == query_id,
        )
    )
    if row is None:
        row = SubscriptionRow(
            team_id=team_id,
            audience=audience,
            query_id=query_id,
            created_by=created_by,
            created_at=now,
            since_revision=since,
        )
        session.add(row)
    row.name, row.cadence, row.size = wish.name, wish.cadence, wish.size
    session.flush()
    return _to_subscription(row, wish.text)


def of_audience(session: Session, team_id: str, audience: str) -> list[Subscription]:
    """Everything a person subscribes to, oldest first: the numbers people see."""
    query = (
        select(SubscriptionRow, QueryRow.text)
        .join(QueryRow, QueryRow.id == SubscriptionRow.query_id)
        .where(SubscriptionRow.team_id == team_id, SubscriptionRow.audience == audience)
        .order_by(SubscriptionRow.id)
    )
    return [_to_subscription(row, text) for row, text in session.execute(query)]


def remove(session: Session, team_id: str, audience: str, ids: Collection[int]) -> None:
    """Forget subscriptions of one person, and queries that nobody else uses."""
    mine = (
        SubscriptionRow.team_id == team_id,
        SubscriptionRow.audience == audience,
        SubscriptionRow.id.in_(ids),
    )
    papers.hold_revision(session)  # nobody takes up a query while we look whether it is used
    used = session.scalars(select(SubscriptionRow.query_id).where(*mine)).all()
    session.execute(delete(SubscriptionRow).where(*mine))
    queries.remove_unused(session, used)


def waiting(session: Session, query_ids: Collection[int]) -> list[Subscription]:
    """Subscriptions of matched queries for which no alert is planned yet."""
    query = (
        select(SubscriptionRow, QueryRow.text)
        .join(QueryRow, QueryRow.id == SubscriptionRow.query_id)
        .where(SubscriptionRow.query_id.in_(query_ids), SubscriptionRow.due_at.is_(None))
    )
    return [_to_subscription(row, text) for row, text in session.execute(query)]


def plan(session: Session, subscription_id: int, due_at: datetime) -> None:
    """Say when the next alert of a subscription is to be built."""
    session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.id == subscription_id, SubscriptionRow.due_at.is_(None))
        .values(due_at=due_at)
    )


def claim_due(session: Session, now: datetime) -> list[Subscription]:
    """All due subscriptions of the person who waits longest; locked, and no longer due."""
    earlier = aliased(SubscriptionRow)
    not_their_first = exists().where(
        earlier.team_id == SubscriptionRow.team_id,
        earlier.audience == SubscriptionRow.audience,
        tuple_(earlier.due_at, earlier.id) < tuple_(SubscriptionRow.due_at, SubscriptionRow.id),
    )
    # Every worker goes for a person's first row: with any other, two would share one person.
    first = (
        select(SubscriptionRow.team_id, SubscriptionRow.audience)
        .where(SubscriptionRow.due_at <= now, ~not_their_first)
        .order_by(SubscriptionRow.due_at, SubscriptionRow.id)
        .limit(1)
        .with_for_update(of=SubscriptionRow, skip_locked=True)  # SQLite's writers queue
    )
    who = session.execute(first).one_or_none()
    return _take_due(session, who.team_id, who.audience, now) if who else []


def _take_due(session: Session, team_id: str, audience: str, now: datetime) -> list[Subscription]:
    query = (
        select(SubscriptionRow, QueryRow.text)
        .join(QueryRow, QueryRow.id == SubscriptionRow.query_id)
        .where(
            SubscriptionRow.team_id == team_id,
            SubscriptionRow.audience == audience,
            SubscriptionRow.due_at <= now,
        )
        .order_by(SubscriptionRow.id)
        .with_for_update(of=SubscriptionRow, skip_locked=True)  # nobody waits, so no deadlock
    )
    due = [(row, text) for row, text in session.execute(query)]
    for row, _ in due:
        row.due_at = None
    session.flush()
    return [_to_subscription(row, text) for row, text in due]


def unseen_matches(session: Session, subscription: Subscription) -> list[str]:
    """Papers matched since a subscription began that its owner was not shown, newest first."""
    shown = exists().where(
        SeenRow.team_id == subscription.team_id,
        SeenRow.audience == subscription.audience,
        SeenRow.paper_id == MatchRow.paper_id,
    )
    query = (
        select(MatchRow.paper_id)
        .join(SubscriptionRow, SubscriptionRow.query_id == MatchRow.query_id)
        .where(
            SubscriptionRow.team_id == subscription.team_id,
            SubscriptionRow.id == subscription.id,
            MatchRow.revision > SubscriptionRow.since_revision,
            ~shown,
        )
        .order_by(MatchRow.revision.desc())
    )
    return list(session.scalars(query))


def _to_subscription(row: SubscriptionRow, text: str) -> Subscription:
    return Subscription(
        id=row.id,
        team_id=row.team_id,
        audience=row.audience,
        wish=Wish(text, Cadence(row.cadence), row.size, row.name),
        created_at=row.created_at,
        paused_until=row.paused_until,
    )
