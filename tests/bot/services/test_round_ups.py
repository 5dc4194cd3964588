"""Which round-ups fall due, what they show, and what never happens twice."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.domain.calendar import instant
from bot.domain.digest import Edition, Schedule
from bot.domain.round_ups import RoundUp, Slot, next_time
from bot.domain.spans import Basis
from bot.services import curators, digests, editions, round_up_wishes, round_ups
from storage import editions as stored
from storage import round_ups as wishes
from storage.database import Database
from storage.models import EditionRow
from tests.factories import DAY, NOW, a_paper
from tests.receipts import adds_up

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAYS, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
TITLES = ("Robots fold", "Proofs in Lean", "Weather nets", "Music in time", "Law texts", "Maps")
PAPERS = [a_paper(f"2606.0000{n}", title) for n, title in enumerate(TITLES, start=1)]
ZONES = ("America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata")


@pytest.fixture
def want(database):
    """A channel wants this, from NOW on unless said otherwise."""

    def want(slot: Slot = Slot.WEEKLY, *, now: datetime = NOW - MINUTE, **fields: Any) -> RoundUp:
        given = {"weekday": 4 if slot is Slot.WEEKLY else None, "at": None, **fields}
        wanted = round_up_wishes.want(
            database, "T1", "C1", slot, fallback=BERLIN, by="U1", now=now, **given
        )
        return next(each for each in wanted.round_ups if each.slot is slot)

    return want


@pytest.fixture
def last_of(database):
    def last_of(slot: Slot = Slot.WEEKLY) -> Edition | None:
        with database.read() as session:
            return stored.last(session, "T1", "C1", slot.value)

    return last_of


def shown(edition: Edition | None) -> list[str]:
    assert edition is not None
    return [pick.paper_id for pick in edition.picks]


def test_a_week_is_made_when_it_is_due_with_the_message_owed_for_it(
    database, want, arrive, outbox, last_of
):
    want()
    arrive(*PAPERS)

    assert round_ups.make_due(database, NOW - MINUTE) == 0
    assert round_ups.make_due(database, NOW) == 1
    assert round_ups.make_due(database, NOW) == 0
    [owed] = outbox()
    assert (owed.kind, owed.audience, owed.due_at) == ("digest", "C1", NOW)
    edition = last_of()
    assert (edition.local_date, edition.slot, len(edition.picks)) == (DAY, "weekly", 5)
    assert edition.span.basis is Basis.TITLES


def test_what_its_authors_took_back_is_in_no_week(database, want, arrive, last_of):
    want()
    arrive(replace(PAPERS[0], withdrawn=True), *PAPERS[1:])

    round_ups.make_due(database, NOW)

    assert PAPERS[0].id not in shown(last_of())
    assert adds_up(last_of())


def test_the_next_one_is_due_a_week_later(database, want, arrive):
    want()
    arrive(*PAPERS)
    round_ups.make_due(database, NOW)

    [wanted] = round_up_wishes.of_channel(database, "T1", "C1")
    assert wanted.next_due_at == NOW + 7 * DAYS


def test_it_waits_for_a_source_as_a_digest_does(database, want, arrive):
    want()
    arrive(*PAPERS, now=NOW - HOUR)

    assert round_ups.make_due(database, NOW) == 0
    assert round_ups.make_due(database, NOW + editions.PATIENCE + MINUTE) == 1


def test_what_the_channel_saw_is_in_short_and_never_in_full(database, want, arrive, last_of):
    arrive(*PAPERS)
    editions.post_now(database, "T1", "C1", NOW - MINUTE)
    seen = shown(editions.last_edition(database, "T1", "C1"))
    want()
    round_ups.make_due(database, NOW)

    week = last_of()
    assert len(seen) == 5
    assert set(shown(week)) == {each.id for each in PAPERS} - set(seen)
    assert set(week.span.seen) == set(seen)
    assert (week.receipt.candidates, week.receipt.seen) == (1, 5)


def test_the_best_are_those_with_most_votes_as_last_read_not_those_of_this_morning(
    database, want, arrive, switch_on, last_of
):
    old, *others = PAPERS
    arrive(old, day=DAY - 4 * DAYS, votes=3, now=NOW - 4 * DAYS)
    arrive(old, day=DAY - 4 * DAYS, votes=50, now=NOW - HOUR)
    arrive(*others, votes=49)
    switch_on(size=1, next_due_at=None)
    want()
    round_ups.make_due(database, NOW)

    assert shown(last_of()) == [old.id]


def test_what_people_skipped_is_left_out_and_counted(database, want, arrive, last_of):
    arrive(*PAPERS)
    curators.skip(database, "T1", "C1", PAPERS[0].id, by="U1", now=NOW - HOUR)
    want()
    round_ups.make_due(database, NOW)

    assert PAPERS[0].id not in shown(last_of())
    assert last_of().receipt.skipped == 1


def test_a_digest_on_its_topics_alone_has_a_week_on_them_alone(
    database, want, arrive, switch_on, last_of
):
    arrive(*PAPERS)
    switch_on(topics='"weather nets"', only_topics=True, next_due_at=None)
    want()
    round_ups.make_due(database, NOW)

    assert shown(last_of()) == ["2606.00003"]
    assert last_of().span.basis is Basis.TOPICS
    assert [each.topic for each in last_of().span.shares] == ["weather nets"]


def test_topics_that_the_channel_follows_are_in_its_chart(database, want, arrive, follow, last_of):
    follow("proofs", user="C1")
    arrive(*PAPERS)
    want()
    round_ups.make_due(database, NOW)

    assert [(each.topic, each.papers) for each in last_of().span.shares] == [("proofs", 1)]


def test_a_topic_that_the_channel_gave_a_name_is_called_by_it(
    database, want, arrive, follow, last_of
):
    follow('proofs, maps as:"our things"', user="C1")
    arrive(*PAPERS)
    want()
    round_ups.make_due(database, NOW)

    assert [(each.topic, each.papers) for each in last_of().span.shares] == [("our things", 2)]


def test_days_away_are_made_up_for_with_the_latest_week_unless_the_next_is_near(
    database, want, arrive, last_of
):
    want(now=NOW - 30 * DAYS)
    arrive(*PAPERS)

    assert round_ups.make_due(database, NOW + 6.5 * DAYS) == 0
    [wanted] = round_up_wishes.of_channel(database, "T1", "C1")
    assert wanted.next_due_at == NOW + 7 * DAYS

    with database.begin() as session:
        wishes.save(session, RoundUp("T1", "C1", Slot.WEEKLY, "U1", 4, next_due_at=NOW))
    assert round_ups.make_due(database, NOW + 3 * DAYS) == 1
    assert last_of().local_date == DAY


def test_two_workers_make_it_once(database, want, arrive, at_once, outbox):
    want()
    arrive(*PAPERS)

    made = at_once(4, lambda: round_ups.make_due(database, NOW))

    assert sum(made) == len(outbox()) == 1


def test_one_that_cannot_be_made_keeps_no_other(database, want, arrive, monkeypatch, outbox):
    want()
    with database.begin() as session:
        digest = digests.digests.get(session, "T1", "C1")
        other = RoundUp("T2", "C2", Slot.WEEKLY, "U1", 4, next_due_at=NOW)
        digests.digests.save(session, type(digest).unset("T2", "C2", BERLIN))
        wishes.save(session, other)
    arrive(*PAPERS)
    make = round_ups._edition

    def fails_for_one(session: Any, digest: Any, *rest: Any) -> Edition:
        if digest.team_id == "T1":
            raise RuntimeError("broken")
        return make(session, digest, *rest)

    monkeypatch.setattr(round_ups, "_edition", fails_for_one)

    assert round_ups.make_due(database, NOW) == 1
    assert [each.team_id for each in outbox()] == ["T2"]


@pytest.mark.parametrize("name", ZONES)
def test_every_week_and_month_is_told_once_whatever_the_clock_does(
    sqlite_database: Database, name: str
):
    zone = ZoneInfo(name)
    schedule = Schedule(time(1, 30), zone, frozenset(range(7)))
    first = datetime(2026, 3, 1, tzinfo=UTC)
    digest = digests.Digest("T1", "C1", schedule, 5, "U1", None)
    with sqlite_database.begin() as session:
        digests.digests.save(session, digest)
        for slot, weekday in ((Slot.WEEKLY, 6), (Slot.MONTHLY, None)):
            wish = RoundUp("T1", "C1", slot, "U1", weekday)
            due = next_time(wish, schedule, first, None)
            wishes.save(session, RoundUp("T1", "C1", slot, "U1", weekday, next_due_at=due))

    for day in range(1, 70):  # clocks change in March and April; Sundays are when they do
        midnight = instant(first.date() + day * DAYS, time(0), zone)
        for hours in (1.25, 1.75, 2.25, 2.75, 3.25):
            round_ups.make_due(sqlite_database, midnight + hours * HOUR)

    with sqlite_database.read() as session:
        rows = session.execute(select(EditionRow.slot, EditionRow.local_date)).all()
    weeks = sorted(day for slot, day in rows if slot == "weekly")
    months = sorted(day for slot, day in rows if slot == "monthly")
    assert all(each.weekday() == 6 for each in weeks)
    assert all(later - day == 7 * DAYS for day, later in pairwise(weeks))
    assert len(weeks) >= 9
    assert [each.month for each in months][-2:] == [4, 5]
    assert len(months) == len({each.month for each in months})


# -- the second look ------------------------------------------------------------------------------


def rise(arrive, *, now: datetime, votes: int = 118) -> None:
    """Friday's list is read again, and that of the day, which has nothing yet."""
    arrive(PAPERS[-1], votes=votes, now=now)
    arrive(day=now.date(), now=now)


