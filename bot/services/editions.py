"""Editions of digests: what falls due, which papers, and the message owed for them."""

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import hf_day, last_due, next_due
from bot.domain.curation import Candidate
from bot.domain.digest import (
    DAILY,
    ChannelDigest,
    Edition,
    Receipt,
    SourceRead,
)
from bot.domain.paper import HUGGING_FACE, Listing
from bot.errors import BotError, trail
from bot.services import announcements, curating, feeds, owing
from storage import channels, editions, fetches, listings, papers
from storage.database import Database, Session

log = logging.getLogger(__name__)

UTC = ZoneInfo("UTC")
# A digest waits for sources that were not read since shortly before its hour, but not for long.
FRESH = timedelta(minutes=30)
PATIENCE = timedelta(minutes=20)
# An imported archive is no news: a daily edition looks no further back than this.
NEWS = timedelta(days=7)
SOON = timedelta(hours=1)  # one that was missed waits for the next that comes within this
LONGEST_READ = timedelta(hours=1)  # of every list that was missed, with all retries


class NothingNew(BotError):
    """Nothing new has come in since the last digest here, so I posted nothing."""


def last_edition(database: Database, team_id: str, channel_id: str) -> Edition | None:
    """What the channel was shown last."""
    with database.read() as session:
        return editions.last(session, team_id, channel_id)


def post_now(
    database: Database, team_id: str, channel_id: str, now: datetime, *, as_previewed: bool = False
) -> None:
    """Owe an extra edition at once, of what the channel has not seen of the latest list.

    `as_previewed`: of what the next edition would show.
    """
    with database.begin() as session:
        papers.hold_revision(session)  # two at once would choose the same papers
        known = channels.hold(session, team_id, channel_id)  # the daily edition would too
        digest = known or ChannelDigest.unset(team_id, channel_id, UTC)
        local_date = _date(digest, now)
        news = _news(session, digest, local_date, now) if as_previewed else None
        listed = _latest_list(session, now) if news is None else news
        candidates = curating.candidates(session, digest, listed, now)
        if not candidates:
            raise NothingNew
        number = editions.count_on(session, team_id, channel_id, local_date) + 1
        _make(session, digest, local_date, f"now-{number}", candidates, now)


def make_due(database: Database, now: datetime) -> int:
    """Write the editions that are due, each with the message owed. Returns how many."""
    made, digest = 0, None
    while True:
        with database.begin() as session:
            digest = channels.claim_due(session, now, after=digest)
            if digest is None:
                return made
            if _may_be_made(session, digest, now):
                made += _make_due(session, digest, now)
            elif digest.next_due_at == last_due(digest.schedule, now):
                return made  # it waits for a source: whoever is due later waits as well


def _make_due(session: Session, digest: ChannelDigest, now: datetime) -> int:
    """One channel's edition, and when its next is due. What goes wrong here keeps nobody else."""
    try:
        with session.begin_nested():
            made = _make_daily(session, digest, now)
            due = next_due(digest.schedule, now)
            channels.save(session, replace(digest, next_due_at=due))
            return made
    except Exception as problem:
        log.error("the digest of %s could not be made: %s", digest.channel_id, trail(problem))
        return 0


def preview(
    database: Database, team_id: str, channel_id: str, now: datetime
) -> tuple[Edition, list[Listing]]:
    """The next edition as it would be made now, and its papers; nothing is stored."""
    with database.read() as session:
        known = channels.get(session, team_id, channel_id)
        digest = known or ChannelDigest.unset(team_id, channel_id, UTC)
        local_date = _date(digest, now)
        news = _news(session, digest, local_date, now)
        candidates = curating.candidates(session, digest, news, now)
        edition = _edition(session, digest, local_date, DAILY, candidates, now)
        return edition, listings.of_papers(session, (pick.paper_id for pick in edition.picks))


def _make_daily(session: Session, digest: ChannelDigest, now: datetime) -> int:
    """One edition for the latest date that is due, however many were missed while we were away."""
    local_date = _date(digest, last_due(digest.schedule, now))
    if editions.exists(session, digest.team_id, digest.channel_id, local_date, DAILY):
        return 0  # the hour was moved after today's went out
    news = _news(session, digest, local_date, now)
    candidates = curating.candidates(session, digest, news, now)
    missed = _first_missed(session, digest, local_date)
    _make(session, digest, local_date, DAILY, candidates, now, covers_from=missed)
    return 1


