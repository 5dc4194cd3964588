"""One memory of what each channel and person was shown, across digests and alerts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session

from bot.domain.delivery import State
from storage.models import DeliveryRow, EditionRow, SeenRow, SubscriptionRow, ToldVersionRow

CHANNELS = ("C", "G")  # what a channel's id begins with
AT_ONCE = 1_000  # papers named in one query


@dataclass(frozen=True, slots=True)
class Posted:
    """A paper in a message that a channel got."""

    paper_id: str
    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Showing:
    """By which message somebody is shown a paper, and when that was made."""

    kind: str
    content: dict[str, Any]
    state: State
    seen_at: datetime


def among(session: Session, team_id: str, audience: str, paper_ids: Iterable[str]) -> set[str]:
    """Those of these papers that this channel or person was shown before."""
    query = select(SeenRow.paper_id).where(
        SeenRow.team_id == team_id,
        SeenRow.audience == audience,
        SeenRow.paper_id.in_(list(paper_ids)),
    )
    return set(session.scalars(query))


def by_any(
    session: Session, team_id: str, audiences: Collection[str], paper_ids: Collection[str]
) -> set[str]:
    """Those of these papers that one of these channels was shown, or is about to be."""
    if not audiences or not paper_ids:
        return set()
    query = (
        select(SeenRow.paper_id)
        .join(DeliveryRow, _shows(team_id))
        .where(
            SeenRow.team_id == team_id,
            SeenRow.audience.in_(list(audiences)),
            SeenRow.paper_id.in_(list(paper_ids)),
            DeliveryRow.state.not_in([State.DEAD, State.HELD]),
        )
    )
    return set(session.scalars(query))


def channels(session: Session, team_id: str) -> set[str]:
    """Every channel of a workspace that may have been shown something."""
    return set(session.scalars(_channels(team_id)))


def in_own_digest(
    session: Session, team_id: str, user_id: str, paper_ids: Collection[str]
) -> list[Posted]:
    """Which messages of their own digest showed a person these papers."""
    query = (
        select(SeenRow.paper_id, DeliveryRow.channel_id, DeliveryRow.ts)
        .join(DeliveryRow, _shows(team_id))
        .where(
            SeenRow.team_id == team_id,
            SeenRow.audience == user_id,
            SeenRow.paper_id.in_(list(paper_ids)),
            DeliveryRow.kind.in_(["digest", "reply"]),
            DeliveryRow.state == State.SENT,
            DeliveryRow.ts.is_not(None),
        )
    )
    found = session.execute(query)
    return [Posted(paper, channel or "", ts or "") for paper, channel, ts in found]


def in_channels(session: Session, team_id: str, paper_ids: Iterable[str]) -> list[Posted]:
    """Which channels of a workspace were sent these papers, the earliest message first."""
    asked = {"team": team_id, "papers": list(paper_ids)}
    found = session.execute(_in_channels(), asked)
    return [Posted(paper, channel, ts or "") for paper, channel, ts in found]


def showing(session: Session, team_id: str, audience: str, paper_id: str) -> Showing | None:
    """The message by which this channel or person is shown a paper; None if there is none."""
    query = (
        select(DeliveryRow.kind, DeliveryRow.content, DeliveryRow.state, SeenRow.seen_at)
        .join(DeliveryRow, _shows(team_id))
        .where(
            SeenRow.team_id == team_id, SeenRow.audience == audience, SeenRow.paper_id == paper_id
        )
    )
    row = session.execute(query).one_or_none()
    return Showing(*row) if row else None


@cache  # put together once: each alert asks
def _in_channels() -> Select[str, str, str | None]:
    """Of this `team`, and of these `papers`."""
    team: BindParameter[str] = bindparam("team")
    return (
        select(SeenRow.paper_id, SeenRow.audience, DeliveryRow.ts)
        .join(DeliveryRow, _shows(team))
        .where(
            SeenRow.team_id == team,
            SeenRow.audience.in_(_channels(team)),
            SeenRow.paper_id.in_(bindparam("papers", expanding=True)),
            DeliveryRow.state == State.SENT,
            DeliveryRow.ts.is_not(None),
        )
        .order_by(SeenRow.seen_at, SeenRow.audience)
    )


def shown_by(session: Session, team_id: str, user_id: str, paper_id: str) -> list[str]:
    """The deliveries by which channels, or this person, got a paper or a later version of it."""
    found: set[str] = set()
    for table in (SeenRow, ToldVersionRow):
        query = (
            select(table.delivery_id)
            .join(DeliveryRow, DeliveryRow.id == table.delivery_id)
            .where(
                DeliveryRow.team_id == team_id,
                table.team_id == team_id,
                or_(table.audience == user_id, table.audience.in_(_channels(team_id))),
                table.paper_id == paper_id,
                DeliveryRow.state == State.SENT,
                DeliveryRow.ts.is_not(None),
            )
        )
        found.update(session.scalars(query))
    return sorted(found)


def _channels(team: str | BindParameter[str]) -> Select[str]:
    """The key of `seen` begins with team and audience: naming every channel keeps it a look-up."""
    every = union(
        select(EditionRow.audience).where(EditionRow.team_id == team),
        select(SubscriptionRow.audience).where(SubscriptionRow.team_id == team),
    ).subquery()
    return select(every.c.audience).where(func.substr(every.c.audience, 1, 1).in_(CHANNELS))


def _shows(team: str | BindParameter[Any]) -> ColumnElement[bool]:
    return and_(DeliveryRow.id == SeenRow.delivery_id, DeliveryRow.team_id == team)


def add(
    session: Session,
    team_id: str,
    audience: str,
    paper_ids: Iterable[str],
    delivery_id: str,
    now: datetime,
    *,
    mention: bool = False,
) -> None:
    """Note papers as shown by a delivery. Two writers showing the same one: the second fails.

    `mention`: an alert on one of them still says in a line where it was shown.
    """
    rows = [
        {
            "team_id": team_id,
            "audience": audience,
            "paper_id": paper_id,
            "delivery_id": delivery_id,
            "seen_at": now,
            "mention": mention,
        }
        for paper_id in paper_ids
    ]
    if rows:
        session.execute(insert(SeenRow), rows)


def tell(
    session: Session,
    team_id: str,
    user_id: str,
    paper_ids: Collection[str],
    delivery_id: str,
    now: datetime,
) -> None:
    """The same for an alert: what a digest of this person's showed before is mentioned once."""
    known: set[str] = set()
    for some in _parts(sorted(paper_ids)):
        mentioned = (
            update(SeenRow)
            .where(
                SeenRow.team_id == team_id,
                SeenRow.audience == user_id,
                SeenRow.paper_id.in_(some),
                SeenRow.mention.is_(True),
            )
            .values(mention=False)
            .returning(SeenRow.paper_id)
            .execution_options(synchronize_session=False)
        )
        known |= set(session.scalars(mentioned))
    new = [each for each in paper_ids if each not in known]
    add(session, team_id, user_id, new, delivery_id, now)


def _parts(paper_ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(paper_ids), AT_ONCE):
        yield paper_ids[start : start + AT_ONCE]