@pytest.fixture
def passed(database, arrive, want):
    """Friday's digest passed on the last paper, which had five votes less than the first."""
    arrive(*PAPERS, votes=40, now=NOW - MINUTE)
    editions.post_now(database, "T1", "C1", NOW)
    want(Slot.SECOND_LOOK)


def test_what_rose_since_it_was_passed_on_is_shown_with_its_votes_then_and_now(
    database, arrive, passed, last_of
):
    later = NOW + 3 * DAYS
    rise(arrive, now=later)

    assert round_ups.make_due(database, later) == 1
    [pick] = last_of(Slot.SECOND_LOOK).picks
    assert (pick.paper_id, pick.reason) == (PAPERS[-1].id, "risen since Friday: 35 → 118 votes")
    assert dict(pick.score)["risen"] > 0


def test_it_is_never_shown_a_second_time(database, arrive, passed, outbox):
    for number, votes in enumerate((118, 300, 900), start=3):
        rise(arrive, now=NOW + number * DAYS, votes=votes)
        round_ups.make_due(database, NOW + number * DAYS)

    assert [each.kind for each in outbox()] == ["digest", "digest"]  # Friday's, and Monday's look


def test_what_a_channel_has_seen_gets_no_second_look(database, arrive, passed):
    later = NOW + 3 * DAYS
    arrive(PAPERS[0], votes=900, now=later)

    assert round_ups.make_due(database, later) == 0


def test_what_rose_before_a_digest_could_pass_on_it_gets_none(database, arrive, want):
    want(Slot.SECOND_LOOK)
    arrive(*PAPERS, votes=4)
    rise(arrive, now=NOW + 3 * DAYS)

    assert round_ups.make_due(database, NOW + 3 * DAYS) == 0


def test_on_the_day_of_the_week_it_is_part_of_that(database, arrive, passed, want, last_of):
    later = NOW + 3 * DAYS
    want(Slot.WEEKLY, weekday=0, at=time(16))
    rise(arrive, now=later)
    assert round_ups.make_due(database, later) == 0

    rise(arrive, now=later + 7 * HOUR)
    assert round_ups.make_due(database, later + 7 * HOUR) == 1

    assert last_of().span.risers == (PAPERS[-1].id,)
    assert last_of(Slot.SECOND_LOOK) is None
