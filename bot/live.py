"""arXiv as the settings name it, taking turns with every process on the same database."""

import time
from collections.abc import Callable
from datetime import datetime

from bot.config import Settings
from bot.domain.announcements import ARXIV
from bot.domain.arxiv_categories import current
from bot.domain.paper import Listing
from bot.services.announcements import Source
from bot.services.turns import Turns
from bot.sources.arxiv import LIMITS, ONE_PAPER, Arxiv
from bot.sources.http import Limits
from storage.database import Database

FetchPaper = Callable[[str], Listing | None]
Sleep = Callable[[float], object]


def arxiv(
    settings: Settings,
    database: Database,
    now: Callable[[], datetime],
    *,
    sleep: Sleep = time.sleep,
    limits: Limits = LIMITS,
) -> Arxiv:
    """The live source. arXiv counts what all machines of an operator ask together."""
    turn = Turns(database, ARXIV, now=now, patience=limits.patience, sleep=sleep)
    return Arxiv(
        settings.arxiv_url, contact=settings.contact, turn=turn, limits=limits, sleep=sleep
    )


def categories(settings: Settings) -> tuple[str, ...]:
    """The categories to follow, by the names that arXiv uses today."""
    return tuple(dict.fromkeys(map(current, settings.arxiv_categories.split())))


def announced(
    settings: Settings, database: Database, now: Callable[[], datetime], sleep: Sleep = time.sleep
) -> Source:
    """Where announcements are read, and what they lack."""
    source = arxiv(settings, database, now, sleep=sleep)
    return Source(source.announced, source.submitted)


def either(
    first: FetchPaper, settings: Settings, database: Database, now: Callable[[], datetime]
) -> FetchPaper:
    """A paper that somebody pasted: from the first that knows it, arXiv after all others."""
    second = arxiv(settings, database, now, limits=ONE_PAPER).read
    return lambda paper_id: first(paper_id) or second(paper_id)
