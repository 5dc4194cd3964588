"""How a digest was before its last change, so that this one can be taken back."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from bot.domain.digest import Digest
from bot.domain.round_ups import RoundUp, Slot
from storage import round_ups
from storage.digests import to_digest
from storage.models import DigestRow, UndoRow

# Whose it is and which change it was, and what no person sets.
_NOT_CHANGED = frozenset({"team_id", "audience", "change", "refused_look"})
_MOMENTS = frozenset({"next_due_at", "paused_until"})


@dataclass(frozen=True, slots=True)
class Before:
    """A digest and its round-ups before a change. Without a digest, nobody had set any."""

    digest: Digest | None
    round_ups: tuple[RoundUp, ...]


def note(session: Session, team_id: str, audience: str) -> int:
    """Keep a digest as it is stored, before it is changed; the number of that change."""
    session.flush()
    row = session.get(DigestRow, (team_id, audience), populate_existing=True)
    number = row.change + 1 if row else 1
    wanted = round_ups.of_channel(session, team_id, audience)
    before = {
        "digest": _columns(row) if row else None,
        "round_ups": [_to_json(each) for each in wanted],
    }
    session.merge(UndoRow(team_id=team_id, audience=audience, number=number, before=before))
    session.flush()
    return number


def before(session: Session, now: Digest, number: int) -> Before | None:
    """What was before a change; None where another came after it."""
    who = now.team_id, now.audience
    row = session.get(UndoRow, who, populate_existing=True)
    if row is None or row.number != number or now.change != number:
        return None
    stored = row.before["digest"]
    digest = to_digest(_to_row(now, stored)) if stored else None
    return Before(digest, tuple(_to_round_up(now, each) for each in row.before["round_ups"]))


def _columns(row: DigestRow) -> dict[str, Any]:
    """Whatever a row has, so that what digests come to know later is undone as well."""
    names = (each.key for each in inspect(DigestRow).columns if each.key not in _NOT_CHANGED)
    return {name: _written(getattr(row, name)) for name in names}


def _to_row(now: Digest, stored: dict[str, Any]) -> DigestRow:
    """A row that is in no session."""
    values = {name: _read(value) if name in _MOMENTS else value for name, value in stored.items()}
    refused = now.refused_look.value if now.refused_look else None
    return DigestRow(
        team_id=now.team_id,
        audience=now.audience,
        change=now.change,
        refused_look=refused,
        **values,
    )


def _to_json(wanted: RoundUp) -> dict[str, Any]:
    return {
        "slot": wanted.slot.value,
        "by": wanted.set_by,
        "weekday": wanted.weekday,
        "at": wanted.at.isoformat() if wanted.at is not None else None,
        "next_due_at": _written(wanted.next_due_at),
    }


def _to_round_up(now: Digest, stored: dict[str, Any]) -> RoundUp:
    return RoundUp(
        team_id=now.team_id,
        channel_id=now.audience,
        slot=Slot(stored["slot"]),
        set_by=stored["by"],
        weekday=stored["weekday"],
        at=time.fromisoformat(stored["at"]) if stored["at"] else None,
        next_due_at=_read(stored["next_due_at"]),
    )


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
