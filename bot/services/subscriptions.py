"""What a person wants to be told: tried out, stored, listed, stopped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import hf_day
from bot.domain.matching import atoms, document, matches
from bot.domain.paper import Listing
from bot.domain.query import canonical, parse_subscription
from bot.domain.subscription import Subscription, Wish
from bot.errors import BotError, QueryProblem
from storage import deliveries, listings, readers, subscriptions
from storage.database import Database, Session

BACK_TEST = 30  # days
EXAMPLES = 3
_NUMBERS = re.compile(r"[\d\s,]+")


class UnknownSubscription(BotError):
    """I can't find that subscription. `/papers list` shows yours with their numbers."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a wish would have sent over the last days, most recent first."""

    wish: Wish
    found: int
    days: int
    examples: tuple[Listing, ...]
    known: bool  # this person follows it already


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's subscriptions, oldest first, and the zone they live in."""

    subscriptions: tuple[Subscription, ...]
    zone: ZoneInfo


def preview(database: Database, team_id: str, user_id: str, wish: Wish, now: datetime) -> Preview:
    """Try a wish on stored papers, with the very function that will match."""
    query = parse_subscription(wish.text)
    today = hf_day(now)
    with database.read() as session:
        recent = listings.of_days(session, today - timedelta(days=BACK_TEST - 1), today)
        mine = subscriptions.of_audience(session, team_id, user_id)
    found = [each for each in recent if matches(query, document(each.paper, [each.source]))]
    latest = sorted(found, key=lambda each: each.day, reverse=True)[:EXAMPLES]
    known = any(each.wish.text == wish.text for each in mine)
    return Preview(wish, len(found), BACK_TEST, tuple(latest), known)


def subscribe(
    database: Database, team_id: str, user_id: str, wish: Wish, zone: ZoneInfo | None, now: datetime
) -> tuple[Subscription, Mine]:
    """Store a wish; a second time it changes cadence and size. It starts with the next paper.

    Without a zone, the one that is known of this person stays.
    """
    query = parse_subscription(wish.text)
    with database.begin() as session:
        if zone is not None:
            readers.set_zone(session, team_id, user_id, zone.key)
        stored = subscriptions.save(
            session, team_id, user_id, wish, atoms(query), created_by=user_id, now=now
        )
        return stored, _mine(session, team_id, user_id)


def mine(database: Database, team_id: str, user_id: str) -> Mine:
    """Everything a person subscribes to."""
    with database.read() as session:
        return _mine(session, team_id, user_id)


def unsubscribe(
    database: Database, team_id: str, user_id: str, said: str
) -> tuple[list[Subscription], Mine]:
    """Stop what was named by number, query, several of them, or `all`."""
    with database.begin() as session:
        before = _mine(session, team_id, user_id).subscriptions
        gone = _named(before, said)
        subscriptions.remove(session, team_id, user_id, [each.id for each in gone])
        return gone, _mine(session, team_id, user_id)


def stop(
    database: Database, team_id: str, user_id: str, subscription_id: int
) -> tuple[list[Subscription], Mine]:
    """Stop one, from a button that carries its id. A second click finds nothing to stop."""
    with database.begin() as session:
        before = _mine(session, team_id, user_id).subscriptions
        gone = [each for each in before if each.id == subscription_id]
        if not gone:
            raise UnknownSubscription
        subscriptions.remove(session, team_id, user_id, [subscription_id])
        return gone, _mine(session, team_id, user_id)


def rest_of_alert(
    database: Database, team_id: str, user_id: str, delivery_id: str
) -> list[Listing]:
    """The papers that an alert only counted; nothing where the alert is somebody else's."""
    with database.read() as session:
        content = deliveries.content(session, team_id, user_id, delivery_id)
        groups = content.get("groups", []) if content else []
        return listings.of_papers(session, [paper for group in groups for paper in group["rest"]])


def _mine(session: Session, team_id: str, user_id: str) -> Mine:
    zone = ZoneInfo(readers.get(session, team_id, user_id).zone)
    return Mine(tuple(subscriptions.of_audience(session, team_id, user_id)), zone)


def _named(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    """The subscriptions that people name by number or by words; each must be known."""
    if said.strip().lower() == "all" and mine:
        return list(mine)
    if _NUMBERS.fullmatch(said):
        return _by_number(mine, said)
    whole = _by_query(mine, said)  # a comma may belong to the query, where it means "or"
    if whole:
        return whole
    parts = [part.strip() for part in said.split(",") if part.strip()]
    each_named = [
        _by_number(mine, part) if _NUMBERS.fullmatch(part) else _by_query(mine, part)
        for part in parts
    ]
    if not parts or not all(each_named):
        raise UnknownSubscription
    wanted = {each.id for named in each_named for each in named}
    return [each for each in mine if each.id in wanted]


def _by_number(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    numbers = {int(number) for number in re.findall(r"\d{1,6}", said)}
    if not numbers or not numbers <= set(range(1, len(mine) + 1)):
        raise UnknownSubscription(_no_such(numbers, len(mine)))
    return [mine[number - 1] for number in sorted(numbers)]


def _by_query(mine: Sequence[Subscription], said: str) -> list[Subscription]:
    """The one with this query; none where nobody follows it or it cannot be read."""
    try:
        wanted = canonical(parse_subscription(said))
    except QueryProblem:
        return []
    return [each for each in mine if each.wish.text == wanted]


def _no_such(numbers: set[int], known: int) -> str:
    if not known:
        return "You have no subscriptions to stop."
    wrong = ", ".join(str(each) for each in sorted(numbers) if not 1 <= each <= known) or "that"
    return f"There is no number {wrong}. Yours go from 1 to {known}; `/papers list` shows them."
