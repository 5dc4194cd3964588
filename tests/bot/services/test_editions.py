"""Which digests fall due, and what never happens twice."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import instant, next_due
from bot.domain.digest import DAILY, Schedule
from bot.errors import SourceFailed
from bot.services import digests, editions, ingest
from storage import digests as stored_digests
from storage import editions as stored_editions
from tests.factories import DAY, NOW, a_channel, a_paper, papers
from tests.fakes import FakeSource

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
MONDAY_AT_NINE = NOW + timedelta(days=3)


def test_a_digest_is_made_when_it_is_due_with_the_message_owed_for_it(
    database, switch_on, arrive, outbox, last
):
    switch_on()
    arrive(*papers(8), now=NOW - MINUTE)

    assert editions.make_due(database, NOW - SECOND) == 0
    assert editions.make_due(database, NOW) == 1
    [owed] = outbox()
    assert (owed.kind, owed.audience, owed.due_at) == ("digest", "C1", NOW)
    assert len(last().picks) == 5
    assert (last().local_date, last().slot) == (DAY, DAILY)


def test_the_next_one_is_due_on_the_next_workday(database, switch_on, arrive):
    switch_on()
    arrive(a_paper(), now=NOW - MINUTE)
    editions.make_due(database, NOW)

    digest = digests.settings(database, "T1", "C1")
    assert digest is not None
    assert digest.next_due_at == MONDAY_AT_NINE


@pytest.mark.parametrize(
    ("read_before", "made"),
    [(timedelta(0), 1), (30 * MINUTE, 1), (30 * MINUTE + SECOND, 0)],
    ids=["just read", "read half an hour before", "read longer ago"],
)
def test_a_digest_waits_for_a_source_that_was_not_read_since_shortly_before_its_hour(
    database, switch_on, arrive, read_before, made
):
    switch_on()
    arrive(a_paper(), now=NOW - read_before)

    assert editions.make_due(database, NOW) == made


def test_it_goes_out_as_soon_as_the_source_has_answered(database, switch_on, arrive, last):
    switch_on()
    assert editions.make_due(database, NOW) == 0
    arrive(a_paper(), now=NOW + MINUTE)

    assert editions.make_due(database, NOW + 2 * MINUTE) == 1
    assert [pick.paper_id for pick in last().picks] == ["2606.00001"]


def test_a_source_that_failed_is_waited_for_but_not_for_long_and_the_receipt_says_so(
    database, switch_on, last
):
    switch_on()
    source = FakeSource()
    source.fail_on([DAY], SourceFailed("Hugging Face answered 503."))
    ingest.ingest(database, source, "hf", DAY, NOW - MINUTE)

    assert editions.make_due(database, NOW + editions.PATIENCE) == 0
    assert editions.make_due(database, NOW + editions.PATIENCE + SECOND) == 1
    [read] = last().receipt.reads
    assert (last().picks, read.error) == ((), "Hugging Face answered 503.")


def test_a_source_that_was_never_reached_is_not_taken_for_an_empty_one(database, switch_on, last):
    switch_on()
    editions.make_due(database, NOW + timedelta(hours=1))

    [read] = last().receipt.reads
    assert read.read_at is None


def test_days_away_are_caught_up_with_one_edition_for_the_latest_date(
    database, switch_on, arrive, outbox, last
):
    switch_on(next_due_at=NOW - timedelta(days=10))
    arrive(*papers(8))

    assert editions.make_due(database, NOW + timedelta(hours=5)) == 1
    assert last().local_date == DAY
    assert len(outbox()) == 1


def test_on_a_weekend_the_edition_missed_is_fridays(database, switch_on, arrive, last):
    switch_on(next_due_at=NOW - timedelta(days=1))
    arrive(a_paper())

    editions.make_due(database, NOW + timedelta(days=1))

    assert last().local_date == DAY


def test_a_local_date_is_that_of_the_channel(database, switch_on, arrive, last):
    due = datetime(2026, 6, 25, 21, tzinfo=ZoneInfo("UTC"))  # Friday at nine in Auckland
    switch_on(schedule=Schedule(time(9), ZoneInfo("Pacific/Auckland")), next_due_at=due)
    arrive(a_paper(), now=due, day=date(2026, 6, 25))

    editions.make_due(database, due)

    assert last().local_date == date(2026, 6, 26)


def test_an_hour_moved_after_the_edition_gives_no_second_one_on_that_date(
    database, switch_on, arrive, outbox
):
    switch_on()
    arrive(*papers(8), now=NOW)
    editions.make_due(database, NOW)
    switch_on(next_due_at=NOW + timedelta(hours=5))
    arrive(*papers(9), now=NOW + timedelta(hours=5))

    assert editions.make_due(database, NOW + timedelta(hours=5)) == 0
    assert len(outbox()) == 1


def test_every_channel_that_is_due_gets_its_own(database, switch_on, arrive, outbox):
    switch_on("C1", size=2)
    switch_on("C2")
    switch_on("C1", team="T2")
    switch_on("C9", next_due_at=None)
    arrive(*papers(8), now=NOW)

    assert editions.make_due(database, NOW) == 3
    assert {(each.team_id, each.audience) for each in outbox()} == {
        ("T1", "C1"),
        ("T1", "C2"),
        ("T2", "C1"),
    }
    first = editions.last_edition(database, "T1", "C1")
    assert first is not None
    assert len(first.picks) == 2


@pytest.mark.parametrize(
    ("zone", "at", "first"),
    [
        ("America/New_York", time(1, 30), date(2026, 10, 31)),  # comes twice on the 1st
        ("America/New_York", time(2, 30), date(2026, 3, 7)),  # never comes on the 8th
        ("Africa/Cairo", time(0), date(2026, 4, 23)),  # never comes on the 24th
        ("Australia/Lord_Howe", time(1, 45), date(2026, 4, 4)),  # half an hour is repeated
        ("Pacific/Apia", time(9), date(2026, 6, 25)),
        ("Europe/Berlin", time(2, 30), date(2026, 10, 24)),
        ("Asia/Kolkata", time(9), date(2026, 6, 25)),
        ("UTC", time(0), date(2026, 6, 25)),
    ],
)
def test_every_local_date_has_one_digest_also_where_the_clock_changes(
    sqlite_database, zone, at, first
):
    schedule = Schedule(at, ZoneInfo(zone), frozenset(range(7)))
    start = instant(first, time(0), schedule.zone) - SECOND
    channel = a_channel(schedule=schedule, next_due_at=next_due(schedule, start))
    with sqlite_database.begin() as session:
        stored_digests.save(session, channel)

    for tick in range(1, 4 * 24 * 2):  # every half hour for almost four days
        editions.make_due(sqlite_database, start + tick * 30 * MINUTE)

    with sqlite_database.read() as session:
        made = [
            stored_editions.count_on(session, "T1", "C1", first + timedelta(days=day))
            for day in range(3)
        ]
    assert made == [1, 1, 1]
