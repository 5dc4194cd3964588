"""Editions of people's own digests: what of the day no channel of theirs has shown them.

Which channels somebody is in only Slack knows: it is asked while no transaction is open.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.calendar import last_due
from bot.domain.digest import Digest, Edition
from bot.domain.paper import Listing
from bot.domain.reader import sent_at
from bot.domain.subscription import Cadence
from bot.errors import CannotPost
from bot.services import editions, holders
from bot.services.editions import PATIENCE, SOON
from storage import digests, seen
from storage.database import Database, Session

# What channels get at the same hour is made first; a channel's that fails holds nobody up for long.
CHANNELS_FIRST = SOON + PATIENCE


class NothingNewForYou(editions.NothingNew):
    """Nothing new has come in that neither I nor a channel of yours has shown you."""


class Membership(Protocol):
    """What a workspace knows of people's channels. Refusals raise CannotPost."""

    def channels_of(self, user_id: str) -> frozenset[str]:
        """The channels that a person is in."""


def make_due(database: Database, workspaces: Mapping[str, Membership], now: datetime) -> int:
    """Write the editions of people that are due, each with the message owed. Returns how many."""
    made, digest = 0, None
    busy: set[str] = set()  # workspaces that asked to wait: whoever is due there is later
    while True:
        with database.read() as session:
            digest = digests.due_person(session, now, after=digest)
            if digest is None:
                return made
            ready = digest.team_id not in busy and _is_ready(session, digest, now)
        if not ready or digest.team_id not in workspaces:
            continue
        try:
            mine = channels_of(database, workspaces[digest.team_id], digest)
        except CannotPost:
            busy.add(digest.team_id)
            continue
        with database.begin() as session:
            claimed = digests.claim(session, digest)
            if claimed is not None:
                made += editions.make_one(session, claimed, now, mine)


def channels_of(database: Database, workspace: Membership, digest: Digest) -> frozenset[str]:
    """The channels of a digest's reader that may have shown them something.

    If Slack refuses, nothing is known and papers are shown again; if it asks to wait, CannotPost
    goes on.
    """
    with database.read() as session:
        showing = seen.channels(session, digest.team_id)
    if not showing:
        return frozenset()
    try:
        return workspace.channels_of(digest.audience) & showing
    except CannotPost as refusal:
        if refusal.retry_after is not None:
            raise
        return frozenset()


def post_now(
    database: Database, team_id: str, user_id: str, now: datetime, member_of: Collection[str]
) -> None:
    """Owe somebody an extra edition at once. Raises NothingNewForYou."""
    try:
        editions.post_now(database, team_id, user_id, now, as_previewed=True, member_of=member_of)
    except editions.NothingNew:
        raise NothingNewForYou from None


def preview(
    database: Database, team_id: str, user_id: str, now: datetime, member_of: Collection[str]
) -> tuple[Edition, list[Listing]]:
    """Somebody's next edition as it would be made now, and its papers; nothing is stored."""
    return editions.preview(database, team_id, user_id, now, member_of)


def _is_ready(session: Session, digest: Digest, now: datetime) -> bool:
    """Whether the sources are, the channels have theirs, and nobody is woken by what comes late."""
    if not editions.may_be_made(session, digest, now):
        return False
    hours = holders.hours_of(session, digest)
    if sent_at(hours, Cadence.DAILY, now) > now:
        return False
    first = digests.channel_is_due(session, digest.team_id, now)
    return not first or now - last_due(digest.schedule, now) > CHANNELS_FIRST
