"""What a digest says of where its papers came from: counts that add up, source by source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.announcements import ARXIV
from bot.domain.arxiv_categories import is_in
from bot.domain.calendar import hf_day
from bot.domain.curation import Candidate
from bot.domain.digest import Digest, Receipt, SourceRead
from bot.domain.paper import HUGGING_FACE, Listing
from bot.services import announcements, curating, feeds
from storage import fetches, listings, seen
from storage.database import Session


def receipt(
    session: Session,
    digest: Digest,
    news: Iterable[Listing],
    candidates: Sequence[Candidate],
    now: datetime,
    *,
    muted: int = 0,
    in_channels: int = 0,
) -> Receipt:
    """Of these papers, which may be shown, and why the others may not.

    Each paper counts once: for the source whose listing of it was looked at, and for one reason.
    What is left out for none of the others is on other topics.
    """
    chosen_from = {each.listing.paper.id: each.listing for each in candidates}
    listed = {each.paper.id: each for each in news} | chosen_from
    left = listed.keys() - chosen_from.keys()
    shown = seen.among(session, digest.team_id, digest.audience, left)
    skipped = curating.skipped(session, digest, now) & (left - shown)
    return Receipt(
        candidates=len(candidates),
        reads=reads(session, list(listed.values()), now),
        seen=len(shown),
        skipped=len(skipped),
        off_topic=len(left) - len(shown) - len(skipped) - muted - in_channels,
        muted=muted,
        in_channels=in_channels,
    )


def reads(session: Session, listed: Sequence[Listing], now: datetime) -> tuple[SourceRead, ...]:
    """What each source brought of these papers, and how its last read went."""
    by_source: dict[str, list[Listing]] = {}
    for each in listed:
        by_source.setdefault(each.source, []).append(each)
    hugging_face = _hugging_face(session, by_source.pop(HUGGING_FACE, []), now)
    from_arxiv = by_source.pop(ARXIV, [])
    arxiv = _arxiv(session, from_arxiv, now)
    others = _others(session, by_source, now)
    return (hugging_face, *([arxiv] if arxiv else []), *others)


def _others(
    session: Session, listed: Mapping[str, Sequence[Listing]], now: datetime
) -> Iterator[SourceRead]:
    """What other sources brought of these papers, and feeds that are in trouble."""
    told = {each.source: each for each in feeds.source_reads(session, listed, now)}
    for source in sorted(listed.keys() | told):
        of_it = listed.get(source, ())
        known = told.get(source) or SourceRead(source, max(each.day for each in of_it), now, None)
        yield replace(known, listed=len(of_it))


def _hugging_face(session: Session, listed: Sequence[Listing], now: datetime) -> SourceRead:
    """The latest list that these papers were on, and how the last read of today's went."""
    today = hf_day(now)
    known = max((each.day for each in listed), default=None)
    day = known or listings.latest_day(session, today, HUGGING_FACE) or today
    last = fetches.last_read(session, HUGGING_FACE, today)
    answer = fetches.last_answer(session, HUGGING_FACE, today)
    return SourceRead(
        HUGGING_FACE,
        day,
        last.read_at if last else None,
        last.error if last else None,
        listed=len(listed),
        on_list=answer.seen if answer else None,
    )


def _arxiv(session: Session, listed: Sequence[Listing], now: datetime) -> SourceRead | None:
    """arXiv's announcement, where it is followed or these papers were on one."""
    known = announcements.source_read(session, now)
    if known is None:
        if not listed:
            return None
        day = max(each.day for each in listed)
        return SourceRead(ARXIV, day, now, None, listed=len(listed))
    followed = announcements.categories(session)
    crossed = [each for each in listed if not _is_own(each, followed)]
    return replace(known, listed=len(listed), crossed=len(crossed))


def _is_own(listing: Listing, followed: Iterable[str]) -> bool:
    """Whether it was submitted to a category that is followed."""
    categories = listing.paper.categories
    return not categories or any(is_in(categories[0], each) for each in followed)
