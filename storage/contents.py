"""Messages owed or sent, when one of their papers turns out to be another: they name it anew."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.delivery import State
from bot.domain.renaming import renamed, says_nothing, without
from storage.models import DeliveryRow, EditionRow

_WAITING = frozenset({State.PENDING, State.RETRY})


def is_waiting(session: Session, team_id: str, delivery_id: str) -> bool:
    """Whether a message has certainly not been shown yet."""
    row = _delivery(session, team_id, delivery_id)
    return row is not None and row.state in _WAITING and not row.ambiguous


def rename(session: Session, team_id: str, delivery_id: str, old: str, new: str) -> None:
    """Have a message, and the edition that it is of, name one paper in the place of another."""
    row = _delivery(session, team_id, delivery_id)
    if row is None:
        return
    row.content = renamed(row.content, old, new)
    edition = _edition(session, row)
    if edition is not None:
        edition.content = renamed(edition.content, old, new)
    session.flush()


def drop(session: Session, team_id: str, delivery_id: str, paper_id: str) -> None:
    """Take a paper out of a message that waits; one that has nothing else to say is not sent."""
    row = _delivery(session, team_id, delivery_id)
    if row is None:
        return
    row.content = without(row.content, paper_id)
    edition = _edition(session, row)
    if edition is not None:
        edition.content = without(edition.content, paper_id)
    session.flush()
    if says_nothing(row.content) or row.content.get("paper") == paper_id:
        session.execute(delete(DeliveryRow).where(DeliveryRow.id == row.id))


def _delivery(session: Session, team_id: str, delivery_id: str) -> DeliveryRow | None:
    query = select(DeliveryRow).where(DeliveryRow.team_id == team_id, DeliveryRow.id == delivery_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _edition(session: Session, delivery: DeliveryRow) -> EditionRow | None:
    content: dict[str, Any] = delivery.content
    query = select(EditionRow).where(
        EditionRow.team_id == delivery.team_id, EditionRow.id == content.get("edition", -1)
    )
    return session.scalar(query)
