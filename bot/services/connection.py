"""One process at a time listens to Slack with an app token: Slack would else share out what people
type among them, and each would answer only what it gets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.holder import Holder
from storage import leases
from storage.database import Database

LENGTH = timedelta(minutes=1)  # what a machine that dies is waited for, at most
RENEW_EVERY = 15  # seconds: three may fail before the lease ends

IsAlive = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody else's lease: who, in words, and until when, unless they renew it."""

    by: str
    until: datetime


def take(
    database: Database, name: str, me: Holder, now: datetime, is_alive: IsAlive
) -> Held | None:
    """Take or renew the connection of this name; gives who has it, if it is somebody else.

    A holder of this machine that is dead has none, however long its lease would last.
    """
    with database.begin() as session:
        if leases.take(session, name, str(me), now, LENGTH):
            return None
        held = leases.get(session, name)
        if held is None:
            return None
        other = Holder.read(held.holder)
        if other is not None and me.knows_dead(other, is_alive):
            leases.release(session, name, held.holder)
            leases.take(session, name, str(me), now, LENGTH)
            return None
        return Held(other.words if other else held.holder, held.held_until)


def give_back(database: Database, name: str, me: Holder) -> None:
    """Let the next one have it at once."""
    with database.begin() as session:
        leases.release(session, name, str(me))


def holder(database: Database, name: str, now: datetime) -> Held | None:
    """Who listens with this name at the moment; None where nobody does."""
    with database.read() as session:
        held = leases.get(session, name)
    if held is None or held.held_until <= now:
        return None
    other = Holder.read(held.holder)
    return Held(other.words if other else held.holder, held.held_until)
