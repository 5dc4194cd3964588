"""How things stand, for people and operators."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.audience import is_person
from bot.domain.feeds import Standing
from bot.domain.paper import HUGGING_FACE
from bot.domain.status import NextRead, Status, Stopped, Stuck
from bot.services import announcements, ingest
from storage import deliveries, digests, feeds, fetches, papers, rates, readers, round_ups
from storage.database import Database, Session

LISTED = 10  # messages that are stuck: beyond that they are counted
OVERDUE = timedelta(minutes=10)  # a read takes minutes at most, with every retry


def teams(database: Database) -> list[str]:
    """Every workspace that has settings here; one without a name where there is none yet."""
    with database.read() as session:
        return digests.teams(session) or [""]


def status(
    database: Database,
    team_id: str,
    user_id: str = "",
    zone: ZoneInfo | None = None,
    *,
    now: datetime,
) -> Status:
    """How things stand for one workspace, as one of its people may know it.

    `zone` is where Slack says they are, if nobody has told us.
    """
    with database.read() as session:
        followed, gone = feeds.followed(session), feeds.abandoned(session)
        mine = digests.get(session, team_id, user_id)
        return Status(
            papers=papers.count(session),
            reads=tuple(each for each in fetches.last_reads(session) if each.source not in gone),
            digests=tuple(digests.switched_on(session, team_id)),
            round_ups=tuple(round_ups.awake(session, team_id)),
            mine=mine.awake(now) if mine else None,
            owed=deliveries.counts(session, team_id),
            last_error=deliveries.last_error(session, team_id),
            zone=_zone(session, team_id, user_id, zone),
            next_reads={
                HUGGING_FACE: _next_read(session, now),
                **{each.source: _next_of_feed(each, now) for each in followed},
            },
            stuck=_stuck(session, team_id, user_id),
            stopped=_stopped(session, team_id),
            late=announcements.late(session),
            feeds={each.source: each for each in followed},
        )


def _zone(session: Session, team_id: str, user_id: str, zone: ZoneInfo | None) -> ZoneInfo:
    reader = readers.get(session, team_id, user_id)
    return zone if zone is not None and not reader.knows_zone else reader.hours.zone


def _next_read(session: Session, now: datetime) -> NextRead:
    at = ingest.next_read(session, now)
    return NextRead(at, now - at > OVERDUE)


def _next_of_feed(feed: Standing, now: datetime) -> NextRead:
    at = feed.due_at or now
    return NextRead(at, now - at > OVERDUE)


def _stopped(session: Session, team_id: str) -> Stopped | None:
    stop = rates.stopped(session, team_id)
    return Stopped(stop.reason, stop.since) if stop else None


def _stuck(session: Session, team_id: str, user_id: str) -> tuple[Stuck, ...]:
    return tuple(
        Stuck(
            kind=each.kind,
            channel_id="" if is_person(each.audience) else each.audience,
            is_mine=each.audience == user_id,
            state=each.state,
            since=each.first_attempt_at,
            reason=each.reason,
        )
        for each in deliveries.parked(session, team_id, LISTED)
    )