def _first_missed(session: Session, digest: ChannelDigest, local_date: date) -> date | None:
    """The first date whose edition this one makes up for; None if none was missed.

    Before its first edition a channel misses nothing.
    """
    if digest.next_due_at is None or not editions.last(session, digest.team_id, digest.channel_id):
        return None
    first = max(_date(digest, digest.next_due_at), local_date - NEWS)
    return first if first < local_date else None


def _date(digest: ChannelDigest, moment: datetime) -> date:
    """The local date of an instant, where a channel is."""
    return moment.astimezone(digest.schedule.zone).date()


def _make(
    session: Session,
    digest: ChannelDigest,
    local_date: date,
    slot: str,
    candidates: list[Candidate],
    now: datetime,
    covers_from: date | None = None,
) -> None:
    """The edition, the messages owed for it, and the memory of what it shows."""
    edition = _edition(session, digest, local_date, slot, candidates, now)
    edition = replace(edition, covers_from=covers_from)
    owing.owe(session, digest, edition, editions.add(session, edition), now)


def _edition(
    session: Session,
    digest: ChannelDigest,
    local_date: date,
    slot: str,
    candidates: list[Candidate],
    now: datetime,
) -> Edition:
    return Edition(
        team_id=digest.team_id,
        audience=digest.channel_id,
        local_date=local_date,
        slot=slot,
        made_at=now,
        picks=curating.picks(session, digest, candidates, now),
        receipt=Receipt(len(candidates), _source_reads(session, candidates, now)),
    )


def _news(
    session: Session, digest: ChannelDigest, local_date: date, now: datetime
) -> list[Listing]:
    """What came up since the last edition; for a first one, the latest list."""
    last = editions.last(session, digest.team_id, digest.channel_id)
    if last is None:
        return _latest_list(session, now)
    return listings.read_after(session, _known_until(last), since=local_date - NEWS)


def _known_until(edition: Edition) -> datetime:
    """When the sources were last read for an edition.

    Not when it was made: a read that was under way then counts from its beginning, and ended later.
    """
    earliest = edition.made_at - LONGEST_READ  # a source that was silent for days was read no more
    reads = [each.read_at for each in edition.receipt.reads if each.read_at]
    return max(min(reads, default=earliest), earliest)


def _latest_list(session: Session, now: datetime) -> list[Listing]:
    return listings.latest_list(session, until=hf_day(now))


def _may_be_made(session: Session, digest: ChannelDigest, now: datetime) -> bool:
    """Whether the sources are ready, and no later edition is so near that it may take this one in.

    Back shortly before nine, we would else post yesterday's digest and, minutes later, today's.
    """
    missed = now - last_due(digest.schedule, now) > SOON
    comes_soon = next_due(digest.schedule, now) - now <= SOON
    if missed and comes_soon and editions.last(session, digest.team_id, digest.channel_id):
        return False
    return _sources_ready(session, digest, now)


def _sources_ready(session: Session, digest: ChannelDigest, now: datetime) -> bool:
    due = last_due(digest.schedule, now)
    if now - due > PATIENCE:
        return True
    last = fetches.last_answer(session, HUGGING_FACE, hf_day(now))
    return last is not None and last.read_at >= due - FRESH


def _source_reads(
    session: Session, candidates: list[Candidate], now: datetime
) -> tuple[SourceRead, ...]:
    hugging_face = _source_read(session, candidates, now)
    arxiv = announcements.source_read(session, now)
    sources = {each.listing.source for each in candidates}
    others = feeds.source_reads(session, sources, now)
    return (hugging_face, *([arxiv] if arxiv else []), *others)


def _source_read(session: Session, candidates: list[Candidate], now: datetime) -> SourceRead:
    """The list that the candidates came from, and how the last read of today's went."""
    today = hf_day(now)
    listed = max((each.listing.day for each in candidates), default=today)
    last = fetches.last_read(session, HUGGING_FACE, today)
    if last is None:
        return SourceRead(HUGGING_FACE, listed, None, None)
    return SourceRead(HUGGING_FACE, listed, last.read_at, last.error)
