"""Later versions of papers, told to those who asked for them: each version once.

A paper that somebody hears of for the first time is told as it is; a version that was withdrawn is
none to read.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.muting import muted
from bot.domain.subscription import Subscription
from bot.services import percolator
from storage import listings, mutes, new_versions, papers, seen, versions
from storage.database import Session


def note(session: Session, source: str, known: Mapping[str, int]) -> set[int]:
    """Note which queries later versions match whose followers asked for them; the queries' ids.

    `known` are the versions of papers, by their ids, before what was stored just now.
    """
    numbers = versions.numbers(session, [each for each, number in known.items() if number])
    grown = [each for each, number in numbers.items() if number > known[each]]
    revised = papers.by_ids(session, grown)
    hits = percolator.hits(session, source, [each for each in revised if not each.withdrawn])
    asked = new_versions.asked_for(session, {each for ids in hits.values() for each in ids})
    wanted = {paper: [each for each in ids if each in asked] for paper, ids in hits.items()}
    new_versions.add(session, revised, {paper: ids for paper, ids in wanted.items() if ids})
    return asked


def groups(
    session: Session, ready: Sequence[Subscription], told: Collection[str], now: datetime
) -> list[dict[str, Any]]:
    """Later versions under the first topic that found them; `told` are papers told as new."""
    found = {each.id: new_versions.untold(session, each) for each in ready if each.wish.revisions}
    latest: dict[str, int] = {}
    for numbers in found.values():
        latest |= numbers
    passed = {each: latest[each] for each in _passed_over(session, ready, latest, told)}
    if passed:
        to = ready[0]
        new_versions.mark(session, to.team_id, to.audience, passed, "", now)
    made: list[dict[str, Any]] = []
    for each in ready:
        left = [
            paper for paper in found.get(each.id, ()) if paper in latest and paper not in passed
        ]
        if left:
            made.append(_group(each, left, {paper: latest.pop(paper) for paper in left}))
    return made


def mark(
    session: Session,
    to: Subscription,
    made: Sequence[Mapping[str, Any]],
    delivery_id: str,
    now: datetime,
) -> None:
    """Note what a message tells: whoever reads of a later version has seen the paper."""
    told = versions_in(made)
    new_versions.mark(session, to.team_id, to.audience, told, delivery_id, now)
    known = seen.among(session, to.team_id, to.audience, told)
    new = [each for each in told if each not in known]
    seen.add(session, to.team_id, to.audience, new, delivery_id, now)


def versions_in(made: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The versions that these groups tell, by paper."""
    return {paper: version for each in made for paper, version in each["versions"].items()}


def _passed_over(
    session: Session, ready: Sequence[Subscription], found: Collection[str], told: Collection[str]
) -> set[str]:
    """What is told as new anyway, was withdrawn since, or is muted by whoever it is for."""
    if not found:
        return set()
    gone = papers.withdrawn_among(session, list(found))
    to = ready[0]
    if to.in_channel:
        return gone | (set(told) & set(found))
    theirs = mutes.of_person(session, to.team_id, to.audience)
    held = muted(theirs, listings.of_papers(session, found)) if theirs else {}
    return gone | (set(told) & set(found)) | held.keys()


def _group(
    subscription: Subscription, found: list[str], numbers: Mapping[str, int]
) -> dict[str, Any]:
    size = subscription.wish.size
    return {
        "subscription": subscription.id,
        "topic": subscription.wish.text,
        "name": subscription.wish.name,
        "papers": found[:size],
        "rest": found[size:],
        "versions": dict(numbers),
    }
