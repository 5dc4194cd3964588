"""How things stand, for people and operators."""

from zoneinfo import ZoneInfo

from bot.domain.status import Status
from storage import channels, deliveries, fetches, papers, readers
from storage.database import Database


def teams(database: Database) -> list[str]:
    """Every workspace that has settings here; one without a name where there is none yet."""
    with database.read() as session:
        return channels.teams(session) or [""]


def status(database: Database, team_id: str, user_id: str = "") -> Status:
    """How things stand for one workspace."""
    with database.read() as session:
        return Status(
            papers=papers.count(session),
            reads=tuple(fetches.last_reads(session)),
            digests=tuple(channels.switched_on(session, team_id)),
            owed=deliveries.counts(session, team_id),
            last_error=deliveries.last_error(session, team_id),
            zone=ZoneInfo(readers.get(session, team_id, user_id).zone),
        )
