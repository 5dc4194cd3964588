"""Not everybody is told in the same second: a crowd's messages are spread after their hour."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from bot.domain.reader import Hours, after_quiet

WIDEST = timedelta(minutes=5)  # what people are told: within five minutes of their hour
A_SECOND = 200  # messages that one process sends; fewer readers need no spreading
LARGEST_CROWD = A_SECOND * int(WIDEST.total_seconds())
NOT_AT_ALL = timedelta()


def delay(team_id: str, audience: str, crowd: int) -> timedelta:
    """How long after their hour somebody is told, in whole seconds, where so many others are too.

    A crowd is spread over the time that it takes to send to it, five minutes at most. Everybody
    has a place of their own in it: the same every day, and on every machine.
    """
    said = sha256(f"{team_id}:{audience}".encode()).digest()
    place = int.from_bytes(said[:8]) / 2**64  # from 0 up to 1
    return timedelta(seconds=int(place * (min(crowd, LARGEST_CROWD) // A_SECOND)))


def spread(hours: Hours, due: datetime, after: timedelta, earliest: datetime) -> datetime:
    """An hour that falls `due`, moved by so much; never to before `earliest`.

    After the hour, else as long before it: never to another local date, never into quiet hours.
    """
    day = _date(hours, due)
    at_night = hours.quiet is not None and hours.quiet.covers(hours.at)  # as somebody wished
    for moved in (due + after, due - after):
        quiet = not at_night and after_quiet(hours, moved) != moved
        if moved >= earliest and _date(hours, moved) == day and not quiet:
            return moved
    return due


def _date(hours: Hours, moment: datetime) -> date:
    return moment.astimezone(hours.zone).date()
