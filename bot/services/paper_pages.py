"""What cites a paper on Hugging Face: fetched when somebody looks at the paper, not before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.domain.paper_page import Looked, PaperPage
from storage import pages, papers, rankings
from storage.database import Database

FRESH = timedelta(hours=6)
AFTER_SILENCE = timedelta(minutes=10)  # so that not everybody who looks waits for it

FetchPage: TypeAlias = Callable[[str], Looked | None]


def known(database: Database, paper_id: str, now: datetime) -> tuple[PaperPage | None, bool]:
    """What was read of a paper's page, and whether it is time to read it again."""
    with database.read() as session:
        found = pages.get(session, paper_id)
    if found is None:
        return None, True
    is_due = now - found.asked_at >= AFTER_SILENCE
    if found.read_at is None:
        return None, is_due
    return found.page, is_due and now - found.read_at >= FRESH


def look(
    database: Database, paper_id: str, fetch: FetchPage | None, now: datetime
) -> PaperPage | None:
    """The same, read again where it is time; its votes are kept as well. May take seconds."""
    found, is_due = known(database, paper_id, now)
    if fetch is None or not is_due:
        return found
    looked = fetch(paper_id)  # outside any transaction
    with database.begin() as session:
        if not papers.by_ids(session, [paper_id]):
            return looked.page if looked else found
        if looked is None:
            pages.note_silence(session, paper_id, now)
            return found
        pages.keep(session, paper_id, looked.page, now)
        rankings.count(session, looked.listing, now)
    return looked.page
