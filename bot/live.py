"""The live sources as the settings name them.

Each is asked no oftener than it likes by all processes on the same database together.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot import feeds_named
from bot.config import Settings
from bot.domain.announcements import ARXIV
from bot.domain.arxiv_categories import current
from bot.domain.feeds import Found, Standing
from bot.domain.paper import HUGGING_FACE
from bot.feeds_named import NamedFeed, NamedServer
from bot.services.announcements import Source
from bot.services.budgets import Budget
from bot.services.elsewhere import SearchElsewhere
from bot.services.feeds import Feed
from bot.services.feeds import Read as ReadFeed
from bot.services.library import FetchPaper
from bot.services.paper_pages import FetchPage
from bot.services.rankings import Lists
from bot.services.turns import Turns
from bot.sources import biorxiv
from bot.sources import feeds as feed_source
from bot.sources.arxiv import LIMITS, ONE_PAPER, Arxiv
from bot.sources.http import Limits
from bot.sources.hugging_face import HuggingFace
from bot.sources.hugging_face_paper import BESIDE_A_PAPER, PaperReader
from bot.sources.hugging_face_paper import LIMITS as AT_ONCE
from bot.sources.hugging_face_search import Searcher
from storage.database import Database

Sleep = Callable[[float], object]
Clock = Callable[[], datetime]
MakeTurn = Callable[[str, float], Turns]

HOST_PAUSE = timedelta(seconds=1)  # between two requests to a host
LONGEST_LEASE = 128  # letters of a name
# How far back a preprint server is read at first, and after days away.
AT_FIRST, CATCH_UP, A_DAY = timedelta(days=3), timedelta(days=14), timedelta(days=1)


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


def feeds(
    settings: Settings, database: Database, now: Callable[[], datetime], sleep: Sleep = time.sleep
) -> list[Feed]:
    """Feeds and preprint servers, each host of theirs asked in turns."""

    def turn(host: str, patience: float) -> Turns:
        pause = None if host == ARXIV else HOST_PAUSE
        return Turns(database, host, now=now, patience=patience, sleep=sleep, pause=pause)

    return [
        *(_feed(each, settings, turn, sleep) for each in feeds_named.feeds(settings.feeds)),
        *(_server(each, settings, turn, sleep) for each in feeds_named.servers(settings.feeds)),
    ]


def _feed(named: NamedFeed, settings: Settings, turn: MakeTurn, sleep: Sleep) -> Feed:
    host = _turns_of(named.host)
    source = feed_source.Feed(
        named.address,
        named.digest,
        contact=settings.contact,
        turn=turn(host, feed_source.LIMITS.patience),
        sleep=sleep,
    )
    return Feed(named.name, named.digest, host, lambda known, now: source.read(known.validators))


def _server(named: NamedServer, settings: Settings, turn: MakeTurn, sleep: Sleep) -> Feed:
    host = _turns_of(urlsplit(settings.biorxiv_url).hostname or "")
    preprints = biorxiv.Preprints(
        biorxiv.Server(named.name),
        named.categories,
        base=settings.biorxiv_url,
        contact=settings.contact,
        turn=turn(host, biorxiv.LIMITS.patience),
        sleep=sleep,
    )
    return Feed(named.name, named.name, host, _reading_since(preprints), preprints.read)


def _reading_since(source: biorxiv.Preprints) -> ReadFeed:
    """From the day before the latest that is known: papers come in over the whole day."""

    def read(known: Standing, now: datetime) -> Found:
        today = now.astimezone(UTC).date()
        earliest = today - (AT_FIRST if known.newest is None else CATCH_UP)
        latest = known.newest.date() - A_DAY if known.newest else earliest
        return source.read(max(earliest, min(latest, today)), today)

    return read


def _turns_of(host: str) -> str:
    """The name of the lease by which everybody takes turns at a host; arXiv's are all one."""
    is_arxivs = f".{host.lower()}".endswith(".arxiv.org")
    return ARXIV if is_arxivs else f"host {host.lower()}"[:LONGEST_LEASE]
