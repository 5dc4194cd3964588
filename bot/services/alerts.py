"""Alerts: when a match is told, and one message for each reader and moment."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.calendar import instant
from bot.domain.reader import DAY, Hours, passed_over, sent_at, told_at
from bot.domain.spread import LARGEST_CROWD, delay, spread
from bot.domain.subscription import Cadence, Subscription
from bot.errors import trail
from bot.services import later_versions
from bot.services.passing_over import pass_over
from storage import deliveries, digests, papers, readers, seen, subscriptions
from storage.database import Database, Session

log = logging.getLogger(__name__)

AFTER_A_FAULT = timedelta(minutes=10)


def plan(session: Session, query_ids: Collection[int], now: datetime) -> None:
    """Matches came in for these queries: say when each subscriber is told."""
    _plan(session, subscriptions.waiting(session, query_ids), now)


def plan_versions(session: Session, query_ids: Collection[int], now: datetime) -> None:
    """The same where later versions did: for those who asked to be told of them."""
    waiting = subscriptions.waiting(session, query_ids)
    _plan(session, [each for each in waiting if each.wish.revisions], now)


def replan(session: Session, team_id: str, audience: str, now: datetime) -> None:
    """Hours, a pause or a cadence changed: say anew when what waits is told.

    What is due already stays due: whether it may go out is asked again when its message is made.
    """
    _plan(session, subscriptions.planned(session, team_id, audience, now), now)


@contextmanager
def moving(
    session: Session, team_id: str, audiences: Collection[str], now: datetime
) -> Iterator[None]:
    """Whoever changes these audiences' hours or zones does so within: what waits moves with them.

    No day has two gathered messages then, and none goes without one that was still to come.
    """
    papers.hold_revision(session)  # nobody plans by the old hours meanwhile
    topics = [
        each
        for audience in audiences
        for each in subscriptions.of_audience(session, team_id, audience)
    ]
    before = hours_of(session, topics)
    yield
    after = hours_of(session, topics)
    for audience in audiences:
        _redate(session, [each for each in topics if each.audience == audience], before, after)
        for each in subscriptions.planned(session, team_id, audience, now):
            _move(session, each, before[each.id], after[each.id], now)


def wake(session: Session, team_id: str, audience: str, now: datetime) -> None:
    """Something that waited may be told: say for each topic of a person when it is."""
    papers.hold_revision(session)
    _plan(session, subscriptions.of_audience(session, team_id, audience), now)


def build_due(database: Database, now: datetime) -> int:
    """Write the alerts that are due, each with the message owed. Returns how many."""
    built = 0
    while True:
        with database.begin() as session:
            due = subscriptions.claim_due(session, now)
            if not due:
                return built
            built += _build_or_postpone(session, due, now)


def _build_or_postpone(session: Session, due: Sequence[Subscription], now: datetime) -> int:
    """One reader's message. What goes wrong with it keeps nobody else waiting."""
    try:
        with session.begin_nested():
            return _build(session, due, now)
    except Exception as problem:
        log.error("alerts to %s could not be made: %s", due[0].audience, trail(problem))
        subscriptions.plan(session, {each.id: now + AFTER_A_FAULT for each in due})
        return 0


def hours_of(session: Session, found: Iterable[Subscription]) -> dict[int, Hours]:
    """When each subscription's audience is told, by subscription.

    A channel is told when its digest comes, else at its subscriber's hour; it has no quiet hours.
    """
    found = list(found)
    known = readers.hours(session, {_person(each) for each in found})
    return {
        each.id: _channel_hours(session, each, known[_person(each)])
        if each.in_channel
        else known[_person(each)]
        for each in found
    }


def _person(subscription: Subscription) -> tuple[str, str]:
    owner = subscription.created_by if subscription.in_channel else subscription.audience
    return subscription.team_id, owner


def _channel_hours(session: Session, subscription: Subscription, owners: Hours) -> Hours:
    digest = digests.get(session, subscription.team_id, subscription.audience)
    if digest is None:
        return Hours(owners.zone, owners.at)
    return Hours(digest.schedule.zone, digest.schedule.at, weekdays=digest.schedule.weekdays)


def _plan(session: Session, found: Sequence[Subscription], now: datetime) -> None:
    hours = hours_of(session, found)
    crowd = readers.count(session, at_most=LARGEST_CROWD) if found else 0
    subscriptions.plan(
        session, {each.id: _told_at(each, hours[each.id], now, crowd) for each in found}
    )


def _told_at(each: Subscription, hours: Hours, now: datetime, crowd: int) -> datetime:
    due = told_at(hours, each.wish.cadence, now, each.told_on, each.paused_until)
    if each.wish.cadence is Cadence.NOW:
        return due
    return spread(hours, due, delay(each.team_id, each.audience, crowd), now)


