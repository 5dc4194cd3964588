"""Whoever has a digest: a channel, or a person, whose hours are where theirs begins."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.audience import is_person
from bot.domain.calendar import next_due
from bot.domain.digest import Digest
from bot.domain.reader import Hours
from bot.domain.spread import LARGEST_CROWD, delay, spread
from storage import readers
from storage.database import Session


def unset(session: Session, team_id: str, audience: str, zone: ZoneInfo) -> Digest:
    """What stands before anybody sets anything: a person's is at the hour of their messages.

    `zone` is where Slack says whoever asks is; a person's own that is known counts.
    """
    if not is_person(audience):
        return Digest.unset(team_id, audience, zone)
    reader = readers.get(session, team_id, audience)
    known = reader.hours.zone if reader.knows_zone else zone
    return Digest.unset(team_id, audience, known, reader.hours.at)


def next_due_at(session: Session, digest: Digest, after: datetime) -> datetime:
    """When the next edition later than `after` is due; those of many people, one by one."""
    due = next_due(digest.schedule, after)
    if not digest.is_personal:
        return due
    hours = hours_of(session, digest)
    crowd = readers.count(session, at_most=LARGEST_CROWD)
    # Not before its hour: the date of an edition is that of the last hour that has come.
    return spread(hours, due, delay(digest.team_id, digest.audience, crowd), earliest=due)


def hours_of(session: Session, digest: Digest) -> Hours:
    """A person's quiet hours, at the hour and in the zone of their digest."""
    quiet = readers.get(session, digest.team_id, digest.audience).hours.quiet
    return Hours(digest.schedule.zone, digest.schedule.at, quiet, digest.schedule.weekdays)
