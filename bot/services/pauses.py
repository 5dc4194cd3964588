"""Topics that are held back for a while. What is found meanwhile is kept and told afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.pauses import Period, read_pause
from bot.domain.subscription import Subscription
from bot.services import alerts
from bot.services.subscriptions import Mine, awake, by_words, mine_in, named_or_all, one
from storage import readers, subscriptions
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Paused:
    """Subscriptions as they were before they were paused or resumed, and all of them now."""

    changed: tuple[Subscription, ...]
    mine: Mine


def pause(database: Database, team_id: str, user_id: str, said: str, now: datetime) -> Paused:
    """Hold back what was named, or everything, for a while: `3 2w`, `until:2026-12-01`, `2`.

    What is found meanwhile is kept. Raises UnknownSubscription or UnknownPause.
    """
    with database.begin() as session:
        found = subscriptions.of_audience(session, team_id, user_id)
        chosen, period = by_words(found, said), Period()
        if not chosen:  # else its words only look like a period
            period, said = read_pause(said)
            chosen = named_or_all(found, said)
        ends = period.ends(readers.get(session, team_id, user_id).hours, now)
        return _set_pauses(session, team_id, user_id, chosen, ends, now)


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
        found = subscriptions.of_audience(session, team_id, user_id)
        chosen = [awake(each, now) for each in named_or_all(found, said)]
        paused = [each for each in chosen if each.paused_until]
        return _set_pauses(session, team_id, user_id, paused, None, now)


def put_back(
    database: Database,
    team_id: str,
    user_id: str,
    was: Mapping[int, datetime | None],
    now: datetime,
) -> Mine:
    """Pauses as they were before, by subscription; what was stopped since stays stopped."""
    with database.begin() as session:
        subscriptions.pause(session, team_id, user_id, was)
        alerts.replan(session, team_id, user_id, now)
        return mine_in(session, team_id, user_id, now, list(was))


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
