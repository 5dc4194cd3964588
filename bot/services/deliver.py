"""The outbox is emptied: claim, render, post, mark. A refusal is written down, never slept on."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from time import monotonic
from typing import Protocol, TypeAlias

from bot.blocks.kit import Message
from bot.domain.delivery import MAX_ATTEMPTS, Delivery, State, retry_delay
from bot.errors import CannotPost, trail
from bot.services import told
from bot.services.render import render
from storage import deliveries, readers
from storage.database import Database

log = logging.getLogger(__name__)

BATCH = 20  # messages in one call: editions and alerts want their turn


class Workspace(Protocol):
    """How messages go out to one workspace. Refusals raise CannotPost."""

    def open_dm(self, user_id: str) -> str:
        """The channel id of the DM with a person."""

    def post(self, channel_id: str, message: Message, delivery_id: str) -> str:
        """Post a message that carries its delivery's id; returns its ts."""

    def find(self, channel_id: str, delivery_id: str, since: datetime) -> str | None:
        """The ts of a message that carries this id, if it arrived after all."""

    def channels_of(self, user_id: str) -> frozenset[str]:
        """The channels that a person is in, as far as the bot may know; minutes old at most."""

    def permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message."""


Workspaces: TypeAlias = Mapping[str, Workspace]


def deliver_due(
    database: Database,
    workspaces: Workspaces,
    now: datetime,
    jitter: Random | None = None,
    *,
    stopwatch: Callable[[], float] = monotonic,
) -> int:
    """Send what is due to these workspaces. Returns how many messages Slack took.

    Each message is claimed just before it is sent, at the time that `stopwatch`, in seconds, adds
    to `now`: where Slack hangs, a lease taken for a whole batch would end before its last message.
    """
    spread = jitter or Random()  # noqa: S311  # spreads retries; it guards nothing
    teams, started, sent = set(workspaces), stopwatch(), 0
    for _ in range(BATCH):
        at = now + timedelta(seconds=stopwatch() - started)
        delivery = _claim(database, at, teams)
        if delivery is None:
            break
        refusal = _deliver(database, workspaces[delivery.team_id], delivery, at, spread.random())
        sent += refusal is None
        if refusal and refusal.retry_after is not None:
            teams.discard(delivery.team_id)  # asked to wait: its other messages wait as well
    return sent


def _claim(database: Database, now: datetime, teams: set[str]) -> Delivery | None:
    with database.begin() as session:
        return next(iter(deliveries.claim(session, now, teams=teams, limit=1)), None)


def _deliver(
    database: Database, workspace: Workspace, delivery: Delivery, now: datetime, jitter: float
) -> CannotPost | None:
    """One attempt, written down; gives the refusal, if it was one."""
    unsure = delivery.ambiguous
    try:
        channel_id = _channel(database, workspace, delivery)
        ts = _found(workspace, delivery, channel_id)
        if ts is None:
            unsure = False
            message = _made(database, workspace, delivery)
            ts = workspace.post(channel_id, message, delivery.id)
    except Exception as problem:  # whatever it is, the other messages go on
        refusal = _as_refusal(problem, delivery, ambiguous=True)
        _note(database, delivery, refusal, now, jitter, unsure=unsure or refusal.ambiguous)
        return refusal
    with database.begin() as session:
        deliveries.mark_sent(session, delivery, channel_id, ts)
    return None


def _made(database: Database, workspace: Workspace, delivery: Delivery) -> Message:
    """The message. A fault in making it is one before anything was posted."""
    try:
        content = told.remembered(database, workspace, delivery)
        with database.read() as session:
            return render(session, replace(delivery, content=content))
    except Exception as problem:
        raise _as_refusal(problem, delivery, ambiguous=False) from None


def _as_refusal(problem: Exception, delivery: Delivery, *, ambiguous: bool) -> CannotPost:
    """A fault of our own counts as a refusal: tried again, and given up in the end."""
    if isinstance(problem, CannotPost):
        return problem
    log.error("delivery %s failed: %s", delivery.id, trail(problem))
    return CannotPost(type(problem).__name__, ambiguous=ambiguous)


def _channel(database: Database, workspace: Workspace, delivery: Delivery) -> str:
    """Where to post: a person's DM is opened once and remembered."""
    if not delivery.is_personal:
        return delivery.audience
    with database.read() as session:
        known = readers.get(session, delivery.team_id, delivery.audience).dm_channel_id
    if known:
        return known
    opened = workspace.open_dm(delivery.audience)
    with database.begin() as session:
        readers.set_dm(session, delivery.team_id, delivery.audience, opened)
    return opened


def _found(workspace: Workspace, delivery: Delivery, channel_id: str) -> str | None:
    """An attempt whose answer was lost may have arrived: look before sending again."""
    if not delivery.ambiguous or delivery.first_attempt_at is None:
        return None
    margin = timedelta(minutes=1)  # Slack's clock is not ours
    return workspace.find(channel_id, delivery.id, delivery.first_attempt_at - margin)


def _note(
    database: Database,
    delivery: Delivery,
    refusal: CannotPost,
    now: datetime,
    jitter: float,
    *,
    unsure: bool,
) -> None:
    """Write down a refusal: wait, or stop for good. Being told to wait is no reason to give up."""
    told_to_wait = refusal.retry_after is not None
    exhausted = delivery.attempts + 1 >= MAX_ATTEMPTS and not told_to_wait
    with database.begin() as session:
        if refusal.permanent or exhausted:
            deliveries.park(session, delivery, State.HELD if unsure else State.DEAD, refusal.reason)
            return
        wait = retry_delay(delivery.attempts, jitter)
        if refusal.retry_after is not None:
            wait = timedelta(seconds=refusal.retry_after)
        deliveries.retry(
            session,
            delivery,
            due_at=now + wait,
            error=refusal.reason,
            ambiguous=delivery.ambiguous or refusal.ambiguous,
            counts=not told_to_wait,
        )
