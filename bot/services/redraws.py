"""Messages that show votes follow them: drawn anew, each at most once a minute.

The wish to draw one is a row, made with the vote. Drawing twice does no harm, so that nothing has
to be looked up after an answer was lost.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.blocks.kit import Message, classic
from bot.domain.delivery import retry_delay
from bot.errors import CannotPost, trail
from bot.services.render import render
from storage import deliveries, redraws
from storage.database import Database
from storage.redraws import Redraw

log = logging.getLogger(__name__)

BATCH = 20  # messages in one call
MAX_ATTEMPTS = 5  # then it stays as it is until the next vote
STEADY = 1.0  # nothing is gained by spreading these retries


class Drawing(Protocol):
    """How messages of one workspace are changed. Refusals raise CannotPost."""

    def update(self, channel_id: str, ts: str, message: Message) -> None:
        """Put a message in the place of one that was posted."""


Workspaces: TypeAlias = Mapping[str, Drawing]


def draw_due(database: Database, workspaces: Workspaces, now: datetime) -> int:
    """Draw what is due in these workspaces. Returns how many messages changed."""
    teams, drawn = set(workspaces), 0
    for _ in range(BATCH):
        with database.begin() as session:
            redraw = redraws.claim(session, now, teams=teams)
        if redraw is None:
            break
        refusal = _draw(database, workspaces[redraw.team_id], redraw)
        _note(database, redraw, refusal, now)
        drawn += refusal is None
        if refusal and refusal.retry_after is not None:
            teams.discard(redraw.team_id)  # asked to wait: its other messages wait as well
    return drawn


def _draw(database: Database, workspace: Drawing, redraw: Redraw) -> CannotPost | None:
    """The message as it is now, in its place; gives the refusal, if it was one."""
    try:
        with database.read() as session:
            delivery, channel_id, ts = deliveries.posted(
                session, redraw.team_id, redraw.delivery_id
            )
            message = render(session, delivery)
        _update(workspace, channel_id, ts, message)
    except CannotPost as refusal:
        return refusal
    except Exception as problem:  # whatever it is, the other messages go on
        log.error("redrawing %s failed: %s", redraw.delivery_id, trail(problem))
        return CannotPost(type(problem).__name__)
    return None


def _update(workspace: Drawing, channel_id: str, ts: str, message: Message) -> None:
    """What Slack refuses goes once more without the blocks that not every workspace takes."""
    simpler = classic(message)
    try:
        workspace.update(channel_id, ts, message)
    except CannotPost as refusal:
        if simpler is None or refusal.reason != "invalid_blocks":
            raise
        workspace.update(channel_id, ts, simpler)


def _note(database: Database, redraw: Redraw, refusal: CannotPost | None, now: datetime) -> None:
    with database.begin() as session:
        if refusal is None:
            redraws.drawn(session, redraw, now)
        elif refusal.retry_after is not None:
            wait = timedelta(seconds=refusal.retry_after)
            redraws.put_off(session, redraw, now + wait, counts=False)
        elif refusal.permanent or redraw.attempts + 1 >= MAX_ATTEMPTS:
            redraws.give_up(session, redraw)
        else:
            redraws.put_off(session, redraw, now + retry_delay(redraw.attempts, STEADY))
