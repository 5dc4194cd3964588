"""When somebody is told: their hour, their zone, their quiet hours, and a pause."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant, last_due, next_due
from bot.domain.digest import Schedule
from bot.domain.subscription import Cadence

DEFAULT_HOUR = time(9)
EVERY_DAY = frozenset(range(7))
DAY = timedelta(days=1)
JUST_BEFORE = -timedelta.resolution  # `next_due` looks later than the instant it is given
# The end of a pause without one; a year before the last, so that any zone can show it.
FOREVER = datetime(9998, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the local day in which nothing comes; 22:00 to 07:00 is a night."""

    begins: time
    ends: time

    def covers(self, at: time) -> bool:
        """Whether an hour of the local day lies in them."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person or a channel is told, in local time."""

    zone: ZoneInfo
    at: time = DEFAULT_HOUR  # when gathered matches come
    quiet: Quiet | None = None
    weekdays: frozenset[int] = EVERY_DAY  # Monday is 0; gathered matches come on these


def told_at(
    hours: Hours,
    cadence: Cadence,
    now: datetime,
    told_on: date | None = None,
    paused_until: datetime | None = None,
) -> datetime:
    """When a match that waits at `now` is told, in UTC: never before `now` or the end of a pause.

    At once, but not within quiet hours; or gathered, at the hour of the first day after `told_on`,
    for a week on its first day. The hour somebody chose counts also within their quiet hours.
    """
    if cadence is Cadence.NOW:
        return after_quiet(hours, _later(now, paused_until))
    after = now
    if paused_until is not None:
        after = max(after, paused_until + JUST_BEFORE)
    if told_on is not None:
        after = max(after, instant(told_on + DAY, time.min, hours.zone) + JUST_BEFORE)
    return next_due(_gathered(hours, cadence), after)


def sent_at(
    hours: Hours,
    cadence: Cadence,
    now: datetime,
    told_on: date | None = None,
    paused_until: datetime | None = None,
) -> datetime:
    """When what is due may go out: now, unless a pause, quiet hours or another message came first.

    What comes late does not come at night, except to those who chose an hour of the night.
    """
    gathered = cadence is not Cadence.NOW
    told_today = told_on is not None and now.astimezone(hours.zone).date() <= told_on
    if _later(now, paused_until) > now or (gathered and told_today):
        return told_at(hours, cadence, now, told_on, paused_until)
    if gathered and hours.quiet and hours.quiet.covers(hours.at):
        return now
    return after_quiet(hours, now)


def passed_over(
    before: Hours, after: Hours, cadence: Cadence, now: datetime, told_on: date | None = None
) -> bool:
    """Whether a change of hours or zone jumps over a message that was still to come.

    Its day would else go without, and a week of somebody who is told on Mondays. `told_on` is a
    date where they are now.
    """
    if cadence is Cadence.NOW:
        return False
    day = last_due(_gathered(after, cadence), now).astimezone(after.zone).date()
    if told_on is not None and told_on >= day:
        return False
    if instant(day, before.at, before.zone) > now:
        return True
    # Who crosses the date line has a date twice, and was told on the first of the two.
    moved = cadence is Cadence.DAILY and before.zone != after.zone and told_on is not None
    return moved and day == now.astimezone(after.zone).date()


def after_quiet(hours: Hours, moment: datetime) -> datetime:
    """This moment, or the end of the quiet hours it lies in."""
    while (end := _end_of_quiet(hours, moment)) > moment:  # the clock's change may join two nights
        moment = end
    return moment


def _end_of_quiet(hours: Hours, moment: datetime) -> datetime:
    """The end of the quiet hours of today or of the night before that hold a moment; or itself."""
    if hours.quiet is None:
        return moment
    today = moment.astimezone(hours.zone).date()
    spans = hours.quiet.begins > hours.quiet.ends
    for day in (today - DAY, today):
        begins = instant(day, hours.quiet.begins, hours.zone)
        ends = instant(day + DAY * spans, hours.quiet.ends, hours.zone)
        if begins <= moment < ends:
            return ends
    return moment


def _gathered(hours: Hours, cadence: Cadence) -> Schedule:
    """When gathered matches come: on each day, or on the first of a week."""
    weekly = cadence is Cadence.WEEKLY
    days = frozenset({min(hours.weekdays)}) if weekly else hours.weekdays
    return Schedule(hours.at, hours.zone, days)


def _later(now: datetime, paused_until: datetime | None) -> datetime:
    return now if paused_until is None else max(now, paused_until)
