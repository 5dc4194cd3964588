"""Lists to leaf through: a day, a week, a month, and what gains votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.domain.calendar import hf_day
from bot.domain.list_options import LATELY, MONTH, WEEK, Kind, Wanted
from bot.domain.paper import BESIDE, HUGGING_FACE, Listing
from bot.domain.trending import Gain, gain, rising
from storage import fetches, listings, rankings, readings
from storage.database import Database, Session

# Votes of older lists are not read any more: nothing is known to gain on them.
READ_AGAIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Page:
    """Some papers, the best first, and the days of the pages beside it; None at an end."""

    wanted: Wanted
    first: date
    last: date
    listings: tuple[Listing, ...]
    previous: date | None
    next: date | None
    gains: tuple[Gain, ...] = ()
    is_read_once: bool = False  # so that nothing is known of gains
    is_the_sites: bool = False  # what trends on Hugging Face, as it says itself


def page(database: Database, wanted: Wanted, now: datetime) -> Page:
    """What somebody wants listed; of the latest list where they name no day."""
    with database.read() as session:
        today = hf_day(now)
        last = wanted.day or _latest(session, wanted.kind, today)
        if wanted.kind is Kind.TRENDING:
            return _trending(session, wanted, last, now)
        first, last = wanted.span(last)
        found = listings.of_days(session, first, last)
        beside = _beside(session, wanted.kind, first, last, today)
        return Page(wanted, first, last, tuple(found), *beside)


def _latest(session: Session, kind: Kind, today: date) -> date:
    """A week, a month and what trends end today; of a day it is the latest that has a list."""
    if kind is not Kind.TODAY:
        return today
    return listings.latest_day(session, until=today) or today


def _beside(
    session: Session, kind: Kind, first: date, last: date, today: date
) -> tuple[date | None, date | None]:
    """The last days of the pages before and after; days without a list are passed over."""
    before, _ = listings.neighbours(session, first)
    _, after = listings.neighbours(session, last)
    length = {Kind.WEEK: WEEK, Kind.MONTH: MONTH}.get(kind, timedelta())
    later = min(after + length, max(today, after)) if after else None
    return before, later


def _trending(session: Session, wanted: Wanted, last: date, now: datetime) -> Page:
    since = last - LATELY
    found = listings.of_days(session, last - READ_AGAIN, last, least_votes=1)
    before, later = listings.neighbours(session, last)
    if not fetches.were_read_again(session, {HUGGING_FACE, *BESIDE}, last - READ_AGAIN, last):
        theirs = rankings.trending(session) if last >= hf_day(now) else []
        shown = tuple(theirs or _latest_list(session, last))
        return Page(
            wanted,
            since,
            last,
            shown,
            before,
            later,
            is_read_once=True,
            is_the_sites=bool(theirs),
        )
    gains = rising(_gains(session, found, since, _end_of(last, now)))
    return Page(
        wanted, since, last, tuple(each.listing for each in gains), before, later, tuple(gains)
    )


def _latest_list(session: Session, until: date) -> list[Listing]:
    day = listings.latest_day(session, until) or until
    return listings.of_days(session, day, day)


def _gains(session: Session, found: Sequence[Listing], since: date, until: date) -> list[Gain]:
    began = listings.beginnings(session, [each.paper.id for each in found])
    history = readings.by_day(session, since - READ_AGAIN, until)
    gains = (
        gain(
            each,
            (began[each.paper.id].read_at.astimezone(UTC).date(), began[each.paper.id].upvotes),
            history.get(each.paper.id, ()),
            since,
            until,
        )
        for each in found
    )
    return [each for each in gains if each is not None]


def _end_of(last: date, now: datetime) -> date:
    """Of the latest list, votes as they were read until now; of an earlier one, until its day."""
    return now.astimezone(UTC).date() if last >= hf_day(now) else last
