"""The one message a channel gets when somebody adds the bot."""

from datetime import datetime

from storage import deliveries
from storage.database import Database


def welcome(database: Database, team_id: str, channel_id: str, now: datetime) -> None:
    """Owe a channel its first message, once, however often Slack says that we joined."""
    key = f"welcome:{team_id}:{channel_id}"
    with database.begin() as session:
        if not deliveries.is_queued(session, key):
            deliveries.queue(
                session,
                team_id=team_id,
                kind="welcome",
                audience=channel_id,
                dedup_key=key,
                content={},
                due_at=now,
            )
