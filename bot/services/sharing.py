"""A paper that somebody shows to a channel other than the one they are in."""

from collections.abc import Mapping
from datetime import datetime

from bot.blocks.kit import Message
from bot.blocks.papers import shared as message
from bot.domain.paper import Listing
from bot.errors import BotError
from bot.services.library import NotAPaper, named
from storage import deliveries, papers
from storage.database import Database, Session

SHARED = "share"  # the kind of the message that is owed


class NotThere(BotError):
    """I'm not in that channel. Invite me there with `/invite @Daily Papers`, then choose again."""


class NotYours(NotThere):
    """You are not in that channel, so I don't post there for you. Choose one that you are in."""


def share_in(
    database: Database,
    team_id: str,
    channel_id: str,
    paper_id: str,
    *,
    by: str,
    form_id: str,
    now: datetime,
) -> Listing:
    """Owe a channel a paper, with the name of who shows it; once for each form and channel."""
    with database.begin() as session:
        papers.hold_revision(session)  # of two clicks at once the second sees the first
        listing = named(session, paper_id, NotAPaper)
        key = f"{SHARED}:{team_id}:{form_id}:{channel_id}"
        if not deliveries.is_queued(session, key):
            deliveries.queue(
                session,
                team_id=team_id,
                kind=SHARED,
                audience=channel_id,
                dedup_key=key,
                content={"paper": listing.paper.id, "by": by},
                due_at=now,
            )
        return listing


def shared(session: Session, content: Mapping[str, str]) -> Message:
    """What the channel reads. Raises UnknownPaper."""
    return message(named(session, content["paper"], NotAPaper), content["by"])
