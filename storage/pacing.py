"""Whose turn it is: a message goes out when its workspace and its channel may be sent to.

One whose bucket has no token is due again when there is one, and all that are due of that workspace
or channel are spread out behind it in one statement. So they are read once, however many they are,
and keep nobody else waiting.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select, text, true, update
from sqlalchemy.orm import Session

from bot.domain.delivery import Delivery, Paces
from storage import given, rates
from storage.models import WAITING, DeliveryRow
from storage.rates import HISTORY, WORKSPACE, Bucket

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """A bucket that has no token before `next_at`, and one `every` so often from then on."""

    bucket: Bucket
    next_at: datetime
    every: timedelta


def granted(
    session: Session, due: Sequence[Delivery], paces: Paces, now: datetime
) -> tuple[list[Delivery], list[Wait]]:
    """The messages that every bucket has a token for, and which buckets had too few.

    A token that is taken for a message which another bucket then refuses is lost, so what a channel
    cannot take at once anyway is not asked for.
    """
    places = Counter(map(_channel, due))
    room = {each: min(count, paces.channel.burst) for each, count in places.items()}
    passed, waits = [each for each in due if _passes(room, _channel(each))], []
    for bucket_of, pace in (
        (_history, paces.looking),
        (_workspace, paces.workspace),
        (_channel, paces.channel),
    ):
        wanted = Counter(bucket for each in passed if (bucket := bucket_of(each)))
        grants = rates.take(session, wanted, pace, now)
        short = {each: grant for each, grant in grants.items() if grant.tokens < wanted[each]}
        waits += [Wait(each, grant.next_at, pace.every) for each, grant in short.items()]
        left = {each: grant.tokens for each, grant in grants.items()}
        passed = [each for each in passed if _passes(left, bucket_of(each))]
    return passed, waits


def spread(session: Session, wait: Wait, now: datetime) -> None:
    """All that is due of a bucket without tokens is due again one by one, in the same order.

    What another worker holds is left out: waiting for it here could wait for ever.
    """
    team_id, name = wait.bucket
    of_bucket = {WORKSPACE: true(), HISTORY: DeliveryRow.ambiguous}.get(
        name, DeliveryRow.audience == name
    )
    late = (
        select(DeliveryRow.id, DeliveryRow.due_at)
        .where(DeliveryRow.team_id == team_id, text(WAITING), DeliveryRow.due_at <= now, of_bucket)
        .with_for_update(skip_locked=True)  # SQLite ignores it: its writers queue
        .cte("late")
    )
    place = func.row_number().over(order_by=(late.c.due_at, late.c.id)) - 1
    queue = select(late.c.id, place.label("place")).cte("queue")
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == queue.c.id)
        .values(due_at=_later(session, wait.next_at, queue.c.place, wait.every))
        .execution_options(synchronize_session=False)
    )


def _workspace(delivery: Delivery) -> Bucket:
    return delivery.team_id, WORKSPACE


def _channel(delivery: Delivery) -> Bucket:
    return delivery.team_id, delivery.audience


def _history(delivery: Delivery) -> Bucket | None:
    return (delivery.team_id, HISTORY) if delivery.ambiguous else None


def _passes(left: dict[Bucket, int], bucket: Bucket | None) -> bool:
    """Whether there is a token left; it is taken."""
    if bucket is None:
        return True
    left[bucket] -= 1
    return left[bucket] >= 0


def _later(
    session: Session, start: datetime, steps: ColumnElement[int], step: timedelta
) -> ColumnElement[Any]:
    """`start` and so many steps, as the database reckons; to a whole millisecond, as SQLite can."""
    start += -timedelta(microseconds=start.microsecond) % _MILLISECOND
    if given.dialect(session) != given.SQLITE:
        return literal(start) + steps * literal(step)
    seconds = cast(steps * step.total_seconds(), String)
    written = start.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return func.strftime("%Y-%m-%d %H:%M:%f000", written, "+" + seconds + " seconds")
