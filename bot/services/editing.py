"""A topic is changed in its form: the query, how often, how many at once, its name."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.matching import atoms
from bot.domain.query import parse_subscription
from bot.domain.subscription import Subscription, Wish
from bot.services import alerts
from bot.services.subscriptions import Mine, NameTaken, UnknownSubscription, mine_in
from storage import subscriptions
from storage.database import Database


def find(database: Database, team_id: str, user_id: str, subscription_id: int) -> Subscription:
    """One of a person's topics. Raises UnknownSubscription where it was stopped meanwhile."""
    with database.read() as session:
        return _one(subscriptions.of_audience(session, team_id, user_id), subscription_id)


def replace(
    database: Database,
    team_id: str,
    user_id: str,
    subscription_id: int,
    wish: Wish,
    now: datetime,
) -> tuple[Subscription, Mine]:
    """Follow this instead. Another query starts with the next paper; a pause goes on.

    Raises UnknownSubscription, and NameTaken.
    """
    keys = atoms(parse_subscription(wish.text))
    with database.begin() as session:
        mine = subscriptions.of_audience(session, team_id, user_id)
        old = _one(mine, subscription_id)
        _refuse_taken([each for each in mine if each.id != old.id], wish)
        new = subscriptions.save(session, team_id, user_id, wish, keys, created_by=user_id, now=now)
        if new.id != old.id:
            if new.told_on:  # by any topic of this cadence; it may be the one that goes
                subscriptions.note_told(session, [new.id], new.told_on)
            subscriptions.remove(session, team_id, user_id, [old.id])
            subscriptions.pause(session, team_id, user_id, {new.id: old.paused_until})
        alerts.replan(session, team_id, user_id, now)
        state = mine_in(session, team_id, user_id, now, [new.id])
        return _one(state.subscriptions, new.id), state


def _one(mine: Sequence[Subscription], subscription_id: int) -> Subscription:
    for each in mine:
        if each.id == subscription_id:
            return each
    raise UnknownSubscription


def _refuse_taken(others: Sequence[Subscription], wish: Wish) -> None:
    """The same query is the same topic, and may keep its name."""
    taken = {each.wish.name.casefold() for each in others if each.wish.text != wish.text}
    if wish.name and wish.name.casefold() in taken:
        raise NameTaken
