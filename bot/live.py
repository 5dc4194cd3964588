"""The live sources as the settings name them.

Each is asked no oftener than it likes by all processes on the same database together.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.config import Settings
from bot.domain.announcements import ARXIV
from bot.domain.arxiv_categories import current
from bot.domain.paper import HUGGING_FACE
from bot.services.announcements import Source
from bot.services.budgets import Budget
from bot.services.elsewhere import SearchElsewhere
from bot.services.library import FetchPaper
from bot.services.paper_pages import FetchPage
from bot.services.rankings import Lists
from bot.services.turns import Turns
from bot.sources.arxiv import LIMITS, ONE_PAPER, Arxiv
from bot.sources.http import Limits
from bot.sources.hugging_face import HuggingFace
from bot.sources.hugging_face_paper import BESIDE_A_PAPER, PaperReader
from bot.sources.hugging_face_paper import LIMITS as AT_ONCE
from bot.sources.hugging_face_search import Searcher
from storage.database import Database

Sleep = Callable[[float], object]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Lookups:
    """What is asked outside while somebody waits; None where papers are given, as in the demo."""

    paper: FetchPaper | None = None
    page: FetchPage | None = None
    search: SearchElsewhere | None = None


def lookups(settings: Settings, database: Database, now: Clock) -> Lookups:
    """A pasted paper: from Hugging Face, or else from arXiv. The rest from Hugging Face alone."""
    ours = one_paper(settings, database, now)
    arxivs = arxiv(settings, database, now, limits=ONE_PAPER).read
    searcher = Searcher(
        settings.hf_endpoint,
        token=_token(settings),
        contact=settings.contact,
        turn=_budget(database, now, AT_ONCE),
    )
    return Lookups(
        paper=lambda paper_id: ours.read(paper_id) or arxivs(paper_id),
        page=one_paper(settings, database, now, BESIDE_A_PAPER).look,
        search=searcher.search,
    )


def hugging_face(
    settings: Settings, database: Database, now: Clock, sleep: Sleep = time.sleep
) -> HuggingFace:
    """Its lists. Hugging Face counts what comes from an address, whichever process asks."""
    limits = Limits()
    return HuggingFace(
        settings.hf_endpoint,
        token=_token(settings),
        contact=settings.contact,
        limits=limits,
        turn=_budget(database, now, limits, sleep),
        sleep=sleep,
    )


def rankings(source: HuggingFace) -> Lists:
    """Its lists beside those of days."""
    return Lists(source.trending, source.week, source.month)


def one_paper(
    settings: Settings, database: Database, now: Clock, limits: Limits = AT_ONCE
) -> PaperReader:
    """Papers that are asked for by id."""
    return PaperReader(
        settings.hf_endpoint,
        token=_token(settings),
        contact=settings.contact,
        limits=limits,
        turn=_budget(database, now, limits),
    )


def _budget(database: Database, now: Clock, limits: Limits, sleep: Sleep = time.sleep) -> Budget:
    return Budget(database, HUGGING_FACE, now=now, patience=limits.patience, sleep=sleep)


def _token(settings: Settings) -> str:
    return settings.hf_token.get_secret_value() if settings.hf_token else ""


def arxiv(
    settings: Settings,
    database: Database,
    now: Clock,
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
    settings: Settings, database: Database, now: Clock, sleep: Sleep = time.sleep
) -> Source:
    """Where announcements are read, and what they lack."""
    source = arxiv(settings, database, now, sleep=sleep)
    return Source(source.announced, source.submitted)
