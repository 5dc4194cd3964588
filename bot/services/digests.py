"""A digest as people set it, for their channel or for themselves: on, off, and at which hour."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant, last_due, next_due
from bot.domain.digest import DAILY, Digest, Look, Schedule
from bot.domain.preferences import Topics
from bot.errors import BotError
from bot.services import alerts, holders, planning
from storage import digests, editions, papers
from storage.database import Database, Session


class DigestIsOff(BotError):
    """The digest is off in this channel. Turn it on with `/papers digest on`."""


def settings(database: Database, team_id: str, audience: str) -> Digest | None:
    """The settings of a channel or a person as stored; None where nobody ever set any."""
    with database.read() as session:
        return digests.get(session, team_id, audience)


def turn_on(
    database: Database, team_id: str, audience: str, *, by: str, zone: ZoneInfo, now: datetime
) -> Digest:
    """Start a digest, as it was set before, else at nine on workdays in this zone.

    One that is on stays due when it is: a second *on* must not skip the edition being waited for.
    """
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old hours meanwhile
        known = digests.get(session, team_id, audience)
        digest = known or holders.unset(session, team_id, audience, zone)
        due = digest.next_due_at or holders.next_due_at(session, digest, now)
        on = replace(digest, set_by=by, next_due_at=due, paused_until=None)
        return _save_and_plan(session, on, now)


def turn_off(database: Database, team_id: str, audience: str, *, by: str) -> Digest:
    """Stop a digest and its round-ups; all stays set for the day it is wanted again."""
    with database.begin() as session:
        papers.hold_revision(session)  # of two who change it, each is told what was before
        digest = digests.hold(session, team_id, audience)
        if digest is None:
            raise DigestIsOff
        off = planning.numbered(session, replace(digest, set_by=by, next_due_at=None))
        if not planning.sleep(session, team_id, audience) and digest.next_due_at is None:
            raise DigestIsOff
        digests.save(session, off)
        return off


def move(
    database: Database,
    team_id: str,
    audience: str,
    *,
    at: time,
    zone: ZoneInfo | None,
    fallback: ZoneInfo,
    by: str,
    now: datetime,
) -> Digest:
    """Set the hour, which also turns a digest on. The zone stays unless one is named."""
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old hours meanwhile
        # Held: an edition that is being made by the old hours is made first.
        known = digests.hold(session, team_id, audience)
        digest = known or holders.unset(session, team_id, audience, fallback)
        schedule = replace(digest.schedule, at=at, zone=zone or digest.schedule.zone)
        redate(session, digest, schedule.zone)
        due = due_after_move(session, digest, schedule, now)
        moved = replace(digest, schedule=schedule, set_by=by, next_due_at=due, paused_until=None)
        return _save_and_plan(session, moved, now)


def rescheduled(session: Session, digest: Digest, schedule: Schedule, now: datetime) -> Digest:
    """A digest by other hours; one that is off stays off."""
    redate(session, digest, schedule.zone)
    moved = replace(digest, schedule=schedule)
    if digest.next_due_at is None:
        return moved
    return replace(moved, next_due_at=due_after_move(session, digest, schedule, now))


def redate(session: Session, digest: Digest, zone: ZoneInfo) -> None:
    """The last edition belongs to the date it was where its audience now is, as alerts do."""
    last = editions.last(session, digest.team_id, digest.audience, DAILY)
    if last is None or zone == digest.schedule.zone:
        return
    made, was = last.made_at, digest.schedule
    if made.astimezone(was.zone).date() != last.local_date:  # late, after days away
        made = instant(last.local_date, was.at, was.zone)
    editions.redate(session, last, DAILY, made.astimezone(zone).date())


def due_after_move(session: Session, digest: Digest, schedule: Schedule, now: datetime) -> datetime:
    """When a digest comes whose hours change.

    One that is due stays due where its day would else go without; one that a change of zone jumps
    over comes at once.
    """
    moved = replace(digest, schedule=schedule)
    next_at = holders.next_due_at(session, moved, now)
    if _is_made(session, digest, next_at.astimezone(schedule.zone).date()):
        next_at = holders.next_due_at(session, moved, next_at)  # else we would name a day in vain
    day = last_due(schedule, now).astimezone(schedule.zone).date()
    who, due = (digest.team_id, digest.audience), digest.next_due_at
    if due is None or _is_made(session, digest, day):
        return next_at
    if due <= now or due < next_due(digest.schedule, now):  # or comes minutes after its hour
        return due
    if digest.schedule.zone == schedule.zone:
        return next_at
    # Who crosses the date line has a date twice, and the first of the two had the digest.
    twice = day == now.astimezone(schedule.zone).date() and editions.last(session, *who, DAILY)
    was_to_come = due.astimezone(digest.schedule.zone).date() == day
    return now if twice or was_to_come else next_at


def _is_made(session: Session, digest: Digest, day: date) -> bool:
    return editions.exists(session, digest.team_id, digest.audience, day, DAILY)


def prefer(
    database: Database,
    team_id: str,
    audience: str,
    *,
    change: Callable[[Digest], Digest],
    fallback: ZoneInfo,
    by: str,
    now: datetime,
) -> Digest:
    """Change anything but whether a digest is on; other days may bring another next date."""
    with database.begin() as session:
        papers.hold_revision(session)  # nobody plans by the old days meanwhile
        known = digests.get(session, team_id, audience)
        before = known or holders.unset(session, team_id, audience, fallback)
        digest = replace(change(before), set_by=by)
        if before.next_due_at is not None and digest.schedule != before.schedule:
            digest = replace(digest, next_due_at=holders.next_due_at(session, digest, now))
        return _save_and_plan(session, digest, now)


def sized(size: int) -> Callable[[Digest], Digest]:
    """The change to so many papers."""
    return lambda digest: replace(digest, size=size)


def on_days(weekdays: frozenset[int]) -> Callable[[Digest], Digest]:
    """The change to these days of the week."""
    return lambda digest: replace(digest, schedule=replace(digest.schedule, weekdays=weekdays))


def looking(look: Look) -> Callable[[Digest], Digest]:
    """The change to this look, also where Slack refused it: it may take it now."""
    return lambda digest: replace(digest, look=look, refused_look=None)


def preferring(topics: Topics) -> Callable[[Digest], Digest]:
    """The change to these topics: they come first, or alone."""
    return lambda digest: replace(digest, topics=topics.text, only_topics=topics.only)


def _save_and_plan(session: Session, digest: Digest, now: datetime) -> Digest:
    """A channel's topics are told at the hour of its digest: what waits moves with it."""
    told_with_it = [] if digest.is_personal else [digest.audience]
    digest = planning.numbered(session, digest.awake(now))
    with alerts.moving(session, digest.team_id, told_with_it, now):
        digests.save(session, digest)
    planning.replan(session, digest, now)
    return digest
