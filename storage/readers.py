"""People who are told things: their zone, and the DM they are told in."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.models import ReaderRow

DEFAULT_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Reader:
    """One person in one workspace."""

    team_id: str
    user_id: str
    zone: str
    dm_channel_id: str | None


def get(session: Session, team_id: str, user_id: str) -> Reader:
    """A reader as stored; one who is not known yet lives in UTC."""
    row = session.get(ReaderRow, (team_id, user_id))
    if row is None:
        return Reader(team_id, user_id, DEFAULT_ZONE, None)
    return Reader(team_id, user_id, row.zone, row.dm_channel_id)


def set_zone(session: Session, team_id: str, user_id: str, zone: str) -> None:
    """Remember where a reader is."""
    _row(session, team_id, user_id).zone = zone


def set_dm(session: Session, team_id: str, user_id: str, channel_id: str) -> None:
    """Remember the DM opened with a reader."""
    _row(session, team_id, user_id).dm_channel_id = channel_id


def _row(session: Session, team_id: str, user_id: str) -> ReaderRow:
    """The reader's row. Of two requests of somebody new, the second takes the row of the first."""
    row = session.get(ReaderRow, (team_id, user_id))
    if row is not None:
        return row
    try:
        with session.begin_nested():
            row = ReaderRow(team_id=team_id, user_id=user_id, zone=DEFAULT_ZONE)
            session.add(row)
    except IntegrityError:
        row = session.get_one(ReaderRow, (team_id, user_id))
    return row
