"""What a person does not want to be told of: it touches what comes to them, never a channel."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.muting import Mute, read_mutes, silences
from bot.domain.query import parse_subscription
from bot.errors import BotError, QueryProblem
from bot.services import alerts
from storage import mutes, papers, subscriptions
from storage.database import Database, Session

# What a mute held back for longer is no news: letting it go must not flood anybody.
NEWS = timedelta(days=7)
NONE_YET = "You mute nothing. `/papers mute survey` hides what has that word."
MOST = 100  # of one person
_NUMBERS = re.compile(r"[\d\s,]+")


class UnknownMute(BotError):
    """You don't mute that. `/papers mute` shows what you mute, with numbers."""


class NoAuthors(BotError):
    """The authors of that paper are not listed."""


class TooManyMutes(BotError):
    """You mute a hundred things, which is all I can keep. Let one go with `/papers unmute 1`."""


@dataclass(frozen=True, slots=True)
class Mutes:
    """What somebody muted or let go just now, and all that they mute, oldest first."""

    changed: tuple[str, ...]  # canonical
    mine: tuple[Mute, ...]
    silenced: tuple[str, ...] = ()  # topics of theirs of which nothing is left


def mine(database: Database, team_id: str, user_id: str) -> tuple[Mute, ...]:
    """Everything a person mutes."""
    with database.read() as session:
        return tuple(mutes.of_person(session, team_id, user_id))


def mute(
    database: Database, team_id: str, user_id: str, texts: Sequence[str], now: datetime
) -> Mutes:
    """Mute what matches these canonical queries; what is muted already stays so."""
    with database.begin() as session:
        papers.hold_revision(session)  # no alert of theirs is made meanwhile
        added = tuple(each for each in texts if mutes.add(session, team_id, user_id, each, now))
        every = tuple(mutes.of_person(session, team_id, user_id))
        if len(every) > MOST:
            raise TooManyMutes
        return Mutes(added, every, tuple(_silenced(session, team_id, user_id, added)))


def unmute(
    database: Database, team_id: str, user_id: str, texts: Collection[str], now: datetime
) -> Mutes:
    """Let these go, as far as they are still muted.

    What they held back in the last days may be told now.
    """
    with database.begin() as session:
        mine = mutes.of_person(session, team_id, user_id)
        return _let_go(
            session, team_id, user_id, [each for each in mine if each.text in texts], now
        )


def unmute_said(database: Database, team_id: str, user_id: str, said: str, now: datetime) -> Mutes:
    """The same for what is named by number, by words, or `all`. Raises UnknownMute."""
    with database.begin() as session:
        gone = _named(mutes.of_person(session, team_id, user_id), said)
        return _let_go(session, team_id, user_id, gone, now)


def _let_go(
    session: Session, team_id: str, user_id: str, gone: Sequence[Mute], now: datetime
) -> Mutes:
    ids = [each.id for each in gone]
    papers.hold_revision(session)  # no alert of theirs is made meanwhile
    mutes.remove(session, team_id, user_id, ids)
    mutes.let_through(session, team_id, user_id, ids, now - NEWS)
    alerts.wake(session, team_id, user_id, now)
    left = tuple(mutes.of_person(session, team_id, user_id))
    return Mutes(tuple(each.text for each in gone), left)


def _silenced(session: Session, team_id: str, user_id: str, texts: Sequence[str]) -> Iterator[str]:
    for each in subscriptions.of_audience(session, team_id, user_id):
        if silences(texts, parse_subscription(each.wish.text)):
            yield each.wish.text


def _named(mine: Sequence[Mute], said: str) -> list[Mute]:
    if not mine:
        raise UnknownMute(NONE_YET)
    if said.strip().lower() == "all":
        return list(mine)
    if _NUMBERS.fullmatch(said):
        return _by_number(mine, said)
    try:
        wanted = set(read_mutes(said))
    except QueryProblem:
        raise UnknownMute from None
    found = [each for each in mine if each.text in wanted]
    if len(found) < len(wanted):
        raise UnknownMute
    return found


def _by_number(mine: Sequence[Mute], said: str) -> list[Mute]:
    numbers = {int(number[:9]) for number in re.findall(r"\d+", said)}
    if not numbers or not numbers <= set(range(1, len(mine) + 1)):
        raise UnknownMute
    return [mine[number - 1] for number in sorted(numbers)]
