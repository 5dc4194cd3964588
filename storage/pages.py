"""What cites a paper on Hugging Face: read when somebody looks, and kept for a while."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.paper_page import PaperPage
from storage import given, upserts
from storage.models import PageRow


@dataclass(frozen=True, slots=True)
class Known:
    """A page as it was read last, and when it was last asked for, answered or not."""

    page: PaperPage
    read_at: datetime | None
    asked_at: datetime


def get(session: Session, paper_id: str) -> Known | None:
    """What is known of a paper's page; None where nobody ever asked for it."""
    row = session.get(PageRow, paper_id)
    if row is None:
        return None
    return Known(PaperPage(row.models, row.datasets, row.spaces), row.read_at, row.asked_at)


def keep(session: Session, paper_id: str, page: PaperPage, now: datetime) -> None:
    """The page of a stored paper, as it was read just now."""
    _put(session, paper_id, **asdict(page), read_at=now, asked_at=now)


def note_silence(session: Session, paper_id: str, now: datetime) -> None:
    """It did not answer: what is known stays."""
    _put(session, paper_id, asked_at=now)


def _put(session: Session, paper_id: str, **values: object) -> None:
    """Two that look at the same time write one row."""
    insert = upserts.insert(given.dialect(session), PageRow).values(paper_id=paper_id, **values)
    session.execute(insert.on_conflict_do_update(index_elements=["paper_id"], set_=values))
