"""Slack refuses for good: what would only be refused again stops, and its owner is told once."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.blocks.kit import Message
from bot.blocks.stopped import stopped
from bot.domain.delivery import SLACK_PACES, Delivery, State
from bot.domain.exchange import written
from bot.domain.reader import FOREVER
from bot.services import alerts, own_digest, planning
from storage import deliveries, digests, papers, rates, subscriptions
from storage.database import Database, Session

log = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)  # of a workspace that refuses the bot's token


def stop_place(
    database: Database, delivery: Delivery, state: State, reason: str, now: datetime
) -> None:
    """Nothing arrives at a channel or a person: park the message, and stop what runs there."""
    with database.begin() as session:
        papers.hold_revision(session)  # nobody sets anything up there meanwhile
        if not deliveries.park(session, delivery, state, reason):
            return
        if delivery.is_personal:
            _pause(session, delivery.team_id, delivery.audience, now)
        else:
            _stop_channel(session, delivery, reason, now)


def stop_workspace(
    database: Database, delivery: Delivery, reason: str, now: datetime, *, doubt: bool
) -> None:
    """Slack refuses the bot's token: its messages are kept, and one tries again after a pause."""
    until = now + PAUSE
    with database.begin() as session:
        deliveries.retry(
            session, delivery, due_at=until, error=reason, ambiguous=doubt, counts=False
        )
        team_id, pace = delivery.team_id, SLACK_PACES.workspace
        if rates.stop(session, team_id, reason, until, pace, now):
            log.error("workspace %s takes no messages: %s", team_id, reason)


def notice(content: Mapping[str, Any]) -> Message:
    """What the owner of something that stopped reads."""
    return stopped(
        content["channel"], content["reason"], digest=content["digest"], topics=content["topics"]
    )


def _pause(session: Session, team_id: str, user_id: str, now: datetime) -> None:
    """Nobody is told: there is nobody to tell. A person who returns may resume."""
    found = subscriptions.of_audience(session, team_id, user_id)
    subscriptions.pause(session, team_id, user_id, {each.id: FOREVER for each in found})
    own_digest.pause(session, team_id, user_id, FOREVER)
    alerts.replan(session, team_id, user_id, now)


def _stop_channel(session: Session, delivery: Delivery, reason: str, now: datetime) -> None:
    """Its digest and its topics stop; each owner gets one message about theirs."""
    team_id, channel_id = delivery.team_id, delivery.audience
    topics = subscriptions.of_audience(session, team_id, channel_id)
    subscriptions.remove(session, team_id, channel_id, [each.id for each in topics])
    theirs: dict[str, list[str]] = {}
    for each in topics:
        theirs.setdefault(each.created_by, []).append(written(each.wish))
    digest = digests.hold(session, team_id, channel_id)
    asleep = planning.sleep(session, team_id, channel_id)
    running = digest if digest and (digest.next_due_at or asleep) else None
    if running:
        digests.save(session, replace(running, next_due_at=None))
        theirs.setdefault(running.set_by, [])
    for owner, lines in theirs.items():
        if owner:
            deliveries.queue(
                session,
                team_id=team_id,
                kind="notice",
                audience=owner,
                dedup_key=f"notice:{delivery.id}:{owner}",
                content={
                    "channel": channel_id,
                    "reason": reason,
                    "digest": running is not None and running.set_by == owner,
                    "topics": lines,
                },
                due_at=now,
            )
