"""Rows of other tables that follow a paper where it becomes one with another, and back.

Where both papers have a row with the same key, one stays: what is kept of both says which it was.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Date, Table, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from storage import contents
from storage.database import UtcDateTime
from storage.models import Base, MergedRow

Row: TypeAlias = Mapping[str, Any]
# Whether the row of the paper that goes counts, rather than the one that the other has, if any.
Wins: TypeAlias = Callable[[Row, Row | None], bool]

_MUTED = "mute:"  # stands in `seen` where no message showed the paper


def _later(column: str) -> Wins:
    return lambda gone, kept: kept is None or gone[column] > kept[column]


def _earlier(column: str) -> Wins:
    return lambda gone, kept: kept is None or gone[column] < kept[column]


# Each table with who owns a row, and which of two counts. Versions are counted by whoever gave an
# id, so that what is said of them does not follow; vectors and what cites a paper are made anew.
FOLLOWING: dict[str, tuple[str, Wins]] = {
    "listings": ("", _later("read_at")),
    "readings": ("", _later("upvotes")),
    "matches": ("", _later("revision")),  # whoever was to be told of either is
    "saved": ("user_id", _earlier("saved_at")),
    "feedback": ("user_id", _later("voted_at")),
    "verdicts": ("channel_id", _later("given_at")),
}


def move(session: Session, merge_id: int, gone: str, kept: str) -> None:
    """Every row of a paper becomes one of another."""
    log = _Log(session, merge_id)
    for name, (owner, wins) in FOLLOWING.items():
        _move(session, log, _table(name), owner, wins, gone, kept)
    _move(session, log, _table("seen"), "audience", _Shown(session, gone, kept), gone, kept)


def note_listings(session: Session, merge_id: int, listed: Iterable[tuple[str, date]]) -> None:
    """These listings, by source and day, came with the paper that goes."""
    log = _Log(session, merge_id)
    for source, day in listed:
        log.keep("listings", "", {"source": source, "day": day}, None)


def move_back(session: Session, merge_id: int, gone: str, kept: str) -> None:
    """Every row that followed goes back, unless somebody took it away since."""
    query = select(MergedRow).where(MergedRow.merge_id == merge_id).order_by(MergedRow.number)
    for each in session.scalars(query).all():
        table = _table(each.name)
        was = _read(table, each.before["gone"])
        rival = _read(table, each.before["kept"]) if each.before["kept"] else None
        _move_one_back(session, table, was, rival, gone, kept)
        if each.name == "seen" and (rival is None or rival["delivery_id"] != was["delivery_id"]):
            contents.rename(session, each.team_id, was["delivery_id"], kept, gone)


class _Log:
    """What rows were before they followed."""

    def __init__(self, session: Session, merge_id: int) -> None:
        self._session, self._merge_id, self._number = session, merge_id, 0

    def keep(self, name: str, owner: str, gone: Row, kept: Row | None) -> None:
        self._session.add(
            MergedRow(
                team_id=gone.get("team_id", ""),
                merge_id=self._merge_id,
                number=self._number,
                name=name,
                owner=owner,
                before={"gone": _written(gone), "kept": _written(kept) if kept else None},
            )
        )
        self._number += 1


class _Shown:
    """Messages follow the papers that they showed; what waits shows nobody a paper again."""

    def __init__(self, session: Session, gone: str, kept: str) -> None:
        self._session, self._gone, self._kept = session, gone, kept

    def __call__(self, gone: Row, kept: Row | None) -> bool:
        team, ours = gone["team_id"], gone["delivery_id"]
        if kept is None:
            contents.rename(self._session, team, ours, self._gone, self._kept)
            return True
        theirs = kept["delivery_id"]
        if ours.startswith(_MUTED):
            return False
        if ours != theirs and contents.is_waiting(self._session, team, ours):
            if not theirs.startswith(_MUTED):
                contents.drop(self._session, team, ours, self._gone)
                return False
        elif contents.is_waiting(self._session, team, theirs):
            contents.drop(self._session, team, theirs, self._kept)
        contents.rename(self._session, team, ours, self._gone, self._kept)
        return True


def _move(
    session: Session, log: _Log, table: Table, owner: str, wins: Wins, gone: str, kept: str
) -> None:
    rivals = {_key(table, row): row for row in _of(session, table, kept)}
    moved = []
    for row in _of(session, table, gone):
        rival, renamed = rivals.get(_key(table, row)), {**row, "paper_id": kept}
        stays = wins(row, rival)
        if rival is None:
            moved.append(renamed)
        elif stays:
            session.execute(update(table).where(_at(table, renamed)).values(renamed))
        log.keep(table.name, row.get(owner, ""), row, rival)
    if moved:
        session.execute(insert(table), moved)
    session.execute(delete(table).where(table.c.paper_id == gone))


def _move_one_back(
    session: Session, table: Table, was: Row, rival: Row | None, gone: str, kept: str
) -> None:
    there = _at(table, {**was, "paper_id": kept})
    now = session.execute(select(table).where(there)).mappings().one_or_none()
    if now is None:
        return
    if rival is None:
        session.execute(delete(table).where(there))
        session.execute(insert(table), [{**now, "paper_id": gone}])
    else:
        session.execute(update(table).where(there).values({**rival, "paper_id": kept}))
        session.execute(insert(table), [{**was, "paper_id": gone}])


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _of(session: Session, table: Table, paper_id: str) -> list[dict[str, Any]]:
    rows = session.execute(select(table).where(table.c.paper_id == paper_id))
    return [dict(row) for row in rows.mappings()]


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    """What tells a row from the paper's others."""
    return tuple(row[each.name] for each in table.primary_key if each.name != "paper_id")


def _at(table: Table, row: Row) -> ColumnElement[bool]:
    return and_(*(each == row[each.name] for each in table.primary_key))


def _written(row: Row) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value  # also of a datetime
        for name, value in row.items()
    }


def _read(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
