"""What a person wants to be told: tried out, stored, listed, stopped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.matching import atoms
from bot.domain.query import canonical, parse_subscription
from bot.domain.reader import FOREVER, Hours, told_at
from bot.domain.subscription import Subscription, Wish
from bot.errors import BotError, QueryProblem
from bot.services import alerts
from storage import papers, readers, subscriptions
from storage.database import Database, Session

NONE_YET = "You follow no topic yet. Start one with `/papers subscribe diffusion policy`."
MOST_SHOWN = 5  # numbers that nothing has, in a refusal
LONGEST_SHOWN = 12  # digits of each
_NUMBERS = re.compile(r"[\d\s,]+")


class UnknownSubscription(BotError):
    """I can't find that subscription. `/papers list` shows yours with their numbers."""


class NameTaken(QueryProblem):
    """Another topic of yours has that name. Choose a different one."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's subscriptions, oldest first, and their hours.

    `next_at` is when what was just changed is told at the earliest; None: with the next paper.
    """

    subscriptions: tuple[Subscription, ...]
    hours: Hours
    next_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """Where they live."""
        return self.hours.zone


def subscribe(
    database: Database, team_id: str, user_id: str, wish: Wish, zone: ZoneInfo | None, now: datetime
) -> tuple[Subscription, Mine]:
    """Store a wish; a second time it changes cadence and size. It starts with the next paper.

    `zone` is where Slack says they are; one that is known stays. Raises NameTaken.
    """
    query = parse_subscription(wish.text)
    with database.begin() as session:
        papers.hold_revision(session)  # nobody else takes the same name meanwhile
        if zone is not None:
            readers.learn_zone(session, team_id, user_id, zone.key)
        wish = with_its_name(wish, subscriptions.of_audience(session, team_id, user_id))
        stored = subscriptions.save(
            session, team_id, user_id, wish, atoms(query), created_by=user_id, now=now
        )
        alerts.replan(session, team_id, user_id, now)
        return stored, mine_in(session, team_id, user_id, now, [stored.id])


def mine(database: Database, team_id: str, user_id: str, now: datetime) -> Mine:
    """Everything a person subscribes to."""
    with database.read() as session:
        return mine_in(session, team_id, user_id, now)


def mine_in(
    session: Session, team_id: str, user_id: str, now: datetime, changed: Sequence[int] = ()
) -> Mine:
    """The same within a transaction; `changed` are the ids of those that were just changed."""
    hours = readers.get(session, team_id, user_id).hours
    found = [awake(each, now) for each in subscriptions.of_audience(session, team_id, user_id)]
    times = [
        told_at(hours, each.wish.cadence, now, each.told_on, each.paused_until)
        for each in found
        if each.id in changed
    ]
    next_at = min(times, default=now)
    return Mine(tuple(found), hours, next_at if now < next_at < FOREVER else None)


def unsubscribe(
    database: Database, team_id: str, user_id: str, said: str, now: datetime
) -> tuple[list[Subscription], Mine]:
    """Stop what was named by number, name, query, several of them, or `all`."""
    with database.begin() as session:
        gone = named(subscriptions.of_audience(session, team_id, user_id), said)
        subscriptions.remove(session, team_id, user_id, [each.id for each in gone])
        return gone, mine_in(session, team_id, user_id, now)


def stop(
    database: Database, team_id: str, user_id: str, subscription_id: int, now: datetime
) -> tuple[list[Subscription], Mine]:
    """Stop one, from a button that carries its id. A second click finds nothing to stop."""
    with database.begin() as session:
        gone = [one(session, team_id, user_id, subscription_id)]
        subscriptions.remove(session, team_id, user_id, [subscription_id])
        return gone, mine_in(session, team_id, user_id, now)


def one(session: Session, team_id: str, user_id: str, subscription_id: int) -> Subscription:
    """One of a person's subscriptions. Raises UnknownSubscription where it is not theirs."""
    mine = subscriptions.of_audience(session, team_id, user_id)
    for each in mine:
        if each.id == subscription_id:
            return each
    raise UnknownSubscription


def named(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    """The subscriptions that people name by number or by words; each must be known."""
    if said.strip().lower() == "all" and mine:
        return list(mine)
    if _NUMBERS.fullmatch(said):
        return _by_number(mine, said)
    whole = by_words(mine, said)  # a comma may belong to the query, where it means "or"
    if whole:
        return whole
    parts = [part.strip() for part in said.split(",") if part.strip()]
    each_named = [
        _by_number(mine, part) if _NUMBERS.fullmatch(part) else by_words(mine, part)
        for part in parts
    ]
    if not parts or not all(each_named):
        raise UnknownSubscription
    wanted = {each.id for named in each_named for each in named}
    return [each for each in mine if each.id in wanted]


def named_or_all(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    """The same, or all of them where nothing was said. Raises UnknownSubscription."""
    if not mine:
        raise UnknownSubscription(NONE_YET)
    return named(mine, said) if said.strip() else list(mine)


def by_words(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    """The one with this name or this query; none where nobody follows it or it cannot be read."""
    if called_so := _by_name(mine, said):
        return called_so
    try:
        wanted = canonical(parse_subscription(said))
    except QueryProblem:
        return []
    return [each for each in mine if each.wish.text == wanted]


def awake(subscription: Subscription, now: datetime) -> Subscription:
    """The same without a pause that is over."""
    until = subscription.paused_until
    return replace(subscription, paused_until=None) if until and until <= now else subscription


def with_its_name(wish: Wish, mine: Sequence[Subscription]) -> Wish:
    """A wish that names nothing keeps the name its topic has; no two topics have the same."""
    if not wish.name:
        known = (each.wish.name for each in mine if each.wish.text == wish.text)
        return replace(wish, name=next(known, ""))
    if any(each.wish.text != wish.text for each in _by_name(mine, wish.name)):
        raise NameTaken
    return wish


def _by_number(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    # What people type is cut at fewer digits than `int` takes.
    numbers = {int(number) for number in re.findall(r"\d+", said)}
    if not numbers or not numbers <= set(range(1, len(mine) + 1)):
        raise UnknownSubscription(_no_such(numbers, len(mine)))
    return [mine[number - 1] for number in sorted(numbers)]


def _by_name(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    wanted = said.strip().strip('"').casefold()
    return [each for each in mine if each.wish.name and each.wish.name.casefold() == wanted]


def _no_such(numbers: set[int], known: int) -> str:
    if not known:
        return NONE_YET
    wrong = [str(each) for each in sorted(numbers) if not 1 <= each <= known]
    shown = [
        each if len(each) <= LONGEST_SHOWN else f"{each[:LONGEST_SHOWN]}…"
        for each in wrong[:MOST_SHOWN]
    ]
    listed = ", ".join(shown) + "…" * (len(wrong) > MOST_SHOWN) or "that"
    return f"There is no number {listed}. Yours go from 1 to {known}; `/papers list` shows them."
