"""What each alert asks for. Put together once: that takes longer than running it."""

from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from storage.models import MatchRow, QueryRow, SeenRow, SubscriptionRow


@cache
def selected() -> Select[SubscriptionRow, str, date | None]:
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


@cache
def first_due() -> Select[str, str]:
    """Whose turn it is `now`: by each person's first row, else two workers would share one."""
    earlier = aliased(SubscriptionRow)
    not_their_first = exists().where(
        earlier.team_id == SubscriptionRow.team_id,
        earlier.audience == SubscriptionRow.audience,
        tuple_(earlier.due_at, earlier.id) < tuple_(SubscriptionRow.due_at, SubscriptionRow.id),
    )
    return (
        select(SubscriptionRow.team_id, SubscriptionRow.audience)
        .where(SubscriptionRow.due_at <= bindparam("now"), ~not_their_first)
        .order_by(SubscriptionRow.due_at, SubscriptionRow.id)
        .limit(1)
        .with_for_update(of=SubscriptionRow, skip_locked=True)  # SQLite's writers queue
    )


@cache
def due_of() -> Select[SubscriptionRow, str, date | None]:
    """What is due of this `audience` of this `team`, `now`."""
    return (
        selected()
        .where(
            SubscriptionRow.team_id == bindparam("team"),
            SubscriptionRow.audience == bindparam("audience"),
            SubscriptionRow.due_at <= bindparam("now"),
        )
        .order_by(SubscriptionRow.id)
        .with_for_update(of=SubscriptionRow, skip_locked=True)  # nobody waits, so no deadlock
    )


@cache
def unseen() -> Select[str]:
    """Papers that a subscription's query matched and its `audience` was not shown, newest first."""
    shown = exists().where(
        SeenRow.team_id == bindparam("team"),
        SeenRow.audience == bindparam("audience"),
        SeenRow.paper_id == MatchRow.paper_id,
        SeenRow.mention.is_(False),  # of what their digest showed, an alert says so
    )
    return (
        select(MatchRow.paper_id)
        .join(SubscriptionRow, SubscriptionRow.query_id == MatchRow.query_id)
        .where(
            SubscriptionRow.team_id == bindparam("team"),
            SubscriptionRow.id == bindparam("id"),
            MatchRow.revision > SubscriptionRow.since_revision,
            ~shown,
        )
        .order_by(MatchRow.revision.desc())
    )
