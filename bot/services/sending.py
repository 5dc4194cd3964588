"""One attempt to send a message: look for it if it may have arrived, make it, post it.

Nothing is written down here. A fault of our own counts as a refusal.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.blocks.kit import Message, classic
from bot.blocks.repeats import repeated
from bot.domain.delivery import Delivery
from bot.errors import Blame, CannotPost, trail
from bot.services import round_up_messages, told
from bot.services.edition_messages import thread
from bot.services.render import render
from storage import readers
from storage.database import Database
from storage.deliveries import Sent

log = logging.getLogger(__name__)

_MARGIN = timedelta(minutes=1)  # Slack's clock is not ours


class Workspace(Protocol):
    """How messages go out to one workspace. Refusals raise CannotPost."""

    def open_dm(self, user_id: str) -> str:
        """The channel id of the DM with a person."""

    def post(self, channel_id: str, message: Message, delivery_id: str) -> str:
        """Post a message that carries its delivery's id; returns its ts."""

    def find(
        self, channel_id: str, delivery_id: str, since: datetime, thread_ts: str = ""
    ) -> str | None:
        """The ts of a message that carries this id, if it arrived after all; also in a thread."""

    def channels_of(self, user_id: str) -> frozenset[str]:
        """The channels that a person is in, as far as the bot may know; minutes old at most."""

    def permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that was not taken, or may not have been (`doubt`), at one of its stages."""

    delivery: Delivery
    refusal: CannotPost
    doubt: bool
    looking: bool  # for the message, in a history


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt, and the DM that was opened for it."""

    result: Sent | Refused
    opened: str | None = None

    @property
    def is_sent(self) -> bool:
        """Whether Slack took the message."""
        return isinstance(self.result, Sent)


Early: TypeAlias = Callable[[], bool]  # whether enough of the lease is left to begin a post


@dataclass(slots=True)
class _Way:
    """How far an attempt has got."""

    doubt: bool
    looking: bool = False
    posting: bool = False
    repeats: bool = False
    opened: str | None = None


def attempt(database: Database, workspace: Workspace, delivery: Delivery, early: Early) -> Outcome:
    """Try once. Whatever goes wrong, the other messages go on."""
    way = _Way(doubt=delivery.ambiguous)
    try:
        sent = _sent(database, workspace, delivery, early, way)
    except Exception as problem:
        refusal = _as_refusal(problem, delivery, ambiguous=way.posting)
        doubt = way.doubt or (way.posting and refusal.ambiguous)
        return Outcome(Refused(delivery, refusal, doubt, way.looking), way.opened)
    return Outcome(sent, way.opened)


def _sent(
    database: Database, workspace: Workspace, delivery: Delivery, early: Early, way: _Way
) -> Sent:
    known = _known_place(database, delivery)
    channel_id = known or _opened(workspace, delivery, way)
    if delivery.ambiguous:
        ts = _found(database, workspace, delivery, channel_id, way)
        if ts is not None:
            return Sent(delivery, channel_id, ts)
    message = _made(database, workspace, delivery)
    if way.repeats:
        message = repeated(message)
    try:
        return _posted(workspace, delivery, channel_id, message, early, way)
    except CannotPost as refusal:
        if not (delivery.is_personal and known and refusal.blame is Blame.PLACE):
            raise
        way.posting = False
        other = _opened(workspace, delivery, way)  # the DM that was remembered may be gone
        if other == known:
            raise
        return _posted(workspace, delivery, other, message, early, way)


def _known_place(database: Database, delivery: Delivery) -> str | None:
    """Where to post: a person's DM is opened once and remembered."""
    if not delivery.is_personal:
        return delivery.audience
    with database.read() as session:
        return readers.get(session, delivery.team_id, delivery.audience).dm_channel_id


def _opened(workspace: Workspace, delivery: Delivery, way: _Way) -> str:
    way.opened = workspace.open_dm(delivery.audience)
    return way.opened


def _found(
    database: Database, workspace: Workspace, delivery: Delivery, channel_id: str, way: _Way
) -> str | None:
    """An attempt whose answer was lost may have arrived: look before sending again.

    Where history may not be read, what may be repeated is sent again and says so.
    """
    since = delivery.first_attempt_at
    if since is None:
        return None
    with database.read() as session:
        below = thread(session, delivery)
    way.looking = True
    try:
        ts = workspace.find(channel_id, delivery.id, since - _MARGIN, below)
    except CannotPost as refusal:
        if not (refusal.permanent and delivery.may_repeat):
            raise
        ts, way.repeats = None, True
    way.looking, way.doubt = False, way.repeats
    return ts


def _made(database: Database, workspace: Workspace, delivery: Delivery) -> Message:
    """The message, with what channels of its reader's show already."""
    content = told.remembered(database, workspace, delivery)
    delivery = round_up_messages.linked(database, workspace, replace(delivery, content=content))
    with database.read() as session:
        return render(session, delivery)


def _posted(
    workspace: Workspace,
    delivery: Delivery,
    channel_id: str,
    message: Message,
    early: Early,
    way: _Way,
) -> Sent:
    """Post it in the first form that Slack takes; a form that it refused did not arrive.

    The forms are as it was made, without newer blocks, and as plain text.
    """
    refused: CannotPost | None = None
    older = classic(message)
    for form in filter(None, (message, older, Message(message.text, []))):
        if not early():
            raise CannotPost("everything before the post took too long")
        way.posting = True
        try:
            ts = workspace.post(channel_id, form, delivery.id)
        except CannotPost as refusal:
            if refusal.blame is not Blame.FORM or refusal.ambiguous:
                raise
            way.posting, refused = False, refusal
            log.error("delivery %s: Slack refused its form (%s)", delivery.id, refusal.reason)
        else:
            error = refused.reason if refused else ""
            return Sent(delivery, channel_id, ts, error, simpler=form is older)
    assert refused is not None  # noqa: S101  # there is at least one form
    raise refused


def _as_refusal(problem: Exception, delivery: Delivery, *, ambiguous: bool) -> CannotPost:
    """A fault of our own counts as a refusal: tried again, and given up in the end."""
    if isinstance(problem, CannotPost):
        return problem
    log.error("delivery %s failed: %s", delivery.id, trail(problem))
    return CannotPost(type(problem).__name__, ambiguous=ambiguous)
