"""Editions of digests: what falls due, which papers, and the message owed for them."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import hf_day, last_due, next_due
from bot.domain.curation import Candidate
from bot.domain.digest import DAILY, Digest, Edition
from bot.domain.paper import HUGGING_FACE, Listing
from bot.errors import BotError, trail
from bot.services import curating, holders, owing, receipts
from bot.services.sifting import NOWHERE, Sifted, sift
from storage import digests, editions, fetches, listings, papers
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


def last_edition(database: Database, team_id: str, audience: str) -> Edition | None:
    """What a channel or a person was shown last."""
    with database.read() as session:
        return editions.last(session, team_id, audience)


@dataclass(frozen=True, slots=True)
class _Found:
    """What came up, what of it this digest may bring, and what may be shown of that."""

    news: Sequence[Listing]
    sifted: Sifted
    candidates: Sequence[Candidate]


def post_now(
    database: Database,
    team_id: str,
    audience: str,
    now: datetime,
    *,
    as_previewed: bool = False,
    member_of: Collection[str] = NOWHERE,
) -> None:
    """Owe an extra edition at once, of what its audience has not seen of the latest list.

    `as_previewed`: of what the next edition would show. `member_of` are a person's channels: what
    those showed is not repeated.
    """
    with database.begin() as session:
        papers.hold_revision(session)  # two at once would choose the same papers
        known = digests.hold(session, team_id, audience)  # the daily edition would too
        digest = known or holders.unset(session, team_id, audience, UTC)
        local_date = _date(digest, now)
        news = _news(session, digest, local_date, now) if as_previewed else None
        listed = _latest_list(session, now) if news is None else news
        found = _found(session, digest, listed, now, member_of)
        if not found.candidates:
            raise NothingNew
        number = editions.count_on(session, team_id, audience, local_date) + 1
        _make(session, digest, local_date, f"now-{number}", found, now)


def make_due(database: Database, now: datetime) -> int:
    """Write the editions that are due, each with the message owed. Returns how many."""
    made, digest = 0, None
    while True:
        with database.begin() as session:
            digest = digests.claim_due(session, now, after=digest)
            if digest is None:
                return made
            if may_be_made(session, digest, now):
                made += make_one(session, digest, now)
            elif digest.next_due_at == last_due(digest.schedule, now):
                return made  # it waits for a source: whoever is due later waits as well


def make_one(
    session: Session, digest: Digest, now: datetime, member_of: Collection[str] = NOWHERE
) -> int:
    """A digest's edition, and when its next is due. What goes wrong here keeps nobody else."""
    try:
        with session.begin_nested():
            made = _make_daily(session, digest, now, member_of)
            due = holders.next_due_at(session, digest, now)
            digests.save(session, replace(digest, next_due_at=due, paused_until=None))
            return made
    except Exception as problem:
        log.error("the digest of %s could not be made: %s", digest.audience, trail(problem))
        return 0


def preview(
    database: Database,
    team_id: str,
    audience: str,
    now: datetime,
    member_of: Collection[str] = NOWHERE,
) -> tuple[Edition, list[Listing]]:
    """The next edition as it would be made now, and its papers; nothing is stored."""
    with database.read() as session:
        known = digests.get(session, team_id, audience)
        digest = known or holders.unset(session, team_id, audience, UTC)
        local_date = _date(digest, now)
        news = _news(session, digest, local_date, now)
        found = _found(session, digest, news, now, member_of)
        edition = _edition(session, digest, local_date, DAILY, found, now)
        return edition, listings.of_papers(session, (pick.paper_id for pick in edition.picks))


def _make_daily(session: Session, digest: Digest, now: datetime, member_of: Collection[str]) -> int:
    """One edition for the latest date that is due, however many were missed while we were away."""
    local_date = _date(digest, last_due(digest.schedule, now))
    if editions.exists(session, digest.team_id, digest.audience, local_date, DAILY):
        return 0  # the hour was moved after today's went out
    news = _news(session, digest, local_date, now)
    found = _found(session, digest, news, now, member_of)
    missed = _first_missed(session, digest, local_date)
    _make(session, digest, local_date, DAILY, found, now, covers_from=missed)
    return 1


def _found(
    session: Session,
    digest: Digest,
    news: Sequence[Listing],
    now: datetime,
    member_of: Collection[str],
) -> _Found:
    standing = [each for each in news if not each.paper.withdrawn]
    sifted = sift(session, digest, standing, member_of)
    return _Found(standing, sifted, curating.candidates(session, digest, sifted.news, now))


def _first_missed(session: Session, digest: Digest, local_date: date) -> date | None:
    """The first date whose edition this one makes up for; None if none was missed.

    Before its first edition nobody misses anything.
    """
    if digest.next_due_at is None or not editions.last(session, digest.team_id, digest.audience):
        return None
    first = max(_date(digest, digest.next_due_at), local_date - NEWS)
    return first if first < local_date else None


def _date(digest: Digest, moment: datetime) -> date:
    """The local date of an instant, where its audience is."""
    return moment.astimezone(digest.schedule.zone).date()


def _make(
    session: Session,
    digest: Digest,
    local_date: date,
    slot: str,
    found: _Found,
    now: datetime,
    covers_from: date | None = None,
) -> None:
    """The edition, the messages owed for it, and the memory of what it shows."""
    edition = _edition(session, digest, local_date, slot, found, now)
    edition = replace(edition, covers_from=covers_from)
    owing.owe(session, digest, edition, editions.add(session, edition), now)


def _edition(
    session: Session,
    digest: Digest,
    local_date: date,
    slot: str,
    found: _Found,
    now: datetime,
) -> Edition:
    left = found.sifted
    receipt = receipts.receipt(
        session,
        digest,
        found.news,
        found.candidates,
        now,
        muted=left.muted,
        in_channels=left.in_channels,
    )
    return Edition(
        team_id=digest.team_id,
        audience=digest.audience,
        local_date=local_date,
        slot=slot,
        made_at=now,
        picks=curating.picks(session, digest, found.candidates, now),
        receipt=receipt,
        only=digest.topics if digest.only_topics else "",
    )


def _news(session: Session, digest: Digest, local_date: date, now: datetime) -> list[Listing]:
    """What came up since the last edition; for a first one, the latest list."""
    last = editions.last(session, digest.team_id, digest.audience)
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


def may_be_made(session: Session, digest: Digest, now: datetime) -> bool:
    """Whether the sources are ready, and no later edition is so near that it may take this one in.

    Back shortly before nine, we would else post yesterday's digest and, minutes later, today's.
    """
    missed = now - last_due(digest.schedule, now) > SOON
    comes_soon = next_due(digest.schedule, now) - now <= SOON
    if missed and comes_soon and editions.last(session, digest.team_id, digest.audience):
        return False
    return sources_ready(session, last_due(digest.schedule, now), now)


def sources_ready(session: Session, due: datetime, now: datetime) -> bool:
    """Whether the sources were read since shortly before this hour, or were waited for enough."""
    if now - due > PATIENCE:
        return True
    last = fetches.last_answer(session, HUGGING_FACE, hf_day(now))
    return last is not None and last.read_at >= due - FRESH
