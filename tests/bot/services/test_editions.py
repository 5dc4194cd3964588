"""Which digests fall due, what they hold, and what never happens twice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest import DAILY, Edition
from bot.errors import SourceFailed
from bot.services import digests, editions, ingest
from storage import channels
from tests.factories import DAY, NOW, a_channel, a_paper, papers
from tests.fakes import FakeSource

MINUTE, SECOND, WEEKEND = timedelta(minutes=1), timedelta(seconds=1), timedelta(days=3)
MONDAY = date(2026, 6, 29)
MONDAY_AT_NINE = NOW + WEEKEND


@pytest.fixture
def switch_on(database):
    """Give a channel a digest; due at NOW unless said otherwise."""

    def switch_on(channel_id: str = "C1", *, team: str = "T1", **fields) -> None:
        with database.begin() as session:
            channels.save(session, a_channel(team, channel_id, **fields))

    return switch_on


@pytest.fixture
def last(database):
    """What a channel was shown last."""

    def last(channel_id: str = "C1", team: str = "T1") -> Edition:
        found = editions.last_edition(database, team, channel_id)
        assert found is not None
        return found

    return last


def ids(edition: Edition) -> list[str]:
    return [pick.paper_id for pick in edition.picks]


def numbered(first: int, last: int) -> list[str]:
    return [f"2606.{number:05d}" for number in range(first, last + 1)]


# -- when -----------------------------------------------------------------------------------------


def test_a_digest_is_made_when_it_is_due_with_the_message_owed_for_it(
    database, switch_on, arrive, outbox, last
):
    switch_on()
    arrive(*papers(8), now=NOW - MINUTE)

    assert editions.make_due(database, NOW - SECOND) == 0
    assert editions.make_due(database, NOW) == 1
    [owed] = outbox()
    assert (owed.kind, owed.audience, owed.due_at) == ("digest", "C1", NOW)
    assert ids(last()) == numbered(1, 5)
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
    assert ids(last()) == ["2606.00001"]


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
    schedule = a_channel().schedule
    zone = ZoneInfo("Pacific/Auckland")
    due = datetime(2026, 6, 25, 21, tzinfo=ZoneInfo("UTC"))  # Friday at nine in Auckland
    switch_on(schedule=type(schedule)(schedule.at, zone), next_due_at=due)
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


# -- what -----------------------------------------------------------------------------------------


def test_a_paper_that_was_shown_is_never_shown_again(database, switch_on, arrive, last):
    switch_on()
    arrive(*papers(5), now=NOW)
    editions.make_due(database, NOW)
    arrive(*papers(7), day=MONDAY, now=MONDAY_AT_NINE)
    editions.make_due(database, MONDAY_AT_NINE)

    assert ids(last()) == numbered(6, 7)


def test_another_channel_has_a_memory_of_its_own(database, switch_on, arrive, last):
    switch_on("C1")
    switch_on("C2", next_due_at=NOW + MINUTE)
    arrive(*papers(5), now=NOW)
    editions.make_due(database, NOW + MINUTE)

    assert ids(last("C1")) == ids(last("C2")) == numbered(1, 5)


def test_a_first_digest_shows_the_latest_list_and_none_before(database, switch_on, arrive, last):
    switch_on()
    arrive(*papers(3, start=100), day=date(2026, 6, 25), votes=99, now=NOW)
    arrive(*papers(2), now=NOW)
    editions.make_due(database, NOW)

    assert ids(last()) == numbered(1, 2)


def test_a_paper_that_was_listed_late_is_offered_to_the_next_edition(
    database, switch_on, arrive, last
):
    switch_on()
    arrive(*papers(5), now=NOW)
    editions.make_due(database, NOW)
    arrive(*papers(5), a_paper("2606.77777"), now=NOW + timedelta(hours=8))
    arrive(a_paper("2606.88888"), day=MONDAY, now=MONDAY_AT_NINE, votes=50)
    editions.make_due(database, MONDAY_AT_NINE)

    assert ids(last()) == ["2606.88888", "2606.77777"]


def test_a_read_that_was_under_way_while_an_edition_was_made_is_news_for_the_next(
    database, switch_on, arrive, last
):
    switch_on()
    arrive(*papers(5), now=NOW - 10 * MINUTE)
    editions.make_due(database, NOW + 2 * SECOND)
    arrive(*papers(5), a_paper("2606.77777"), now=NOW)  # began before the edition, ended after it
    arrive(day=MONDAY, now=MONDAY_AT_NINE)
    editions.make_due(database, MONDAY_AT_NINE)

    assert ids(last()) == ["2606.77777"]


def test_what_stayed_below_the_bar_is_not_offered_again(database, switch_on, arrive, last):
    switch_on()
    arrive(*papers(8), now=NOW)
    editions.make_due(database, NOW)
    arrive(day=MONDAY, now=MONDAY_AT_NINE)
    editions.make_due(database, MONDAY_AT_NINE)

    assert last().picks == ()
    assert last().receipt.candidates == 0


def test_imported_archives_are_no_news(database, switch_on, arrive, last):
    switch_on()
    arrive(*papers(5), now=NOW)
    editions.make_due(database, NOW)
    old = a_paper("2501.00001", "From last year")
    arrive(old, day=date(2025, 1, 2), votes=900, now=NOW + timedelta(hours=1))
    arrive(a_paper("2606.88888"), day=MONDAY, now=MONDAY_AT_NINE)
    editions.make_due(database, MONDAY_AT_NINE)

    assert ids(last()) == ["2606.88888"]


# -- now, and before ------------------------------------------------------------------------------


def test_a_digest_now_needs_no_settings_and_counts_its_slots(database, arrive, outbox, last):
    arrive(*papers(8))

    editions.post_now(database, "T1", "C1", NOW)
    first = last()
    editions.post_now(database, "T1", "C1", NOW + MINUTE)

    assert (first.slot, last().slot) == ("now-1", "now-2")
    assert (ids(first), ids(last())) == (numbered(1, 5), numbered(6, 8))
    assert len(outbox()) == 2


def test_a_digest_now_with_nothing_new_says_so_and_owes_nothing(database, outbox):
    with pytest.raises(editions.NothingNew, match="Nothing new"):
        editions.post_now(database, "T1", "C1", NOW)

    assert outbox() == []


def test_the_daily_one_still_comes_after_a_digest_now(database, switch_on, arrive, last):
    switch_on()
    arrive(*papers(8), now=NOW)
    editions.post_now(database, "T1", "C1", NOW - MINUTE)
    editions.make_due(database, NOW)

    assert last().slot == DAILY
    assert not set(ids(last())) & set(numbered(1, 5))


def test_a_preview_shows_what_would_be_made_and_stores_nothing(
    database, switch_on, arrive, everything, last
):
    switch_on()
    arrive(*papers(8), now=NOW)
    before = everything()

    edition, shown = editions.preview(database, "T1", "C1", NOW)

    assert everything() == before
    assert [each.paper.id for each in shown] == ids(edition)
    editions.make_due(database, NOW)
    assert edition == last()
