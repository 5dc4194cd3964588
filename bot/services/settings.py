"""A person's hours: when gathered matches come, in which zone, and when nothing comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.hours import read_change
from bot.domain.reader import Hours
from bot.services import alerts, own_digest
from storage import papers, readers, subscriptions
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Changed:
    """A person's hours before a change and after it."""

    before: Hours
    after: Hours


def settings(database: Database, team_id: str, user_id: str, zone: ZoneInfo | None) -> Hours:
    """A person's hours; `zone` is where Slack says they are, if nobody has told us."""
    with database.read() as session:
        return _known(session, team_id, user_id, zone)


def change(
    database: Database, team_id: str, user_id: str, said: str, zone: ZoneInfo | None, now: datetime
) -> Changed:
    """Change what was named, as `read_change` reads it, and when what waits is told.

    `zone` is where Slack says they are; one that is known stays. Raises what `read_change` does.
    """
    return _change(database, team_id, user_id, zone, now, lambda hours: read_change(said, hours))


def save(database: Database, team_id: str, user_id: str, hours: Hours, now: datetime) -> Changed:
    """Change all of them at once, and when what waits is told."""
    return _change(database, team_id, user_id, hours.zone, now, lambda _: hours)


def learn_zone(database: Database, team_id: str, user_id: str, zone: ZoneInfo) -> None:
    """Remember where Slack says a person is, unless that is known."""
    with database.begin() as session:
        readers.learn_zone(session, team_id, user_id, zone.key)


def _change(
    database: Database,
    team_id: str,
    user_id: str,
    zone: ZoneInfo | None,
    now: datetime,
    wanted: Callable[[Hours], Hours],
) -> Changed:
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old hours meanwhile
        if zone is not None:
            readers.learn_zone(session, team_id, user_id, zone.key)
        before = readers.get(session, team_id, user_id).hours
        after = wanted(before)
        audiences = (user_id, *subscriptions.channels_of(session, team_id, user_id))
        with alerts.moving(session, team_id, audiences, now):
            _store(session, team_id, user_id, before, after)
        own_digest.follow(session, team_id, user_id, before, after, now)
        return Changed(before, after)


def _known(session: Session, team_id: str, user_id: str, zone: ZoneInfo | None) -> Hours:
    reader = readers.get(session, team_id, user_id)
    if reader.knows_zone or zone is None:
        return reader.hours
    return Hours(zone, reader.hours.at, reader.hours.quiet)


def _store(session: Session, team_id: str, user_id: str, before: Hours, after: Hours) -> None:
    if after.zone != before.zone:
        readers.set_zone(session, team_id, user_id, after.zone.key)
    readers.set_hour(session, team_id, user_id, after.at)
    readers.set_quiet(session, team_id, user_id, after.quiet)
