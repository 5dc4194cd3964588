"""How fast each workspace and channel may be sent to: buckets of tokens that all workers share.

A bucket is one number, the instant at which it is full again: taking a token moves it on by the
time that a token takes. The database reckons (see `buckets`), so that two workers never take the
same token.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.domain.delivery import SKEW, Pace
from storage import buckets, given
from storage.models import RateRow

Bucket: TypeAlias = tuple[str, str]  # a workspace, and what of it
WORKSPACE = ""
HISTORY = "history"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Grant:
    """So many tokens, and when there is another one."""

    tokens: int
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """Why nothing is sent to a workspace, in Slack's word, and since when."""

    reason: str
    since: datetime


def order(bucket: Bucket) -> tuple[bool, Bucket]:
    """In which order buckets are taken, by everybody: so no two workers wait for each other."""
    return bucket[1] == WORKSPACE, bucket


def take(
    session: Session, wanted: Mapping[Bucket, int], pace: Pace, now: datetime
) -> dict[Bucket, Grant]:
    """Take as many of the wanted tokens as there are, from each bucket."""
    if not wanted:
        return {}
    asked = [
        {"team_id": team_id, "bucket": bucket, "tokens": min(count, pace.burst)}
        for (team_id, bucket), count in sorted(wanted.items())
    ]
    rows = session.execute(
        buckets.taking(given.dialect(session)),
        {
            "wanted": given.written(asked),
            **_times(now),
            "every": _micros(pace.every),
            "span": _micros(pace.every * pace.burst),
        },
    )
    return {
        (row.team_id, row.bucket): Grant(row.granted, _next_at(row.full_at, row.set_at, pace, now))
        for row in rows
    }


def close(session: Session, bucket: Bucket, until: datetime, pace: Pace, now: datetime) -> None:
    """Slack asks us to wait: no token before then, and no burst after it."""
    team_id, name = bucket
    wait = _micros(until - now + (pace.burst - 1) * pace.every)
    session.execute(
        buckets.closing(given.dialect(session)),
        {"team_id": team_id, "bucket": name, **_times(now), "wait": wait},
    )


def stop(
    session: Session, team_id: str, reason: str, until: datetime, pace: Pace, now: datetime
) -> bool:
    """Slack refuses the bot's token: send nothing to a workspace before then. True if it is news.

    Slack's word for it stays until `resume`.
    """
    known = stopped(session, team_id)
    close(session, (team_id, WORKSPACE), until, pace, now)
    session.execute(
        update(RateRow)
        .where(RateRow.team_id == team_id, RateRow.bucket == WORKSPACE)
        .values(reason=reason, since=known.since if known else now)
    )
    return known is None


def stopped(session: Session, team_id: str) -> Stop | None:
    """Why nothing is sent to a workspace; None where messages go out."""
    return stopped_among(session, [team_id]).get(team_id)


def stopped_among(session: Session, teams: Collection[str]) -> dict[str, Stop]:
    """Those of these workspaces to which nothing is sent, and why."""
    query = select(RateRow).where(
        RateRow.team_id.in_(teams), RateRow.bucket == WORKSPACE, RateRow.reason.is_not(None)
    )
    return {row.team_id: _to_stop(row) for row in session.scalars(query)}


def resume(session: Session, team_id: str) -> None:
    """The token works again: its bucket is full."""
    session.execute(
        update(RateRow)
        .where(RateRow.team_id == team_id, RateRow.bucket == WORKSPACE)
        .values(reason=None, since=None, full_at=0)
    )


def forget_full(session: Session, now: datetime) -> None:
    """Drop buckets that were full an hour ago: one that is not known is full."""
    long_ago = _micros(now - timedelta(hours=1) - _EPOCH)
    session.execute(delete(RateRow).where(RateRow.full_at < long_ago, RateRow.reason.is_(None)))


def _times(now: datetime) -> dict[str, int]:
    return {"at": _micros(now - _EPOCH), "ahead": _micros(now + SKEW - _EPOCH)}


def _next_at(full_at: int, set_at: int, pace: Pace, now: datetime) -> datetime:
    """When there is a token again, by our clock."""
    return max(now, now + (full_at - set_at) * _MICROSECOND - (pace.burst - 1) * pace.every)


def _micros(span: timedelta) -> int:
    return span // _MICROSECOND


def _to_stop(row: RateRow) -> Stop:
    assert row.reason is not None  # noqa: S101  # only such rows are asked for
    assert row.since is not None  # noqa: S101
    return Stop(row.reason, row.since)
