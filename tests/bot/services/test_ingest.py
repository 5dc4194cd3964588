"""When each list is read, and what is stored of it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.paper import Batch
from bot.errors import SourceFailed
from bot.services import alerts, ingest, percolator
from storage import fetches, listings, papers, subscriptions
from tests.factories import DAY, NOW, a_batch, a_paper
from tests.factories import papers as some_papers
from tests.fakes import FakeSource

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
THURSDAY = date(2026, 6, 25)
SILENT = SourceFailed("Hugging Face answered 503.")


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(a_batch(*some_papers(3)))


@pytest.fixture
def read(database, source):
    """One tick: the days that were asked for."""

    def read(now: datetime = NOW) -> list[date]:
        source.asked.clear()
        ingest.read_due(database, source, now)
        return list(source.asked)

    return read


def stored(database) -> int:
    with database.read() as session:
        return papers.count(session)


# -- when -----------------------------------------------------------------------------------------


def test_a_first_start_reads_todays_list_and_the_one_before(read):
    assert read() == [THURSDAY, DAY]


def test_todays_list_is_read_again_after_ten_minutes_and_no_sooner(read):
    read()

    assert read(NOW + 9.9 * MINUTE) == []
    assert read(NOW + 10 * MINUTE) == [DAY]


def test_yesterdays_list_is_read_again_after_six_hours_for_what_comes_late(read):
    read()
    for tick in range(1, 36):
        assert read(NOW + tick * 10 * MINUTE) == [DAY]

    assert read(NOW + 6 * HOUR) == [THURSDAY, DAY]


def test_a_list_that_did_not_answer_is_asked_for_again_after_ten_minutes(read, source):
    source.fail_on([THURSDAY, DAY], SILENT)
    read()

    assert read(NOW + 9 * MINUTE) == []
    assert read(NOW + 10 * MINUTE) == [THURSDAY, DAY]


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2026, 6, 27, 12, tzinfo=UTC), [25, 26]),  # Saturday: Friday's list still grows
        (datetime(2026, 6, 28, 12, tzinfo=UTC), [25, 26]),  # Sunday the same
        (datetime(2026, 6, 29, 1, tzinfo=UTC), [25, 26]),  # 21:00 on Sunday in New York
        (datetime(2026, 6, 29, 2, tzinfo=UTC), [26, 29]),  # Monday's list has opened there
        (datetime(2026, 6, 29, 12, tzinfo=UTC), [26, 29]),
    ],
)
def test_a_weekend_has_no_lists_of_its_own(read, now, days):
    assert read(now) == [date(2026, 6, day) for day in days]


def test_after_a_weekend_fridays_list_is_read_once_more(read):
    read()

    assert read(NOW + timedelta(days=3)) == [THURSDAY, DAY, date(2026, 6, 29)]


def test_each_list_is_read_again_twice_a_day_for_two_weeks_since_votes_grow_so_long(read):
    read(NOW)
    asked = [(now, read(now)) for now in (NOW + step * 6 * HOUR for step in range(1, 80))]

    friday = [now - NOW for now, days in asked if DAY in days]
    assert {1, 7, 14} <= {each.days for each in friday}
    assert friday[-1] < timedelta(days=17)  # on the weekend after two weeks for the last time
    later = [each for each in friday if each >= timedelta(days=4)]
    assert {after - before for before, after in pairwise(later)} == {12 * HOUR}


def test_two_weeks_of_lists_ask_for_little(read):
    read(NOW - timedelta(days=14))
    asked = [len(read(NOW + minute * MINUTE)) for minute in range(0, 1440, 10)]

    assert max(asked) <= 11
    assert sum(asked) <= 24 * 6 + 4 + 2 * 9


def test_after_days_away_every_weekday_since_is_read(read):
    read()

    # What was read before is read again, and then comes Monday to Thursday.
    assert read(NOW + timedelta(days=6)) == [
        THURSDAY,
        DAY,
        *(date(2026, 6, day) for day in (29, 30)),
        *(date(2026, 7, day) for day in (1, 2)),
    ]


def test_after_a_long_absence_two_weeks_are_read_and_no_more(read):
    read()
    days = read(NOW + timedelta(days=60))

    assert (days[0], days[-1]) == (date(2026, 8, 11), date(2026, 8, 25))
    assert len(days) == 11


def test_a_day_that_failed_is_read_again_though_later_days_answered(read, source):
    read()
    monday, now = date(2026, 6, 29), NOW + timedelta(days=6)
    source.fail_on([monday], SILENT)
    assert monday in read(now)
    source.fail_on([], SILENT)

    assert read(now + 10 * MINUTE) == [monday, date(2026, 7, 2)]
    assert monday not in read(now + 20 * MINUTE)


# -- what -----------------------------------------------------------------------------------------


def test_a_silent_source_is_kept_as_a_failure_and_never_as_an_empty_day(database, read, source):
    source.fail_on([DAY], SILENT)
    read()

    with database.read() as session:
        last = fetches.last_read(session, "hf", DAY)
        assert fetches.last_answer(session, "hf", DAY) is None
    assert last is not None
    assert last.error == "Hugging Face answered 503."
    assert last.seen == 0


def test_what_was_read_before_a_failure_stays(database, read, source):
    read()
    source.fail_on([DAY], SILENT)
    read(NOW + 10 * MINUTE)

    with database.read() as session:
        assert len(listings.of_days(session, DAY, DAY)) == 3


def test_a_list_that_shrinks_keeps_what_it_had(database, read, source):
    read()
    source.lists[DAY] = a_batch(*some_papers(1), votes=90)
    read(NOW + 10 * MINUTE)

    with database.read() as session:
        found = {each.paper.id: each.upvotes for each in listings.of_days(session, DAY, DAY)}
    assert found == {"2606.00001": 90, "2606.00002": 9, "2606.00003": 8}


def test_one_silent_day_does_not_keep_the_others_from_being_read(database, read, source):
    source.fail_on([THURSDAY], SILENT)
    read()

    assert stored(database) == 3


def test_no_transaction_is_open_while_a_source_answers(database):
    def read(day: date) -> Batch:
        with database.begin() as session:  # SQLite has one writer: this would wait for itself
            papers.save(session, [a_paper("2606.99999")], NOW)
        return a_batch(*some_papers(3))

    ingest.read_due(database, read, NOW)

    assert stored(database) == 4


def test_papers_and_their_matches_exist_together_or_not_at_all(
    database, follow, everything, monkeypatch
):
    follow("small nets")
    before = everything()

    def fails(*_: object) -> bool:
        raise RuntimeError("matching broke")

    monkeypatch.setattr(percolator, "is_hit", fails)
    with pytest.raises(RuntimeError, match="matching broke"):
        ingest.store(database, a_batch(a_paper()), NOW)

    assert everything() == before


def test_the_same_list_again_changes_nothing_but_the_record_of_the_read(
    database, follow, arrive, everything
):
    follow("small nets")
    arrive(a_paper())
    before = everything()
    again = arrive(a_paper())

    after = everything()
    assert (again.seen, again.new, again.late) == (1, 0, 0)
    assert {name for name in before if before[name] != after[name]} == {"fetches"}


def test_votes_are_those_that_were_read_last(database, arrive):
    arrive(a_paper(), votes=3)
    arrive(a_paper(), votes=57, now=NOW + HOUR)

    with database.read() as session:
        [listing] = listings.of_papers(session, ["2606.00001"])
    assert listing.upvotes == 57


def test_a_paper_that_is_listed_later_in_the_day_counts_as_late(arrive):
    first = arrive(*some_papers(2))
    later = arrive(*some_papers(3), now=NOW + HOUR)

    assert (first.new, first.late) == (2, 0)
    assert (later.new, later.late) == (1, 1)


def test_entries_that_could_not_be_read_are_counted_and_the_others_land(database):
    batch = Batch("hf", DAY, a_batch(a_paper()).listings, problems=("entry 2 has no title",))
    fetch = ingest.store(database, batch, NOW)

    assert (fetch.seen, fetch.failed) == (1, 1)


def test_a_backfill_tells_nobody_also_not_later(database, follow, outbox):
    follow("small nets")
    ingest.store(database, a_batch(a_paper()), NOW, tell=False)
    ingest.store(database, a_batch(a_paper()), NOW + HOUR)

    assert alerts.build_due(database, NOW + 2 * HOUR) == 0
    assert outbox() == []


def test_a_subscriber_in_a_second_workspace_is_planned_for_as_well(database, follow, arrive):
    for team in ("T1", "T2"):
        follow("small nets", team=team)
    arrive(a_paper())

    with database.begin() as session:
        told = [*subscriptions.claim_due(session, NOW), *subscriptions.claim_due(session, NOW)]
    assert [each.team_id for each in told] == ["T1", "T2"]
