"""People who are told things: their hours, and the DM they are told in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Text, bindparam, func, literal, select, true, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.reader import Hours, Quiet
from storage import given, upserts
from storage.models import ReaderRow

DEFAULT_ZONE = "UTC"
UNKNOWN_ZONE = ""  # neither the person nor Slack has told
AT_ONCE = 400  # people asked for in one query: SQLite takes so many parameters everywhere


@dataclass(frozen=True, slots=True)
class Reader:
    """One person in one workspace."""

    team_id: str
    user_id: str
    hours: Hours
    dm_channel_id: str | None
    knows_zone: bool = False  # told by the person or by Slack

    @property
    def zone(self) -> str:
        """The IANA name of where they live."""
        return self.hours.zone.key


def get(session: Session, team_id: str, user_id: str) -> Reader:
    """A reader as stored; one who is not known yet lives in UTC."""
    row = session.get(ReaderRow, (team_id, user_id))
    if row is None:
        return Reader(team_id, user_id, _default(), None)
    return Reader(team_id, user_id, _hours(row), row.dm_channel_id, row.zone != UNKNOWN_ZONE)


def hours(session: Session, people: Collection[tuple[str, str]]) -> dict[tuple[str, str], Hours]:
    """The hours of many people, each named by workspace and user id."""
    found = dict.fromkeys(people, _default())
    for some in _parts(list(found)):
        for row in session.scalars(_among(), {"people": some}):
            found[row.team_id, row.user_id] = _hours(row)
    return found


def count(session: Session, at_most: int) -> int:
    """How many people are known in all workspaces; no further than that is counted."""
    some = select(ReaderRow.user_id).limit(at_most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def learn_zone(session: Session, team_id: str, user_id: str, zone: str) -> None:
    """Remember where Slack says a reader is, unless a zone is known: it may be their own choice."""
    row = _row(session, team_id, user_id)
    row.zone = row.zone or zone


def set_zone(session: Session, team_id: str, user_id: str, zone: str) -> None:
    """Remember where a reader says they are."""
    _row(session, team_id, user_id).zone = zone


def set_hour(session: Session, team_id: str, user_id: str, at: time) -> None:
    """Remember when a reader wants gathered matches."""
    _row(session, team_id, user_id).minute = _minute(at)


def set_quiet(session: Session, team_id: str, user_id: str, quiet: Quiet | None) -> None:
    """Remember a reader's quiet hours, or that there are none."""
    row = _row(session, team_id, user_id)
    row.quiet_from = _minute(quiet.begins) if quiet else None
    row.quiet_until = _minute(quiet.ends) if quiet else None


def set_dms(session: Session, opened: Mapping[tuple[str, str], str]) -> None:
    """Remember the DMs opened with readers, each named by workspace and user id."""
    if not opened:
        return
    people = [
        {"team_id": team_id, "user_id": user_id, "dm": channel_id}
        for (team_id, user_id), channel_id in sorted(opened.items())  # all workers in one order
    ]
    session.execute(_opening(given.dialect(session)), {"opened": given.written(people)})


@cache
def _opening(dialect: str) -> upserts.Insert:
    opened = given.rows(dialect, "opened", team_id=Text(), user_id=Text(), dm=Text())
    minute = literal(_minute(_default().at))
    found = select(
        opened.c.team_id, opened.c.user_id, literal(UNKNOWN_ZONE), minute, opened.c.dm
    ).where(true())  # else SQLite takes what follows for a join
    columns = ["team_id", "user_id", "zone", "minute", "dm_channel_id"]
    insert = upserts.insert(dialect, ReaderRow).from_select(columns, found)
    return insert.on_conflict_do_update(
        index_elements=[ReaderRow.team_id, ReaderRow.user_id],
        set_={"dm_channel_id": insert.excluded.dm_channel_id},
    )


@cache  # put together once: each alert asks
def _among() -> Select[ReaderRow]:
    key = tuple_(ReaderRow.team_id, ReaderRow.user_id)
    return select(ReaderRow).where(key.in_(bindparam("people", expanding=True)))


def _row(session: Session, team_id: str, user_id: str) -> ReaderRow:
    """The reader's row. Of two requests of somebody new, the second takes the row of the first."""
    row = session.get(ReaderRow, (team_id, user_id))
    if row is not None:
        return row
    try:
        with session.begin_nested():
            row = ReaderRow(team_id=team_id, user_id=user_id, zone=UNKNOWN_ZONE)
            session.add(row)
    except IntegrityError:
        row = session.get_one(ReaderRow, (team_id, user_id))
    return row


def _hours(row: ReaderRow) -> Hours:
    quiet = None
    if row.quiet_from is not None and row.quiet_until is not None:
        quiet = Quiet(_time(row.quiet_from), _time(row.quiet_until))
    return Hours(ZoneInfo(row.zone or DEFAULT_ZONE), _time(row.minute), quiet)


def _default() -> Hours:
    return Hours(ZoneInfo(DEFAULT_ZONE))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _parts(people: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]
