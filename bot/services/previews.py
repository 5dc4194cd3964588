"""A topic tried on stored papers, by the function that will match, before anything is stored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.backtest import (
    EXAMPLES,
    Offer,
    Preview,
    Volume,
    days_stored,
    first_day,
    least_more,
    nearest_readable,
    volume,
)
from bot.domain.calendar import hf_day
from bot.domain.matching import Document, document, matches
from bot.domain.muting import Mute, hiding
from bot.domain.paper import Listing
from bot.domain.query import Phrase, Query, canonical, parse_subscription
from bot.domain.subscription import Wish
from bot.domain.variations import broadened, narrowed, plain_words, with_words
from storage import listings, mutes, subscriptions
from storage.database import Database, Session
from storage.search_index import SearchIndex

TRIED = 1_000  # papers read for a topic; of more that could match, a fair sample is
TRIED_BESIDE = 200  # for each topic offered beside it
COMPARED = 200  # of the papers found: enough to see what they have in common


@dataclass(frozen=True, slots=True)
class _Tried:
    """The papers that a topic found, latest first, and how much it would have sent.

    `muted` are those that match it too and would not have been sent.
    """

    found: list[tuple[Listing, Document]]
    volume: Volume
    muted: int


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that a topic is tried on: up to today, as far back as papers are stored.

    `mute` says what its reader mutes, of which nothing would be sent on any of them.
    """

    today: date
    count: int
    mute: Callable[[Document], Mute | None]

    def volume(self, listed: Iterable[date], sampled: float) -> Volume:
        return volume(listed, self.today, self.count, sampled)


def preview(
    database: Database,
    index: SearchIndex,
    team_id: str,
    audience: str,
    wish: Wish,
    now: datetime,
) -> Preview:
    """What a wish would have sent, with a narrower and a broader one, and slips of the finger.

    Time grows with TRIED, not with the papers stored: 100,000 take less than a second.
    """
    query = parse_subscription(wish.text)
    with database.read() as session:
        mine = subscriptions.of_audience(session, team_id, audience)
        mute = hiding(mutes.of_person(session, team_id, audience))
        days = _days(session, hf_day(now), mute)
        tried = _try(session, index, query, days, TRIED)
        beside = _broader(session, index, wish, query, days)
        unknown = _unknown(index, query)
        corrected = _corrected(session, index, wish, query, unknown, days)
    return Preview(
        wish,
        tried.volume,
        examples=tuple(listing for listing, _ in tried.found[:EXAMPLES]),
        known=any(each.wish.text == wish.text for each in mine),
        narrower=nearest_readable(_narrower(index, wish, query, tried, days), tried.volume),
        broader=None if tried.volume.is_too_much else least_more(beside, tried.volume),
        unknown=tuple(unknown),
        corrected=corrected,
        muted=tried.muted,
    )


def _days(session: Session, today: date, mute: Callable[[Document], Mute | None]) -> _Days:
    return _Days(today, days_stored(today, listings.first_day(session)), mute)


def _try(session: Session, index: SearchIndex, query: Query, days: _Days, limit: int) -> _Tried:
    """Papers that could match are read and compared, also with what the reader mutes."""
    proposed = index.propose(query, first_day(days.today), limit)
    stored = listings.of_papers(session, proposed.ids)
    read = [(each, document(each.paper, [each.source])) for each in stored]
    matched = [(listing, words) for listing, words in read if matches(query, words)]
    found = [(listing, words) for listing, words in matched if not days.mute(words)]
    found.sort(key=lambda pair: (pair[0].day, pair[0].upvotes), reverse=True)
    volume = days.volume((each.day for each, _ in found), proposed.sampled)
    return _Tried(found, volume, round((len(matched) - len(found)) / proposed.sampled))


def _narrower(
    index: SearchIndex, wish: Wish, query: Query, tried: _Tried, days: _Days
) -> list[Offer]:
    """What is within a topic can only match papers that it matches: those are compared again."""
    if not tried.found:
        return []
    part = len(tried.found) / max(tried.volume.papers, 1)
    others = narrowed(query, [words for _, words in tried.found[:COMPARED]], index.is_common)
    return [
        _offer(wish, other, days.volume(_days_of(other, tried.found), min(part, 1.0)))
        for other in others
    ]


def _days_of(query: Query, found: Sequence[tuple[Listing, Document]]) -> Iterable[date]:
    return (listing.day for listing, words in found if matches(query, words))


def _broader(
    session: Session, index: SearchIndex, wish: Wish, query: Query, days: _Days
) -> list[Offer]:
    return [
        _offer(wish, other, _try(session, index, other, days, TRIED_BESIDE).volume)
        for other in broadened(query)
    ]


def _unknown(index: SearchIndex, query: Query) -> dict[str, str]:
    """Words of the topic that no paper holds in any spelling, each with the nearest known one."""
    if not index.holds_papers:
        return {}
    words = dict.fromkeys(plain_words(query))
    missing = [word for word in words if not index.holds(Phrase((word,)))]
    nearest = {word: index.vocabulary.nearest(word.lower()) for word in missing}
    return {word: known.word if known else "" for word, known in nearest.items()}


def _corrected(
    session: Session,
    index: SearchIndex,
    wish: Wish,
    query: Query,
    unknown: dict[str, str],
    days: _Days,
) -> Offer | None:
    nearest = {word: known for word, known in unknown.items() if known}
    mended = with_words(query, nearest) if nearest else None
    if mended is None:
        return None
    return _offer(wish, mended, _try(session, index, mended, days, TRIED_BESIDE).volume)


def _offer(wish: Wish, query: Query, volume: Volume) -> Offer:
    return Offer(replace(wish, text=canonical(query), name=""), volume)
