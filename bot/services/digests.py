"""A channel's digest as people set it: on, off, and at which hour."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant, last_due, next_due
from bot.domain.digest import DAILY, ChannelDigest, Look, Schedule
from bot.errors import BotError
from bot.services import alerts
from storage import channels, editions, papers
from storage.database import Database, Session


class DigestIsOff(BotError):
    """The digest is off in this channel. Turn it on with `/papers digest on`."""


def settings(database: Database, team_id: str, channel_id: str) -> ChannelDigest | None:
    """A channel's settings as stored; None where nobody ever set any."""
    with database.read() as session:
        return channels.get(session, team_id, channel_id)


def turn_on(
    database: Database, team_id: str, channel_id: str, *, by: str, zone: ZoneInfo, now: datetime
) -> ChannelDigest:
    """Start a channel's digest, as it was set before, else at nine on workdays in this zone.

    One that is on stays due when it is: a second *on* must not skip the edition being waited for.
    """
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old hours meanwhile
        digest = channels.get(session, team_id, channel_id) or ChannelDigest.unset(
            team_id, channel_id, zone
        )
        due = digest.next_due_at or next_due(digest.schedule, now)
        return _save_and_plan(session, replace(digest, set_by=by, next_due_at=due), now)


def turn_off(database: Database, team_id: str, channel_id: str, *, by: str) -> ChannelDigest:
    """Stop a channel's digest; its settings stay for the day it is wanted again."""
    with database.begin() as session:
        digest = channels.get(session, team_id, channel_id)
        if digest is None or digest.next_due_at is None:
            raise DigestIsOff
        digest = replace(digest, set_by=by, next_due_at=None)
        channels.save(session, digest)
        return digest


def move(
    database: Database,
    team_id: str,
    channel_id: str,
    *,
    at: time,
    zone: ZoneInfo | None,
    fallback: ZoneInfo,
    by: str,
    now: datetime,
) -> ChannelDigest:
    """Set the hour, which also turns a digest on. The zone stays unless one is named."""
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old hours meanwhile
        # Held: an edition that is being made by the old hours is made first.
        digest = channels.hold(session, team_id, channel_id) or ChannelDigest.unset(
            team_id, channel_id, fallback
        )
        schedule = replace(digest.schedule, at=at, zone=zone or digest.schedule.zone)
        _redate(session, digest, schedule.zone)
        due = _due_after_move(session, digest, schedule, now)
        moved = replace(digest, schedule=schedule, set_by=by, next_due_at=due)
        return _save_and_plan(session, moved, now)


def _redate(session: Session, digest: ChannelDigest, zone: ZoneInfo) -> None:
    """The last edition belongs to the date it was where its channel now is, as for people."""
    last = editions.last(session, digest.team_id, digest.channel_id, DAILY)
    if last is None or zone == digest.schedule.zone:
        return
    made, was = last.made_at, digest.schedule
    if made.astimezone(was.zone).date() != last.local_date:  # late, after days away
        made = instant(last.local_date, was.at, was.zone)
    editions.redate(session, last, DAILY, made.astimezone(zone).date())


def _due_after_move(
    session: Session, digest: ChannelDigest, schedule: Schedule, now: datetime
) -> datetime:
    """When a digest comes whose hours change.

    One that is due stays due where its day would else go without; one that a change of zone jumps
    over comes at once.
    """
    day = last_due(schedule, now).astimezone(schedule.zone).date()
    who, due = (digest.team_id, digest.channel_id), digest.next_due_at
    if due is None or editions.exists(session, *who, day, DAILY):
        return next_due(schedule, now)
    if due <= now:
        return due
    if digest.schedule.zone == schedule.zone:
        return next_due(schedule, now)
    # Who crosses the date line has a date twice, and the first of the two had the digest.
    twice = day == now.astimezone(schedule.zone).date() and editions.last(session, *who, DAILY)
    was_to_come = due.astimezone(digest.schedule.zone).date() == day
    return now if twice or was_to_come else next_due(schedule, now)


def prefer(
    database: Database,
    team_id: str,
    channel_id: str,
    *,
    change: Callable[[ChannelDigest], ChannelDigest],
    fallback: ZoneInfo,
    by: str,
    now: datetime,
) -> ChannelDigest:
    """Change anything but whether a digest is on; other days may bring another next date."""
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old days meanwhile
        before = channels.get(session, team_id, channel_id) or ChannelDigest.unset(
            team_id, channel_id, fallback
        )
        digest = replace(change(before), set_by=by)
        if before.next_due_at is not None and digest.schedule != before.schedule:
            digest = replace(digest, next_due_at=next_due(digest.schedule, now))
        return _save_and_plan(session, digest, now)


def sized(size: int) -> Callable[[ChannelDigest], ChannelDigest]:
    """The change to so many papers."""
    return lambda digest: replace(digest, size=size)


def on_days(weekdays: frozenset[int]) -> Callable[[ChannelDigest], ChannelDigest]:
    """The change to these days of the week."""
    return lambda digest: replace(digest, schedule=replace(digest.schedule, weekdays=weekdays))


def looking(look: Look) -> Callable[[ChannelDigest], ChannelDigest]:
    """The change to this look."""
    return lambda digest: replace(digest, look=look)


def preferring(topics: str) -> Callable[[ChannelDigest], ChannelDigest]:
    """The change to these topics, a canonical query; empty for none."""
    return lambda digest: replace(digest, topics=topics)


def _save_and_plan(session: Session, digest: ChannelDigest, now: datetime) -> ChannelDigest:
    """The channel's topics are told at the hour of its digest: what waits moves with it."""
    with alerts.moving(session, digest.team_id, [digest.channel_id], now):
        channels.save(session, digest)
    return digest