def _move(session: Session, each: Subscription, before: Hours, after: Hours, now: datetime) -> None:
    """Say anew when a subscription is told whose hours have changed, or only its neighbours'."""
    if before != after and passed_over(before, after, each.wish.cadence, now, each.told_on):
        at = sent_at(after, each.wish.cadence, now, each.told_on, each.paused_until)
        subscriptions.plan(session, {each.id: at})
    else:
        _plan(session, [each], now)


def _redate(
    session: Session,
    topics: Iterable[Subscription],
    before: Mapping[int, Hours],
    after: Mapping[int, Hours],
) -> None:
    """A daily message belongs to the date it was where its reader now is.

    A date crossed on the way would else have two of them, or none. A week is long enough.
    """
    daily = [each for each in topics if each.wish.cadence is Cadence.DAILY and each.told_on]
    for each in daily:
        was, zone = before[each.id].zone, after[each.id].zone
        if zone == was or each.told_on is None:
            continue
        begins, ends = (instant(day, time.min, was) for day in (each.told_on, each.told_on + DAY))
        told = subscriptions.last_told(session, each.team_id, each.audience, begins, ends)
        if told is not None:
            subscriptions.note_told(session, [each.id], told.astimezone(zone).date())


def _build(session: Session, due: Sequence[Subscription], now: datetime) -> int:
    """One message for one reader, of what may go out; what was paused since waits on."""
    hours = hours_of(session, due)
    times = {
        each.id: sent_at(hours[each.id], each.wish.cadence, now, each.told_on, each.paused_until)
        for each in due
    }
    subscriptions.plan(session, {each: at for each, at in times.items() if at > now})
    ready = [each for each in due if times[each.id] <= now]
    groups = _groups(session, ready, now)
    later = later_versions.groups(session, ready, _told(groups), now)
    if not groups and not later:
        return 0
    _owe(session, ready[0], groups, later, now)
    told_on: dict[date, list[int]] = {}
    for each in ready:
        if each.wish.cadence is not Cadence.NOW:
            today = now.astimezone(hours[each.id].zone).date()
            told_on.setdefault(today, []).append(each.id)
    for day, ids in told_on.items():
        subscriptions.note_told(session, ids, day)
    return 1


def _groups(session: Session, ready: Sequence[Subscription], now: datetime) -> list[dict[str, Any]]:
    """Papers under the first topic they match, each once; there, which other topics match it."""
    groups: list[dict[str, Any]] = []
    told: dict[str, dict[str, Any]] = {}  # the group of each paper
    for subscription, unseen in _unmuted(session, ready, now):
        for paper in told.keys() & set(unseen):
            others = told[paper]["also"].setdefault(paper, [])
            others.append(subscription.wish.name or subscription.wish.text)
        if fresh := [paper for paper in unseen if paper not in told]:
            groups.append(_group(subscription, fresh))
            told |= dict.fromkeys(fresh, groups[-1])
    return groups


def _unmuted(
    session: Session, ready: Sequence[Subscription], now: datetime
) -> list[tuple[Subscription, list[str]]]:
    """What each topic may tell now, without what was withdrawn since it was found.

    A person's mutes touch what is their own, never a channel's.
    """
    found = [(each, subscriptions.unseen_matches(session, each)) for each in ready]
    unseen = {paper for _, theirs in found for paper in theirs}
    if not unseen:
        return found
    hidden = papers.withdrawn_among(session, sorted(unseen))
    if not ready[0].in_channel:
        left = unseen - hidden
        hidden |= pass_over(session, ready[0].team_id, ready[0].audience, left, now)
    return [(each, [paper for paper in theirs if paper not in hidden]) for each, theirs in found]


def _group(subscription: Subscription, papers: list[str]) -> dict[str, Any]:
    size = subscription.wish.size
    return {
        "subscription": subscription.id,
        "topic": subscription.wish.text,
        "name": subscription.wish.name,
        "papers": papers[:size],
        "rest": papers[size:],
        "also": {},
    }


def _told(groups: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(paper for group in groups for paper in (*group["papers"], *group["rest"]))


def _owe(
    session: Session,
    to: Subscription,
    groups: Sequence[Mapping[str, Any]],
    later: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    told = _told(groups)
    of_versions = (
        f"{each}:v{number}" for each, number in later_versions.versions_in(later).items()
    )
    delivery_id = deliveries.queue(
        session,
        team_id=to.team_id,
        kind="alert",
        audience=to.audience,
        # No paper or version is told a reader twice, so any one of them names this message.
        dedup_key=f"alert:{to.team_id}:{to.audience}:{[*told, *sorted(of_versions)][0]}",
        content={"groups": [*groups, *later]},
        due_at=now,
    )
    seen.tell(session, to.team_id, to.audience, told, delivery_id, now)
    later_versions.mark(session, to, later, delivery_id, now)
