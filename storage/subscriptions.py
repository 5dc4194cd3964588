"""Subscriptions: who wants to be told of which query, and when."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Select, delete, exists, func, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from bot.domain.subscription import Cadence, Subscription, Wish
from storage import papers, queries
from storage.models import MatchRow, QueryRow, SeenRow, SubscriptionRow

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
    session.flush()
    return _found(session, _selected().where(SubscriptionRow.id == row.id))[0]


def of_audience(session: Session, team_id: str, audience: str) -> list[Subscription]:
    """Everything a person subscribes to, oldest first: the numbers people see."""
    mine = _selected().where(
        SubscriptionRow.team_id == team_id, SubscriptionRow.audience == audience
    )
    return _found(session, mine.order_by(SubscriptionRow.id))


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
        query = _selected().where(SubscriptionRow.query_id.in_(some)).order_by(SubscriptionRow.id)
        locked = query.with_for_update(of=SubscriptionRow)
        found += [
            _to_subscription(*row) for row in session.execute(locked) if row[0].due_at is None
        ]
    return found


def planned(session: Session, team_id: str, audience: str, after: datetime) -> list[Subscription]:
    """Subscriptions of one person whose next alert is planned for later than this; locked."""
    papers.hold_revision(session)
    mine = _selected().where(
        SubscriptionRow.team_id == team_id,
        SubscriptionRow.audience == audience,
        SubscriptionRow.due_at > after,
    )
    return _found(session, mine.with_for_update(of=SubscriptionRow))


def plan(session: Session, times: Mapping[int, datetime]) -> None:
    """Say for each of these subscriptions, by id, when its next alert is to be built."""
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
        _selected()
        .where(
            SubscriptionRow.team_id == team_id,
            SubscriptionRow.audience == audience,
            SubscriptionRow.due_at <= now,
        )
        .order_by(SubscriptionRow.id)
        .with_for_update(of=SubscriptionRow, skip_locked=True)  # nobody waits, so no deadlock
    )
    due = list(session.execute(query))
    for row, *_ in due:
        row.due_at = None
    session.flush()
    return [_to_subscription(*each) for each in due]


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


def _selected() -> Select[SubscriptionRow, str, date | None]:
    """Subscriptions with their query, and when their owner was last told at this cadence.

    What one of a person's daily topics told today, another does not tell again today.
    """
    any_of_theirs = aliased(SubscriptionRow)
    told_on = select(func.max(any_of_theirs.told_on)).where(
        any_of_theirs.team_id == SubscriptionRow.team_id,
        any_of_theirs.audience == SubscriptionRow.audience,
        any_of_theirs.cadence == SubscriptionRow.cadence,
    )
    return (
        select(SubscriptionRow, QueryRow.text, told_on.scalar_subquery())
        .join(QueryRow, QueryRow.id == SubscriptionRow.query_id)
        .execution_options(populate_existing=True)
    )


def _found(
    session: Session, query: Select[SubscriptionRow, str, date | None]
) -> list[Subscription]:
    return [_to_subscription(*row) for row in session.execute(query)]


def _to_subscription(row: SubscriptionRow, text: str, told_on: date | None) -> Subscription:
    return Subscription(
        id=row.id,
        team_id=row.team_id,
        audience=row.audience,
        wish=Wish(text, Cadence(row.cadence), row.size, row.name),
        created_at=row.created_at,
        paused_until=row.paused_until,
        told_on=told_on,
        created_by=row.created_by,
    )


def _parts(query_ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(query_ids), AT_ONCE):
        yield query_ids[start : start + AT_ONCE]
