"""After downtime: one digest that says what it covers, one alert, and nobody waits for another."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest import DAILY, Schedule
from bot.errors import SourceFailed
from bot.services import alerts, curating, digests, editions, ingest
from storage import editions as stored
from tests.factories import DAY, NOW, a_batch, a_paper, papers
from tests.fakes import FakeSource

HOUR, MINUTE, DAYS = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY_AT_NINE = NOW + 6 * DAYS
MONDAY = date(2026, 6, 29)


@pytest.fixture
def first(database, switch_on, arrive):
    """A channel has had its digest of Friday."""
    switch_on()
    arrive(*papers(8), now=NOW)
    assert editions.make_due(database, NOW) == 1


def test_one_digest_covers_the_days_away_and_says_which(database, first, last, outbox):
    assert editions.make_due(database, THURSDAY_AT_NINE + 2 * HOUR) == 1

    assert (last().covers_from, last().local_date) == (MONDAY, date(2026, 7, 2))
    assert len(outbox()) == 2


def test_a_digest_that_is_on_time_covers_its_own_day(database, first, last, arrive):
    arrive(*papers(3, start=20), now=NOW + 3 * DAYS, day=MONDAY)
    editions.make_due(database, NOW + 3 * DAYS)

    assert (last().covers_from, last().local_date) == (None, MONDAY)


def test_one_that_is_late_on_its_own_day_says_nothing_of_other_days(database, first, last):
    editions.make_due(database, NOW + 3 * DAYS + 5 * HOUR)

    assert (last().covers_from, last().local_date) == (None, MONDAY)


def test_no_more_is_said_to_be_covered_than_papers_are_looked_for(database, first, last):
    editions.make_due(database, NOW + 21 * DAYS + HOUR * 2)

    assert last().covers_from == last().local_date - editions.NEWS


def test_a_channels_first_digest_makes_up_for_nothing(database, switch_on, arrive, last):
    switch_on(next_due_at=NOW - 3 * DAYS)
    arrive(*papers(3))
    editions.make_due(database, NOW)

    assert last().covers_from is None


def test_what_it_covers_is_kept(database, first, last):
    editions.make_due(database, THURSDAY_AT_NINE + 2 * HOUR)

    with database.read() as session:
        assert stored.get(session, "T1", 2) == last()


def test_back_shortly_before_the_hour_the_next_digest_takes_in_the_missed_ones(
    database, first, arrive, last, outbox
):
    back = THURSDAY_AT_NINE - 10 * MINUTE
    assert editions.make_due(database, back) == 0
    arrive(*papers(3, start=20), now=back, day=date(2026, 7, 2))

    assert editions.make_due(database, THURSDAY_AT_NINE) == 1
    assert (last().covers_from, last().local_date) == (MONDAY, date(2026, 7, 2))
    assert len(outbox()) == 2


def test_a_channel_that_was_missed_keeps_no_other_waiting(database, first, switch_on, arrive):
    arrive(*papers(3, start=20), now=NOW + 3 * DAYS, day=MONDAY)
    # Nine in Berlin is just now, and waits for its source; C2 has waited long enough since eight.
    now = NOW + 6 * DAYS + MINUTE
    eight = Schedule(time(8), BERLIN)
    switch_on("C2", schedule=eight, next_due_at=now - HOUR - MINUTE)

    assert editions.make_due(database, now) == 1
    assert editions.last_edition(database, "T1", "C2") is not None


def test_a_digest_that_cannot_be_made_keeps_no_other_waiting(
    database, switch_on, arrive, monkeypatch, caplog
):
    picks = curating.picks

    def fails(session, digest, *others):
        if digest.size == 1:
            raise RuntimeError("a secret topic")
        return picks(session, digest, *others)

    monkeypatch.setattr(curating, "picks", fails)
    switch_on("C1", size=1)
    switch_on("C2")
    arrive(*papers(3), now=NOW)

    assert editions.make_due(database, NOW) == 1
    assert editions.last_edition(database, "T1", "C2") is not None
    assert "the digest of C1 could not be made: RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_a_clock_that_jumps_back_an_hour_brings_no_second_digest(database, first, outbox):
    for minutes in range(-60, 61, 5):
        editions.make_due(database, NOW + minutes * MINUTE)

    assert len(outbox()) == 1


# -- hours that change meanwhile ------------------------------------------------------------------


@pytest.fixture
def move(database):
    def move(at: time, now: datetime, zone: ZoneInfo | None = None) -> datetime | None:
        return digests.move(
            database, "T1", "C1", at=at, zone=zone, fallback=BERLIN, by="U1", now=now
        ).next_due_at

    return move


def test_a_digest_that_waits_for_its_source_is_not_lost_when_its_hour_moves_to_an_earlier_one(
    database, first, move, last
):
    monday = NOW + 3 * DAYS
    assert editions.make_due(database, monday + 5 * MINUTE) == 0

    assert move(time(8), monday + 5 * MINUTE) == monday
    assert editions.make_due(database, monday + 6 * MINUTE) == 1
    assert last().local_date == MONDAY


def test_one_that_moves_to_a_later_hour_comes_then(first, move):
    monday = NOW + 3 * DAYS

    assert move(time(14), monday + 5 * MINUTE) == monday + 5 * HOUR


def test_an_hour_that_is_over_today_begins_tomorrow(first, move):
    assert move(time(8), NOW + 3 * DAYS - 30 * MINUTE) == NOW + 4 * DAYS - HOUR


def test_a_zone_in_which_todays_hour_is_over_brings_todays_digest_at_once(
    database, first, move, last
):
    eight = NOW + 3 * DAYS - HOUR  # in Tokyo it is three in the afternoon

    assert move(time(9), eight, ZoneInfo("Asia/Tokyo")) == eight
    assert editions.make_due(database, eight) == 1
    assert last().local_date == MONDAY
    assert editions.make_due(database, eight + DAYS - 8 * HOUR) == 0


def test_a_date_that_had_its_digest_elsewhere_gets_none_here(database, switch_on, arrive, move):
    auckland, honolulu = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
    due = datetime(2026, 6, 23, 21, tzinfo=ZoneInfo("UTC"))  # Wednesday there, Tuesday here
    switch_on(schedule=Schedule(time(9), auckland), next_due_at=due)
    arrive(*papers(3), now=due, day=date(2026, 6, 23))
    assert editions.make_due(database, due) == 1

    assert move(time(9), due + HOUR, honolulu) == due + 22 * HOUR
    with database.read() as session:
        assert stored.exists(session, "T1", "C1", date(2026, 6, 23), DAILY)
        assert not stored.exists(session, "T1", "C1", date(2026, 6, 24), DAILY)


# -- alerts ---------------------------------------------------------------------------------------


@pytest.fixture
def away(database):
    """Something was found on each of the days on which nobody read the lists."""

    def away(*days: date) -> FakeSource:
        ingest.ingest(database, FakeSource(), "hf", DAY, NOW)
        return FakeSource(
            *(
                a_batch(a_paper(f"2607.{day:%m%d}1", f"Small nets of {day}"), day=day)
                for day in days
            )
        )

    return away


JUNE = [date(2026, 6, 29), date(2026, 6, 30)]
JULY = [date(2026, 7, 1), date(2026, 7, 2)]


@pytest.mark.parametrize("cadence", ["now", "daily"])
def test_what_was_found_on_several_days_away_is_one_alert(database, follow, away, outbox, cadence):
    source, now = away(*JUNE, *JULY), THURSDAY_AT_NINE

    class Watching:
        """A worker that builds alerts while another still reads."""

        def __call__(self, day: date):
            alerts.build_due(database, now)
            return source(day)

    follow(f"small nets {cadence}")
    ingest.read_due(database, Watching(), now)
    alerts.build_due(database, now)
    alerts.build_due(database, now + DAYS)

    [owed] = outbox()
    [group] = owed.content["groups"]
    assert len(group["papers"]) == 4


def test_a_clock_that_jumps_back_an_hour_brings_no_second_message_that_day(
    database, follow, arrive, outbox
):
    follow("small nets daily")
    nine = NOW + 2 * HOUR  # in UTC, where U1 is
    arrive(a_paper())
    assert alerts.build_due(database, nine) == 1
    arrive(a_paper("2606.00002"), now=nine - 50 * MINUTE)

    for minutes in range(-50, 120, 10):
        alerts.build_due(database, nine + minutes * MINUTE)

    assert len(outbox()) == 1
    assert alerts.build_due(database, nine + DAYS) == 1


def test_a_list_that_did_not_answer_keeps_the_others_from_nobody(database, follow, away, outbox):
    source = away(*JUNE, *JULY)
    source.fail_on([JUNE[0]], SourceFailed("Hugging Face answered 503."))
    follow("small nets")
    reads = ingest.read_due(database, source, THURSDAY_AT_NINE)
    alerts.build_due(database, THURSDAY_AT_NINE)

    assert [each.day for each in reads if each.error] == [JUNE[0]]
    assert len(outbox()[0].content["groups"][0]["papers"]) == 3


def test_a_fault_of_ours_in_one_list_is_kept_as_a_read_that_failed(database, away, caplog):
    source = away(*JUNE, *JULY)
    source.fail_on([JUNE[1]], KeyError("a secret"))
    reads = ingest.read_due(database, source, THURSDAY_AT_NINE)

    assert [(each.day, each.error) for each in reads if each.error] == [
        (JUNE[1], "Reading it failed on my side (KeyError).")
    ]
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text
