"""Receipts: counts that add up, source by source, and why an empty day is empty."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks import digest as blocks
from bot.domain.announcements import Standing
from bot.domain.curation import Candidate, choose
from bot.domain.digest import Edition, Receipt, Schedule
from bot.domain.paper import Batch
from bot.domain.round_ups import Slot
from bot.errors import SourceFailed
from bot.services import curators, editions, ingest, receipts, round_up_wishes, round_ups
from storage import announcements
from storage import editions as stored
from tests.factories import DAY, NOW, a_batch, a_channel, a_listing, a_paper, papers
from tests.fakes import FakeSource
from tests.receipts import adds_up

BERLIN, EVERY_DAY = ZoneInfo("Europe/Berlin"), frozenset(range(7))
MINUTE, HOUR, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PATIENT = editions.PATIENCE + MINUTE


@pytest.fixture
def announced(database):
    """arXiv announces this many papers of cs.CL, and so many cross-listed from elsewhere."""

    def announced(own: int, crossed: int, *, late: bool = False, day: date = DAY, now=NOW) -> None:
        listings = [
            a_listing(a_paper(f"2607.{n:05d}", f"Title {n}", categories=cats), source="arxiv",
                      day=day, upvotes=0)
            for n in range(own + crossed)
            for cats in [("cs.CL",) if n < own else ("math.ST", "cs.CL")]
        ]  # fmt: skip
        with database.begin() as session:
            standing = Standing("cs.CL", day, "2607.00001", 40.0, is_late=late)
            announcements.save(session, standing, now - MINUTE)
        ingest.store(database, Batch("arxiv", day, tuple(listings)), now - MINUTE)

    return announced


def receipt(edition: Edition) -> str:
    return blocks.receipt(edition, len(edition.picks))


def test_a_receipt_names_what_each_source_listed_and_what_became_of_it(
    database, switch_on, arrive, announced, last
):
    switch_on()
    arrive(*papers(31), now=NOW - MINUTE)
    announced(612, 204, late=True)
    editions.make_due(database, NOW)

    assert receipt(last()) == (
        "31 from Hugging Face, 612 + 204 cross-listed from arXiv (announced Fri 26 Jun); "
        "5 shown, 842 below the bar; cs.CL is late and will be topped up."
    )
    assert adds_up(last())


def test_what_was_seen_or_skipped_here_is_counted_apart(database, switch_on, arrive, last):
    switch_on(size=2)
    arrive(*papers(8), now=NOW - HOUR)
    editions.post_now(database, "T1", "C1", NOW - HOUR)
    arrive(*papers(8, start=20), *papers(2), now=NOW - MINUTE)
    curators.skip(database, "T1", "C1", "2606.00027", by="U1", now=NOW - MINUTE)
    editions.make_due(database, NOW)

    assert receipt(last()) == (
        "8 from Hugging Face; 2 shown, 5 below the bar, 1 skipped by people here."
    )
    assert adds_up(last())


def test_what_its_authors_took_back_is_not_counted(database, switch_on, arrive, last):
    switch_on(size=2)
    arrive(*papers(3), replace(a_paper("2606.00009"), withdrawn=True), now=NOW - MINUTE)
    editions.make_due(database, NOW)

    assert receipt(last()) == "3 from Hugging Face; 2 shown, 1 below the bar."
    assert adds_up(last())


@given(
    listed=st.integers(0, 30),
    before=st.integers(0, 30),
    again=st.integers(0, 30),
    skipped=st.integers(0, 5),
    size=st.integers(1, 10),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_came_in_the_counts_add_up(sqlite_database, listed, before, again, skipped, size):
    """Papers of which some were shown here, and some skipped, in any proportion."""
    name = f"C{listed}.{before}.{again}.{skipped}.{size}"
    digest = a_channel("T1", name, size=size)
    news = [a_listing(each) for each in papers(listed)]
    ingest.store(sqlite_database, a_batch(*papers(30)), NOW - MINUTE)
    with sqlite_database.begin() as session:
        receipts.seen.add(
            session, "T1", name, [each.id for each in papers(min(before, again))], "d", NOW
        )
    for each in papers(skipped, start=25):
        try:
            curators.skip(sqlite_database, "T1", name, each.id, by="U1", now=NOW)
        except curators.SeenHere:
            continue

    with sqlite_database.read() as session:
        found = receipts.curating.candidates(session, digest, news, NOW)
        told = receipts.receipt(session, digest, news, found, NOW)

    picks = tuple(choose(found, size))
    edition = Edition("T1", name, DAY, "daily", NOW, picks, told)
    assert adds_up(edition)
    assert sum(each.listed for each in told.reads) == listed


def test_a_weeks_receipt_adds_up_too(database, switch_on, arrive, announced):
    switch_on(next_due_at=None)
    arrive(*papers(12), now=NOW - MINUTE)
    editions.post_now(database, "T1", "C1", NOW - MINUTE)
    announced(20, 5)
    round_up_wishes.want(
        database, "T1", "C1", Slot.WEEKLY, weekday=4, fallback=BERLIN, by="U1", now=NOW - MINUTE
    )
    round_ups.make_due(database, NOW)

    with database.read() as session:
        week = stored.last(session, "T1", "C1", "weekly")
    assert adds_up(week)
    assert receipt(week) == (
        "12 from Hugging Face, 20 + 5 cross-listed from arXiv; "
        "5 shown, 27 below the bar, 5 seen here before."
    )


def test_what_is_on_other_topics_is_counted_once_whatever_people_decided_about_it(
    database, switch_on, arrive, last
):
    switch_on(topics='"robots"', only_topics=True, next_due_at=NOW)
    arrive(*papers(3), *papers(2, start=10, title="Robots"), now=NOW - MINUTE)
    curators.skip(database, "T1", "C1", "2606.00001", by="U1", now=NOW - MINUTE)
    curators.pick(database, "T1", "C1", "2606.00002", by="U1", now=NOW - MINUTE)
    round_up_wishes.want(
        database, "T1", "C1", Slot.WEEKLY, weekday=4, fallback=BERLIN, by="U1", now=NOW - MINUTE
    )
    editions.make_due(database, NOW)
    round_ups.make_due(database, NOW)

    assert receipt(last()) == (
        "5 from Hugging Face; 3 shown, 1 on other topics, 1 skipped by people here."
    )
    with database.read() as session:
        week = stored.last(session, "T1", "C1", "weekly")
    assert adds_up(last())
    assert adds_up(week)
    assert (week.receipt.seen, week.receipt.skipped, week.receipt.off_topic) == (3, 1, 1)


# -- empty days -----------------------------------------------------------------------------------


@pytest.fixture
def empty(database, switch_on, arrive, last):
    """What an edition without papers says that is made at an instant, in a zone."""

    def empty(at: datetime, *, zone: str = "Europe/Berlin", read: bool = True) -> str:
        local = at.astimezone(ZoneInfo(zone))
        schedule = Schedule(time(local.hour, local.minute), ZoneInfo(zone), EVERY_DAY)
        switch_on(schedule=schedule, next_due_at=at)
        if read:
            source = FakeSource()
            ingest.ingest(database, source, "hf", editions.hf_day(at), at - MINUTE)
        assert editions.make_due(database, at + PATIENT) == 1
        edition = last()
        assert edition.picks == ()
        return blocks.digest(edition, []).text

    return empty


@pytest.fixture
def friday(database, switch_on, arrive):
    """The channel saw the list of a day."""

    def friday(now: datetime = NOW, day: date = DAY) -> None:
        arrive(*papers(2), day=day, now=now - HOUR)
        switch_on(next_due_at=None)
        editions.post_now(database, "T1", "C1", now)

    return friday


def test_a_weekend_says_that_it_is_one(friday, empty):
    friday()

    said = empty(NOW + DAYS)

    assert "No new papers for Saturday 27 June." in said
    assert "Hugging Face lists nothing at weekends; its latest list is of Fri 26 Jun." in said


def test_a_morning_before_the_list_opens_says_when_it_does(friday, empty):
    friday()

    said = empty(datetime(2026, 6, 29, 0, 30, tzinfo=UTC), zone="Asia/Tokyo")

    assert "No new papers for Monday 29 June." in said
    assert "opens its list of Mon 29 Jun at 21:30 in New York the evening before" in said
    assert "its latest list is of Fri 26 Jun." in said


def test_a_list_that_is_still_empty_is_called_late(friday, empty):
    friday()

    said = empty(NOW + 3 * DAYS)

    assert "has an empty list for Mon 29 Jun so far, which is late: I keep reading it" in said
    assert "its latest list is of Fri 26 Jun." in said


def test_the_day_after_a_holiday_names_it(friday, empty):
    thursday = datetime(2026, 11, 26, 8, tzinfo=UTC)
    friday(thursday, thursday.date())

    said = empty(thursday + DAYS)

    assert "an empty list for Fri 27 Nov so far, the day after a holiday (Thanksgiving)" in said


def test_a_holiday_of_arxivs_is_called_by_its_name(friday, empty, announced):
    thursday = datetime(2026, 11, 26, 8, tzinfo=UTC)
    friday(thursday, thursday.date())
    announced(0, 0, day=thursday.date(), now=thursday)

    said = empty(thursday + DAYS)

    assert "arXiv announces nothing after a holiday (Thanksgiving)" in said
    assert "its latest list is of Thu 26 Nov." in said


def test_a_list_that_has_nothing_new_is_no_late_one(database, friday, arrive, switch_on, last):
    friday()
    arrive(*papers(2), now=NOW + HOUR)
    switch_on(next_due_at=NOW + HOUR, schedule=Schedule(time(10), BERLIN))
    editions.make_due(database, NOW + HOUR)

    said = blocks.digest(last(), []).text
    assert "Hugging Face has listed nothing new since the last digest" in said


def test_a_source_that_failed_is_not_taken_for_a_quiet_day(database, friday, empty):
    friday()
    source = FakeSource()
    source.fail_on([DAY + 3 * DAYS], SourceFailed("It answered 503."))
    at = NOW + 3 * DAYS
    ingest.ingest(database, source, "hf", at.date(), at - MINUTE)

    assert "Hugging Face did not answer: It answered 503. I keep trying." in empty(at, read=False)


def test_papers_that_the_channel_knows_already_are_counted(database, switch_on, arrive, last):
    arrive(*papers(3), now=NOW - MINUTE)
    with database.begin() as session:
        ids = [each.id for each in papers(3)]
        receipts.seen.add(session, "T1", "C1", ids, "posted by hand", NOW)
    switch_on()
    editions.make_due(database, NOW)

    assert "3 papers came in that this channel knows already." in blocks.digest(last(), []).text


def test_an_arxiv_announcement_that_is_still_to_come_says_when():
    read = replace(receipts.SourceRead("arxiv", DAY, NOW, None), listed=0)
    sunday_evening = datetime(2026, 6, 29, 1, tzinfo=UTC)  # 21:00 in New York
    edition = Edition(
        "T1", "C1", date(2026, 6, 29), "daily", sunday_evening, (), Receipt(0, (read,))
    )

    assert "arXiv announces the papers of Mon 29 Jun at midnight in New York" in (
        blocks.digest(edition, []).text
    )


def test_a_candidate_from_an_older_list_counts_for_its_source(database, arrive):
    arrive(*papers(1), now=NOW - MINUTE)
    candidate = Candidate(a_listing(papers(1)[0]))
    with database.read() as session:
        told = receipts.receipt(session, a_channel(), [], [candidate], NOW)

    assert [each.listed for each in told.reads] == [1]
