"""Subscriptions: who wants to be told of which query, and when."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from bot.domain.subscription import Cadence, Subscription, Wish
from storage import papers, queries, statements
from storage.models import SeenRow, SubscriptionRow

AT_ONCE = 10_000  # queries asked for in one statement: SQLite takes 32,766 parameters


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
    if not wish.revisions:
        row.versions_since = None
    elif row.versions_since is None:
        row.versions_since = since
    session.flush()
    return _found(session, statements.selected().where(SubscriptionRow.id == row.id))[0]


def of_audience(session: Session, team_id: str, audience: str) -> list[Subscription]:
    """Everything a person subscribes to, oldest first: the numbers people see."""
    mine = statements.selected().where(
        SubscriptionRow.team_id == team_id, SubscriptionRow.audience == audience
    )
    return _found(session, mine.order_by(SubscriptionRow.id))


def channels_of(session: Session, team_id: str, user_id: str) -> list[str]:
    """The channels that follow a topic which this person set."""
    query = select(SubscriptionRow.audience).where(
        SubscriptionRow.team_id == team_id,
        SubscriptionRow.created_by == user_id,
        SubscriptionRow.audience != user_id,
    )
    return list(session.scalars(query.distinct().order_by(SubscriptionRow.audience)))


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
    """Subscriptions of matched queries for which no alert is planned, until now; locked.

    A claim that is under way ends first: it may not have seen the match. Whoever waits here holds
    the revision counter, so that no two wait for each other.
    """
    found: list[Subscription] = []
    for some in _parts(sorted(query_ids)):
        query = (
            statements.selected()
            .where(SubscriptionRow.query_id.in_(some))
            .order_by(SubscriptionRow.id)
        )
        locked = query.with_for_update(of=SubscriptionRow)
        found += [
            _to_subscription(*row) for row in session.execute(locked) if row[0].due_at is None
        ]
    return found


def planned(session: Session, team_id: str, audience: str, after: datetime) -> list[Subscription]:
    """Subscriptions of one person whose next alert is planned for later than this; locked."""
    papers.hold_revision(session)
    mine = statements.selected().where(
        SubscriptionRow.team_id == team_id,
        SubscriptionRow.audience == audience,
        SubscriptionRow.due_at > after,
    )
    return _found(session, mine.with_for_update(of=SubscriptionRow))


def plan(session: Session, times: Mapping[int, datetime | None]) -> None:
    """Say for each of these subscriptions, by id, when its next alert is to be built, if at all."""
    if times:
        session.execute(
            update(SubscriptionRow), [{"id": each, "due_at": at} for each, at in times.items()]
        )


def pause(
    session: Session, team_id: str, audience: str, until: Mapping[int, datetime | None]
) -> None:
    """Hold back the alerts of some subscriptions of one person, by id; None lets them come."""
    papers.hold_revision(session)
    mine = select(SubscriptionRow).where(
        SubscriptionRow.team_id == team_id,
        SubscriptionRow.audience == audience,
        SubscriptionRow.id.in_(list(until)),
    )
    for row in session.scalars(mine):
        row.paused_until = until[row.id]
    session.flush()


def note_told(session: Session, ids: Collection[int], on: date) -> None:
    """Remember the local date on which these subscriptions were told; the claim holds them."""
    session.execute(update(SubscriptionRow).where(SubscriptionRow.id.in_(ids)).values(told_on=on))


def last_told(
    session: Session, team_id: str, audience: str, since: datetime, until: datetime
) -> datetime | None:
    """When, from one instant up to another, a person was last told of a paper."""
    return session.scalar(
        select(func.max(SeenRow.seen_at)).where(
            SeenRow.team_id == team_id,
            SeenRow.audience == audience,
            SeenRow.seen_at >= since,
            SeenRow.seen_at < until,
        )
    )


def claim_due(session: Session, now: datetime) -> list[Subscription]:
    """All due subscriptions of the person who waits longest; locked, and no longer due."""
    who = session.execute(statements.first_due(), {"now": now}).one_or_none()
    if who is None:
        return []
    theirs = {"team": who.team_id, "audience": who.audience, "now": now}
    due = _found(session, statements.due_of(), theirs)
    plan(session, {each.id: None for each in due})
    return due


def unseen_matches(session: Session, subscription: Subscription) -> list[str]:
    """Papers matched since a subscription began that its owner was not shown, newest first."""
    asked = {
        "team": subscription.team_id,
        "audience": subscription.audience,
        "id": subscription.id,
    }
    return list(session.scalars(statements.unseen(), asked))


def _found(
    session: Session,
    query: Select[SubscriptionRow, str, date | None],
    asked: Mapping[str, object] | None = None,
) -> list[Subscription]:
    return [_to_subscription(*row) for row in session.execute(query, asked)]


def _to_subscription(row: SubscriptionRow, text: str, told_on: date | None) -> Subscription:
    return Subscription(
        id=row.id,
        team_id=row.team_id,
        audience=row.audience,
        wish=Wish(
            text,
            Cadence(row.cadence),
            row.size,
            row.name,
            revisions=row.versions_since is not None,
        ),
        created_at=row.created_at,
        paused_until=row.paused_until,
        told_on=told_on,
        created_by=row.created_by,
    )


def _parts(query_ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(query_ids), AT_ONCE):
        yield query_ids[start : start + AT_ONCE]
