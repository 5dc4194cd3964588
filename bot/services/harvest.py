"""Everything that changed in arXiv's categories since a day: a backfill, or a long absence made up.

The list comes in pages, and each page is stored before the next is asked for: who stops it goes on
where it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from bot.domain.announcements import ARXIV
from bot.domain.harvest import Page
from bot.domain.paper import UNDATED, Batch, Listing, Paper
from bot.errors import SourceFailed, SourceRefuses
from bot.services import ingest
from storage import harvests, listings
from storage.database import Database, Session
from storage.harvests import Harvest

# A paper may wait for moderation; one that came in longer before has changed, and is no news.
MODERATION = timedelta(days=7)
# arXiv refuses for hours at a time. Each wait is twice the last, up to this; all together a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)
PATIENCE = timedelta(hours=24)
_ANEW = "The list can't be gone on with: such lists end with their day. It begins anew."

# Category, first day, token: a page, or None where the token is not good any more.
ReadPage: TypeAlias = Callable[[str, date, str], Page | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read: everything in a category that changed from one day to another."""

    category: str
    since: date
    until: date | None = None
    tell: bool = True  # subscribers, of what came in since then


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is read."""

    records: int = 0  # with those of an earlier run
    read: int = 0  # in this one
    new: int = 0
    changed: int = 0  # known, or older than what was asked for
    deleted: int = 0
    problems: tuple[str, ...] = ()  # since the last time this was told


def harvest(
    database: Database,
    read: ReadPage,
    asked: Asked,
    now: Callable[[], datetime],
    sleep: Callable[[float], object],
) -> Iterator[Progress]:
    """Read page after page, and say after each how far it is.

    A list that was begun earlier the same day with the same first day goes on. A failure is told
    and waited out. Raises SourceFailed when arXiv is silent for longer than a day, or says no.
    """
    known = _begun(database, asked, now())
    done = Progress(known.records)
    failing_since: datetime | None = None
    wait = FIRST_WAIT
    while True:
        try:
            page = _page(read, asked, known)
        except SourceRefuses:
            raise
        except SourceFailed as failure:
            failing_since = failing_since or now()
            if now() + wait > failing_since + PATIENCE:
                raise
            again = f"{failure} I ask again at {now() + wait:%H:%M} UTC."
            yield replace(done, problems=(again,))
            sleep(wait.total_seconds())
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        failing_since, wait = None, FIRST_WAIT
        if page is None:
            known = replace(known, token="", records=0)
            done = replace(done, records=0, problems=(_ANEW,))
            yield done
            continue
        known, done = _keep(database, page, asked, known, done, now())
        yield done
        if not page.token:
            return


def _page(read: ReadPage, asked: Asked, known: Harvest) -> Page | None:
    page = read(asked.category, asked.since, known.token)
    if page is None and not known.token:
        raise SourceFailed("arXiv: The list ends before it begins.")
    if page is not None and page.token and page.token == known.token:
        raise SourceFailed("arXiv: The list goes round in a circle.")
    return page


def _begun(database: Database, asked: Asked, now: datetime) -> Harvest:
    """The list as far as it was read, or one that is still to begin."""
    with database.read() as session:
        known = harvests.get(session, asked.category)
    if known and known.token and known.since == asked.since and _is_today(known.read_at, now):
        return known
    return Harvest(asked.category, asked.since, "", 0, now, now)


def _is_today(then: datetime, now: datetime) -> bool:
    return then.astimezone(UTC).date() == now.astimezone(UTC).date()


def _keep(
    database: Database, page: Page, asked: Asked, known: Harvest, done: Progress, now: datetime
) -> tuple[Harvest, Progress]:
    """Store a page, and that it is stored, together."""
    read = len(page.records) + len(page.deleted)
    begun_at = known.begun_at if known.token else page.answered or now
    known = replace(
        known, token=page.token, records=known.records + read, begun_at=begun_at, read_at=now
    )
    with database.begin() as session:
        batch = _batch(session, page, asked)
        fetch = ingest.keep(session, batch, now, tell=asked.tell)
        harvests.save(session, known)
    return known, Progress(
        records=known.records,
        read=done.read + read,
        new=done.new + fetch.new,
        changed=done.changed + len(batch.revisions),
        deleted=done.deleted + len(page.deleted),
        problems=page.problems,
    )


def _batch(session: Session, page: Page, asked: Asked) -> Batch:
    """Papers that came in since then, unless they are listed; the others have only changed."""
    last = asked.until or date.max
    wanted = [each for each in page.records if (each.changed or asked.since) <= last]
    listed = listings.days_on(session, ARXIV, (each.paper.id for each in wanted))
    news = [
        each.paper
        for each in wanted
        if each.paper.id not in listed and _day(each.paper) >= asked.since - MODERATION
    ]
    ids = {each.id for each in news}
    return Batch(
        ARXIV,
        UNDATED,  # a list of no day; its listings have days of their own
        tuple(Listing(ARXIV, _day(each), each) for each in news),
        page.problems,
        tuple(each.paper for each in wanted if each.paper.id not in ids),
        page.deleted,
    )


def _day(paper: Paper) -> date:
    return paper.published.date() if paper.published else UNDATED
