"""A channel's topics: its members set them, and everybody there reads who did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.blocks import channel_topics as blocks
from bot.blocks.kit import Message
from bot.domain.matching import atoms
from bot.domain.query import parse_subscription
from bot.domain.subscription import Cadence, Subscription, Wish
from bot.errors import BotError
from bot.services import alerts
from bot.services.subscriptions import NameTaken, UnknownSubscription, named, with_its_name
from storage import deliveries, papers, readers, subscriptions
from storage.database import Database, Session


class NotFollowedHere(BotError):
    """That channel follows no such topic. `/papers list #channel` shows what it follows."""


class NameTakenHere(BotError):
    """Another topic of that channel has that name. Choose a different one."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic as a channel follows it, its terms before if it did so then, and all its topics."""

    topic: Subscription
    before: Wish | None
    topics: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What a channel no longer follows, and what it still does, oldest first."""

    gone: tuple[Subscription, ...]
    topics: tuple[Subscription, ...]


def of_channel(database: Database, team_id: str, channel_id: str) -> tuple[Subscription, ...]:
    """Everything a channel follows, oldest first."""
    with database.read() as session:
        return _topics(session, team_id, channel_id)


def follow(
    database: Database,
    team_id: str,
    channel_id: str,
    wish: Wish,
    *,
    by: str,
    zone: ZoneInfo | None,
    now: datetime,
) -> Followed:
    """Follow a topic in a channel, or change its terms. Said there, unless nothing changed.

    `zone` is where Slack says that person is; one that is known stays. Raises NameTakenHere.
    """
    with database.begin() as session:
        topics = _held(session, team_id, channel_id)
        try:
            wish = with_its_name(wish, topics)
        except NameTaken:  # it speaks of the reader's own
            raise NameTakenHere from None
        if zone is not None:
            readers.learn_zone(session, team_id, by, zone.key)
        keys = atoms(parse_subscription(wish.text))
        topic = subscriptions.save(session, team_id, channel_id, wish, keys, created_by=by, now=now)
        alerts.replan(session, team_id, channel_id, now)
        before = next((each.wish for each in topics if each.wish.text == wish.text), None)
        if before != wish:
            did = blocks.CHANGED if before else blocks.FOLLOWS
            _announce(session, team_id, channel_id, did, by, [wish], now)
        return Followed(topic, before, _topics(session, team_id, channel_id))


def leave(
    database: Database, team_id: str, channel_id: str, said: str, *, by: str, now: datetime
) -> Left:
    """Stop what was named by number, query, several of them, or `all`. Said in the channel."""
    with database.begin() as session:
        topics = _held(session, team_id, channel_id)
        try:
            gone = named(topics, said)
        except UnknownSubscription:  # it speaks of the reader's own
            raise NotFollowedHere from None
        return _left(session, team_id, channel_id, gone, by, now)


def leave_one(
    database: Database,
    team_id: str,
    channel_id: str,
    subscription_id: int,
    *,
    by: str,
    now: datetime,
) -> Left:
    """Stop one, from a button that carries its id. A second click finds nothing to stop."""
    with database.begin() as session:
        topics = _held(session, team_id, channel_id)
        gone = [each for each in topics if each.id == subscription_id]
        if not gone:
            raise NotFollowedHere
        return _left(session, team_id, channel_id, gone, by, now)


def announcement(content: dict[str, Any]) -> Message:
    """What a channel reads of a change that was queued."""
    wishes = [
        Wish(
            each["q"],
            Cadence(each["when"]),
            each["size"],
            each["name"],
            revisions=each.get("revisions", False),  # those of earlier versions do not say
        )
        for each in content["topics"]
    ]
    return blocks.announcement(content["by"], content["did"], wishes)


def _left(
    session: Session,
    team_id: str,
    channel_id: str,
    gone: Sequence[Subscription],
    by: str,
    now: datetime,
) -> Left:
    subscriptions.remove(session, team_id, channel_id, [each.id for each in gone])
    wishes = [each.wish for each in gone]
    _announce(session, team_id, channel_id, blocks.LEFT, by, wishes, now)
    return Left(tuple(gone), _topics(session, team_id, channel_id))


def _topics(session: Session, team_id: str, channel_id: str) -> tuple[Subscription, ...]:
    return tuple(subscriptions.of_audience(session, team_id, channel_id))


def _held(session: Session, team_id: str, channel_id: str) -> tuple[Subscription, ...]:
    """The same, and nobody else changes them until the transaction ends."""
    papers.hold_revision(session)
    return _topics(session, team_id, channel_id)


def _announce(
    session: Session,
    team_id: str,
    channel_id: str,
    did: str,
    by: str,
    wishes: Sequence[Wish],
    now: datetime,
) -> None:
    """Owe the channel a message of who did what, in the transaction that did it."""
    topics = [
        {
            "q": each.text,
            "when": each.cadence.value,
            "size": each.size,
            "name": each.name,
            "revisions": each.revisions,
        }
        for each in wishes
    ]
    deliveries.queue(
        session,
        team_id=team_id,
        kind="announcement",
        audience=channel_id,
        dedup_key=f"announcement:{uuid4().hex}",  # the transaction is what makes it one
        content={"by": by, "did": did, "topics": topics},
        due_at=now,
    )
