"""When readers with quiet hours and channels with a digest are told."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest import Schedule
from bot.domain.matching import atoms
from bot.domain.query import parse_subscription
from bot.domain.reader import Hours, Quiet
from bot.domain.subscription import read_wish
from bot.services import alerts, digests, settings
from storage import seen
from storage import subscriptions as stored
from tests.factories import NOW, a_paper

SECOND = timedelta(seconds=1)
MIDNIGHT = datetime(2026, 6, 26, tzinfo=UTC)
UTC_ZONE, NIGHT = ZoneInfo("UTC"), Quiet(time(22), time(7))
POLICY = a_paper("2606.10001", "Diffusion policies for dexterous hands")
ROBOT = a_paper("2606.10002", "A robot with diffusion policies")


@pytest.fixture
def build(database):
    """Build what is due at an instant; how many messages that makes."""

    def build(now: datetime = NOW) -> int:
        return alerts.build_due(database, now)

    return build


def test_what_is_found_at_night_comes_in_one_message_in_the_morning(
    database, build, follow, arrive, outbox
):
    settings.save(database, "T1", "U1", Hours(UTC_ZONE, quiet=NIGHT), NOW)
    follow("diffusion policy")
    for paper, hour in ((POLICY, 23), (ROBOT, 30)):
        arrive(paper, now=MIDNIGHT + timedelta(hours=hour))
        assert build(MIDNIGHT + timedelta(hours=hour)) == 0

    assert build(MIDNIGHT + timedelta(hours=31) - SECOND) == 0
    assert build(MIDNIGHT + timedelta(hours=31)) == 1
    [owed] = outbox()
    assert sorted(owed.content["groups"][0]["papers"]) == [POLICY.id, ROBOT.id]


def test_a_message_that_is_late_waits_for_the_end_of_the_night(
    database, build, follow, arrive, outbox
):
    settings.save(database, "T1", "U1", Hours(UTC_ZONE, quiet=NIGHT), NOW)
    follow("diffusion policy")
    arrive(POLICY)
    late, morning = MIDNIGHT + timedelta(hours=25), MIDNIGHT + timedelta(hours=31)

    assert (build(late), build(morning)) == (0, 1)
    assert len(outbox()) == 1


# -- channels -------------------------------------------------------------------------------------


@pytest.fixture
def follow_in_channel(database):
    """Somebody follows a topic for a channel."""

    def follow_in_channel(said: str, channel: str = "C1", *, by: str = "U1") -> None:
        wish = read_wish(said)
        keys = atoms(parse_subscription(wish.text))
        with database.begin() as session:
            stored.save(session, "T1", channel, wish, keys, created_by=by, now=NOW)

    return follow_in_channel


@pytest.mark.parametrize(
    ("cadence", "told_at"),
    [
        ("now", NOW),
        ("daily", datetime(2026, 6, 29, 8, tzinfo=UTC)),  # 10:00 in Berlin, not on the weekend
        ("weekly", datetime(2026, 6, 29, 8, tzinfo=UTC)),
    ],
)
def test_a_channel_is_told_at_the_hour_of_its_digest(
    switch_on, build, follow_in_channel, arrive, outbox, cadence, told_at
):
    switch_on(schedule=Schedule(time(10), ZoneInfo("Europe/Berlin")), next_due_at=None)
    follow_in_channel(f"diffusion policy {cadence}")
    arrive(POLICY, now=NOW + timedelta(hours=2) if cadence != "now" else NOW)

    assert build(told_at - SECOND) == 0
    assert build(told_at) == 1
    assert outbox()[0].audience == "C1"


def test_a_channel_without_a_digest_is_told_at_the_hour_of_who_follows_but_knows_no_quiet(
    database, build, follow_in_channel, arrive, outbox
):
    hours = Hours(ZoneInfo("Asia/Tokyo"), time(18), Quiet(time(8), time(17)))
    settings.save(database, "T1", "U1", hours, NOW)
    follow_in_channel("diffusion policy daily")
    follow_in_channel("robot", "G2")
    arrive(POLICY, ROBOT)  # at 16:00 in Tokyo

    assert build() == 1
    assert build(datetime(2026, 6, 26, 9, tzinfo=UTC)) == 1
    assert [each.audience for each in outbox()] == ["G2", "C1"]


def test_what_a_channels_digest_showed_is_no_news_for_its_topics(
    database, build, follow_in_channel, arrive, outbox
):
    follow_in_channel("diffusion policy")
    arrive(POLICY)
    with database.begin() as session:
        seen.add(session, "T1", "C1", [POLICY.id], "d1", NOW)

    assert build() == 0
    assert outbox() == []


LATER_TODAY = datetime(2026, 6, 26, 15, tzinfo=UTC)  # 17:00 in Berlin


@pytest.fixture
def waiting(database, follow_in_channel, arrive):
    """A channel's daily topic, of somebody in Tokyo, has a match that waits for tomorrow."""
    settings.save(database, "T1", "U1", Hours(ZoneInfo("Asia/Tokyo"), time(9)), NOW)
    follow_in_channel("diffusion policy daily")
    arrive(POLICY)


def test_a_match_that_waits_comes_at_the_hour_to_which_the_digest_is_moved(
    database, switch_on, build, waiting, outbox
):
    switch_on(schedule=Schedule(time(9), ZoneInfo("Asia/Tokyo")))
    digests.move(
        database,
        "T1",
        "C1",
        at=time(17),
        zone=ZoneInfo("Europe/Berlin"),
        fallback=UTC_ZONE,
        by="U2",
        now=NOW,
    )

    assert build(LATER_TODAY - SECOND) == 0
    assert build(LATER_TODAY) == 1
    assert [(each.audience, each.due_at) for each in outbox()] == [("C1", LATER_TODAY)]


def test_a_digest_that_is_turned_on_brings_what_waits_to_its_hour(database, build, waiting, outbox):
    digests.turn_on(database, "T1", "C1", by="U2", zone=ZoneInfo("Europe/Berlin"), now=NOW)

    nine = datetime(2026, 6, 29, 7, tzinfo=UTC)
    assert build(nine - SECOND) == 0
    assert build(nine) == 1


def test_without_a_digest_what_waits_comes_at_the_changed_hour_of_who_follows(
    database, build, waiting, outbox
):
    settings.change(database, "T1", "U1", "at 17:00 Europe/Berlin", None, NOW)

    assert build(LATER_TODAY - SECOND) == 0
    assert build(LATER_TODAY) == 1
    assert [each.audience for each in outbox()] == ["C1"]


def test_hours_of_others_leave_what_waits_in_a_channel_alone(database, build, waiting):
    settings.change(database, "T1", "U2", "at 17:00 Europe/Berlin", None, NOW)
    settings.change(database, "T2", "U1", "at 17:00 Europe/Berlin", None, NOW)
    tomorrow_in_tokyo = datetime(2026, 6, 27, 0, tzinfo=UTC)

    assert build(tomorrow_in_tokyo - SECOND) == 0
    assert build(tomorrow_in_tokyo) == 1


def test_a_channel_with_a_digest_does_not_follow_its_members_hours(
    database, switch_on, build, waiting
):
    digests.turn_on(database, "T1", "C1", by="U2", zone=ZoneInfo("Europe/Berlin"), now=NOW)
    settings.change(database, "T1", "U1", "at 17:00 Europe/Berlin", None, NOW)

    assert build(datetime(2026, 6, 29, 7, tzinfo=UTC) - SECOND) == 0
