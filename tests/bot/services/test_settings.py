"""A person's hours, and what waits when they change."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours import UnknownZone
from bot.domain.reader import Hours, Quiet
from bot.services import alerts, settings
from tests.factories import NOW, a_paper, papers

BERLIN, TOKYO, UTC_ZONE = (ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Tokyo", "UTC"))
NIGHT = Quiet(time(22), time(7))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = datetime(2026, 6, 26, tzinfo=UTC)


@pytest.fixture
def change(database):
    def change(said: str, now: datetime = NOW, *, slack: ZoneInfo | None = None) -> Hours:
        return settings.change(database, "T1", "U1", said, slack, now).after

    return change


@pytest.fixture
def hours(database):
    def hours(user: str = "U1", *, slack: ZoneInfo | None = None) -> Hours:
        return settings.settings(database, "T1", user, slack)

    return hours


@pytest.fixture
def told(database, outbox):
    """When messages came, built every hour up to an instant."""

    def told(until: datetime, start: datetime = NOW) -> list[datetime]:
        moment = start
        while moment <= until:
            alerts.build_due(database, moment)
            moment += HOUR
        return [each.due_at for each in outbox()]

    return told


def test_what_is_changed_is_kept_and_the_rest_stays(change, hours):
    assert change("at 08:30", slack=BERLIN) == Hours(BERLIN, time(8, 30))
    assert change("quiet 22:00-07:00", slack=BERLIN) == Hours(BERLIN, time(8, 30), NIGHT)
    assert change("zone Asia/Tokyo", slack=BERLIN) == Hours(TOKYO, time(8, 30), NIGHT)
    assert change("quiet off", slack=BERLIN) == hours() == Hours(TOKYO, time(8, 30))
    assert hours("U2") == Hours(UTC_ZONE)


def test_a_change_tells_what_was_before(database):
    changed = settings.change(database, "T1", "U1", "at 8", BERLIN, NOW)

    assert (changed.before, changed.after) == (Hours(BERLIN), Hours(BERLIN, time(8)))
    assert settings.save(database, "T1", "U1", changed.before, NOW).after == Hours(BERLIN)


def test_what_cannot_be_read_changes_nothing(change, hours):
    change("at 8", slack=BERLIN)
    with pytest.raises(UnknownZone):
        change("at 9 Atlantis")

    assert hours() == Hours(BERLIN, time(8))


def test_slacks_zone_is_shown_until_somebody_names_one(follow, change, hours):
    assert hours(slack=TOKYO).zone == TOKYO
    follow("robot", zone="Europe/Berlin")
    assert hours(slack=TOKYO).zone == BERLIN
    change("zone UTC")
    follow("rag", zone="Europe/Berlin")

    assert hours(slack=TOKYO).zone == UTC_ZONE


def test_what_waits_moves_with_the_hour(follow, change, arrive, told):
    follow("paper daily")
    arrive(*papers(1))
    change("at 15:00", NOW + HOUR)

    assert told(NOW + DAY) == [MIDNIGHT + 15 * HOUR]


def test_what_waits_for_the_end_of_the_night_comes_when_quiet_hours_are_given_up(
    follow, change, arrive, told
):
    change("quiet 06:00-12:00")
    follow("paper")
    arrive(*papers(1))
    assert told(NOW + HOUR) == []
    change("quiet off", NOW + 2 * HOUR)

    assert told(NOW + 2 * HOUR, NOW + 2 * HOUR) == [NOW + 2 * HOUR]


def test_what_is_due_already_is_not_put_off_by_a_change(follow, change, arrive, told):
    follow("paper daily")
    arrive(*papers(1))
    nine = MIDNIGHT + 9 * HOUR
    change("quiet 22:00-07:00", nine)  # the tick of nine o'clock comes a moment later

    assert told(nine, nine) == [nine]


@pytest.mark.parametrize("cadence", ["daily", "weekly"])
def test_an_hour_that_moves_after_the_message_brings_no_second_one(
    follow, change, arrive, told, cadence
):
    monday = MIDNIGHT + 3 * DAY
    follow(f"paper {cadence}")
    follow(f"robot {cadence}")
    arrive(*papers(1), now=monday)
    told(monday + 9 * HOUR, monday + 8 * HOUR)
    arrive(*papers(1, start=2), a_paper("2606.2", "A robot"), now=monday + 10 * HOUR)
    change("at 14:00", monday + 11 * HOUR)

    messages = told(monday + 9 * DAY, monday + 11 * HOUR)

    again = monday + (DAY if cadence == "daily" else 7 * DAY) + 14 * HOUR
    assert messages == [monday + 9 * HOUR, again]


@pytest.mark.parametrize(
    ("start", "moved"),
    [
        ("Pacific/Kiritimati", "Pacific/Midway"),  # the same hour of the day before
        ("Pacific/Midway", "Pacific/Kiritimati"),
        ("Europe/Berlin", "Pacific/Auckland"),
        ("America/Los_Angeles", "Asia/Tokyo"),
    ],
)
@pytest.mark.parametrize("after", [1, 12])
def test_a_move_across_the_date_line_gives_no_date_two_messages_and_none_without(
    follow, change, arrive, told, start, moved, after
):
    follow("paper daily", zone=start)
    now = NOW
    for number in range(7):  # something is always new
        arrive(*papers(1, start=number), now=now)
        told(now + 12 * HOUR, now)
        if number == 2:
            change(f"zone {moved}", now + after * HOUR)
        messages = told(now + DAY, now + 12 * HOUR)
        now += DAY

    there = [each.astimezone(ZoneInfo(moved)).date() for each in messages]
    assert len(there) == len(set(there))
    gaps = [later - earlier for earlier, later in pairwise(messages)]
    assert max(gaps) <= 2 * DAY


MONDAY = MIDNIGHT + 3 * DAY


@pytest.mark.parametrize(
    ("cadence", "said", "again"),
    [
        ("daily", "zone Asia/Tokyo", DAY),  # Tuesday at nine there
        ("weekly", "zone Asia/Tokyo", 7 * DAY),
        ("daily", "at 05:00", DAY + 5 * HOUR),
        ("weekly", "at 05:00", 7 * DAY + 5 * HOUR),
    ],
)
def test_a_message_that_a_change_jumps_over_comes_at_once_and_only_then(
    follow, change, arrive, told, cadence, said, again
):
    follow(f"paper {cadence}")
    arrive(*papers(1), now=MONDAY - HOUR)
    eight = MONDAY + 8 * HOUR
    change(said, eight)  # an hour before it was to come; in Tokyo it is five in the afternoon
    assert told(eight, eight) == [eight]
    arrive(*papers(1, start=2), now=eight + HOUR)

    assert told(MONDAY + 9 * DAY, eight + HOUR) == [eight, MONDAY + again]


def test_what_a_change_jumps_over_does_not_come_at_night(follow, change, arrive, told):
    change("quiet 22:00-07:00")
    follow("paper daily")
    arrive(*papers(1), now=MONDAY - HOUR)
    change("zone Asia/Tokyo", MONDAY + 4 * HOUR)  # 13:00 there
    change("zone Pacific/Kiritimati", MONDAY + 8.5 * HOUR)  # 22:30 there

    messages = told(MONDAY + DAY, MONDAY + 4 * HOUR)

    assert messages == [MONDAY + 4 * HOUR]
