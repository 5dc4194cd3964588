"""What people do not want to be told of, and which papers it held back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.muting import Mute
from storage import given, seen
from storage.models import MuteRow, SeenRow
from storage.upserts import insert


def add(session: Session, team_id: str, user_id: str, text: str, at: datetime) -> bool:
    """Mute what matches a canonical query; False if this person does already."""
    row = {"team_id": team_id, "user_id": user_id, "text": text, "muted_at": at}
    mute = insert(given.dialect(session), MuteRow).values(row).on_conflict_do_nothing()
    return session.scalar(mute.returning(MuteRow.id)) is not None


def of_person(session: Session, team_id: str, user_id: str) -> list[Mute]:
    """Everything a person muted, oldest first: the numbers people see."""
    query = select(MuteRow).where(MuteRow.team_id == team_id, MuteRow.user_id == user_id)
    return [
        Mute(row.id, row.text, row.muted_at) for row in session.scalars(query.order_by(MuteRow.id))
    ]


def remove(session: Session, team_id: str, user_id: str, ids: Collection[int]) -> None:
    """Let some of a person's mutes go."""
    mine = (MuteRow.team_id == team_id, MuteRow.user_id == user_id, MuteRow.id.in_(ids))
    session.execute(delete(MuteRow).where(*mine))


def hold_back(
    session: Session, team_id: str, user_id: str, held: Mapping[str, int], at: datetime
) -> None:
    """Note papers that mutes, by id, kept from a person: they count as seen, and are not weighed
    again with each alert.
    """
    by_mute: dict[int, list[str]] = {}
    for paper_id, mute_id in held.items():
        by_mute.setdefault(mute_id, []).append(paper_id)
    for mute_id, papers in by_mute.items():
        seen.tell(session, team_id, user_id, papers, _mark(mute_id), at)


def let_through(
    session: Session, team_id: str, user_id: str, ids: Iterable[int], since: datetime
) -> None:
    """Forget what these mutes kept from a person since an instant: it may be told now."""
    session.execute(
        delete(SeenRow).where(
            SeenRow.team_id == team_id,
            SeenRow.audience == user_id,
            SeenRow.delivery_id.in_([_mark(each) for each in ids]),
            SeenRow.seen_at >= since,
        )
    )


def _mark(mute_id: int) -> str:
    """Stands in `seen` where else a delivery's id does: no message showed the paper."""
    return f"mute:{mute_id}"
