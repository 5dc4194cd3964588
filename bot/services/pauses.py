"""Topics, and a person's digest, held back for a while. What comes meanwhile is told afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.digest import Digest
from bot.domain.pauses import Period, read_pause
from bot.domain.subscription import Subscription
from bot.services import alerts, own_digest
from bot.services.subscriptions import Mine, awake, by_words, mine_in, named_or_all, one
from storage import papers, readers, subscriptions
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Paused:
    """Subscriptions as they were before they were paused or resumed, and all of them now."""

    changed: tuple[Subscription, ...]
    mine: Mine
    digest: Digest | None = None  # their own, as it was before; None: it stays as it is
    until: datetime | None = None  # when the pause ends


def pause(database: Database, team_id: str, user_id: str, said: str, now: datetime) -> Paused:
    """Hold back what was named, or everything, for a while: `3 2w`, `until:2026-12-01`, `2`.

    What is found meanwhile is kept. Everything is their digest too. Raises UnknownSubscription or
    UnknownPause.
    """
    with database.begin() as session:
        papers.hold_revision(session)  # no digest of theirs is made meanwhile
        found = subscriptions.of_audience(session, team_id, user_id)
        chosen, period, digest = by_words(found, said), Period(), None
        if not chosen:  # else its words only look like a period
            period, said = read_pause(said)
        ends = period.ends(readers.get(session, team_id, user_id).hours, now)
        if not chosen:
            digest = own_digest.pause(session, team_id, user_id, ends) if _is_all(said) else None
            chosen = named_or_all(found, said) if found or not digest else []
        paused = _set_pauses(session, team_id, user_id, chosen, ends, now)
        return replace(paused, digest=digest, until=ends)


def pause_digest(
    database: Database, team_id: str, user_id: str, until: datetime, now: datetime
) -> Paused:
    """Hold back a person's digest alone, from its menu. Raises YoursIsOff."""
    with database.begin() as session:
        papers.hold_revision(session)
        digest = own_digest.pause(session, team_id, user_id, until)
        if digest is None:
            raise own_digest.YoursIsOff
        mine = mine_in(session, team_id, user_id, now)
        return Paused((), mine, digest, until)


def pause_one(
    database: Database,
    team_id: str,
    user_id: str,
    subscription_id: int,
    until: datetime,
    now: datetime,
) -> Paused:
    """Hold back one, from a menu that carries its id. Raises UnknownSubscription."""
    with database.begin() as session:
        chosen = [one(session, team_id, user_id, subscription_id)]
        return _set_pauses(session, team_id, user_id, chosen, until, now)


def resume(database: Database, team_id: str, user_id: str, said: str, now: datetime) -> Paused:
    """Let what was named, or everything, come again; those that were not paused are left out."""
    with database.begin() as session:
        papers.hold_revision(session)
        found = subscriptions.of_audience(session, team_id, user_id)
        digest = own_digest.pause(session, team_id, user_id, None) if _is_all(said) else None
        named = named_or_all(found, said) if found or not digest else []
        paused = [each for each in (awake(each, now) for each in named) if each.paused_until]
        done = _set_pauses(session, team_id, user_id, paused, None, now)
        return replace(done, digest=digest if digest and digest.paused_until else None)


def put_back(
    database: Database,
    team_id: str,
    user_id: str,
    was: Mapping[int, datetime | None],
    now: datetime,
    *,
    digest: tuple[datetime | None] | None = None,
) -> Mine:
    """Pauses as they were before, by subscription; what was stopped since stays stopped.

    `digest` holds the pause of their digest, if that is to be put back too.
    """
    with database.begin() as session:
        subscriptions.pause(session, team_id, user_id, was)
        if digest:
            own_digest.pause(session, team_id, user_id, *digest)
        alerts.replan(session, team_id, user_id, now)
        return mine_in(session, team_id, user_id, now, list(was))


def _is_all(said: str) -> bool:
    return said.strip().lower() in ("", "all")


def _set_pauses(
    session: Session,
    team_id: str,
    user_id: str,
    chosen: Sequence[Subscription],
    until: datetime | None,
    now: datetime,
) -> Paused:
    ids = [each.id for each in chosen]
    subscriptions.pause(session, team_id, user_id, dict.fromkeys(ids, until))
    alerts.replan(session, team_id, user_id, now)
    before = tuple(awake(each, now) for each in chosen)
    return Paused(before, mine_in(session, team_id, user_id, now, ids))
