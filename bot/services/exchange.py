"""A person's topics as text, and topics from text: all of them, or none."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.exchange import Imported, Line, Read, written
from bot.domain.matching import atoms
from bot.domain.query import parse_subscription
from bot.domain.subscription import Wish
from bot.errors import BotError
from bot.services import alerts
from bot.services.subscriptions import NameTaken, named
from storage import papers, subscriptions
from storage.database import Database, Session


class NameOfAnother(NameTaken):
    """Another topic of yours has that name. Choose a different one."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number  # of the line


class OneAtATime(BotError):
    """I share one topic at a time, for example `/papers share 2`."""


def export(database: Database, team_id: str, user_id: str) -> list[str]:
    """Everything a person follows, a line each, oldest first."""
    with database.read() as session:
        mine = subscriptions.of_audience(session, team_id, user_id)
        return [written(each.wish) for each in mine]


def bring_in(database: Database, team_id: str, user_id: str, read: Read, now: datetime) -> Imported:
    """Follow what the lines say; what is followed already gets the line's terms.

    Raises NameOfAnother, and stores nothing then.
    """
    with database.begin() as session:
        papers.hold_revision(session)  # a second press of the button waits, and finds them all
        stored = subscriptions.of_audience(session, team_id, user_id)
        mine = {each.wish.text: each.wish for each in stored}
        wishes = [_with_its_name(line.wish, mine) for line in read.lines]
        after = mine | {each.text: each for each in wishes}
        _check_names(read.lines, after)
        wanted = [each for each in wishes if mine.get(each.text) != each]
        _store(session, team_id, user_id, wanted, now)
        changed, known = len(mine) + len(wanted) - len(after), len(wishes) - len(wanted)
        return Imported(len(after), len(wanted) - changed, changed, known, read.repeats)


def one(database: Database, team_id: str, user_id: str, said: str) -> Wish:
    """The one topic that a person names by number, name or words."""
    with database.read() as session:
        found = named(subscriptions.of_audience(session, team_id, user_id), said)
    if len(found) > 1:
        raise OneAtATime
    return found[0].wish


def _with_its_name(wish: Wish, mine: Mapping[str, Wish]) -> Wish:
    """A line that names nothing leaves the name that its topic has."""
    known = mine.get(wish.text)
    return replace(wish, name=known.name) if known and not wish.name else wish


def _check_names(lines: Iterable[Line], after: Mapping[str, Wish]) -> None:
    """No two topics have one name, counting those that are there already."""
    uses = Counter(each.name.casefold() for each in after.values())
    for line in lines:
        name = line.wish.name.casefold()
        if name and uses[name] > 1:
            raise NameOfAnother(line.number)


def _store(session: Session, team_id: str, user_id: str, wishes: list[Wish], now: datetime) -> None:
    for wish in wishes:
        keys = atoms(parse_subscription(wish.text))
        subscriptions.save(session, team_id, user_id, wish, keys, created_by=user_id, now=now)
    alerts.replan(session, team_id, user_id, now)
