"""Round-ups that channels want, how a digest was before a change, and votes day by day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.digest import Look
from bot.domain.paper import UNDATED, Batch
from bot.domain.round_ups import RoundUp, Slot
from storage import digests, editions, papers, readings, recording, round_ups, undo
from tests.factories import DAY, NOW, a_batch, a_channel, a_listing, a_paper, an_edition

HOUR, DAYS = timedelta(hours=1), timedelta(days=1)
WEEKLY = RoundUp("T1", "C1", Slot.WEEKLY, "U1", 4, time(16, 30), NOW)
MONTHLY = RoundUp("T1", "C1", Slot.MONTHLY, "U2", next_due_at=NOW - HOUR)


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session


def test_what_a_channel_wants_is_kept_as_it_was_said(session):
    round_ups.put(session, "T1", "C1", [MONTHLY, WEEKLY])

    assert round_ups.of_channel(session, "T1", "C1") == (WEEKLY, MONTHLY)


def test_put_takes_away_what_is_wanted_no_longer(session):
    round_ups.put(session, "T1", "C1", [MONTHLY, WEEKLY])
    round_ups.put(session, "T1", "C1", [replace(WEEKLY, at=None)])

    assert round_ups.of_channel(session, "T1", "C1") == (replace(WEEKLY, at=None),)


def test_what_has_been_due_longest_comes_first_and_what_sleeps_never(session):
    asleep = RoundUp("T1", "C1", Slot.SECOND_LOOK, "U1")
    round_ups.put(session, "T1", "C1", [WEEKLY, MONTHLY, asleep])

    assert round_ups.first_due(session, NOW - 2 * HOUR) is None
    assert round_ups.first_due(session, NOW) == MONTHLY
    assert round_ups.first_due(session, NOW, after=MONTHLY) == WEEKLY
    assert round_ups.first_due(session, NOW, after=WEEKLY) is None


def test_round_ups_are_no_editions_that_news_began_with(session):
    daily = an_edition()
    editions.add(session, daily)
    for slot in Slot:
        editions.add(session, an_edition(slot=slot.value, made_at=NOW + HOUR))

    assert editions.last(session, "T1", "C1") == daily
    assert editions.last(session, "T1", "C1", "weekly").slot == "weekly"


def test_editions_made_since_an_instant_are_those_of_every_slot_in_order(session):
    editions.add(session, an_edition(slot="weekly", made_at=NOW + HOUR))
    editions.add(session, an_edition())
    editions.add(session, an_edition(local_date=DAY - DAYS, made_at=NOW - DAYS))

    made = editions.made_since(session, "T1", "C1", NOW)

    assert made == [(NOW, DAY), (NOW + HOUR, DAY)]


# -- what was before ------------------------------------------------------------------------------


def changed(session, **fields):
    """A change of the digest, as every one is made."""
    number = undo.note(session, "T1", "C1")
    before = digests.get(session, "T1", "C1") or a_channel()
    digests.save(session, replace(before, change=number, **fields))
    session.flush()
    return digests.get(session, "T1", "C1")


def test_everything_that_was_set_is_known_again(session):
    first = changed(session, topics='"robots"', look=Look.CARDS, size=3, only_topics=True)
    round_ups.put(session, "T1", "C1", [WEEKLY, MONTHLY])
    now = changed(session, topics="", look=Look.COMPACT, size=9, only_topics=False, set_by="U2")
    round_ups.put(session, "T1", "C1", [])

    before = undo.before(session, now, now.change)

    assert replace(before.digest, change=first.change) == first
    assert before.round_ups == (WEEKLY, MONTHLY)


def test_before_the_first_change_there_was_none(session):
    now = changed(session)

    assert undo.before(session, now, 1).digest is None


def test_only_the_last_change_is_known(session):
    changed(session, size=3)
    now = changed(session, size=4)

    assert now.change == 2
    assert undo.before(session, now, 1) is None
    assert undo.before(session, now, 3) is None


# -- votes day by day -----------------------------------------------------------------------------


def read(session, votes: int, now: datetime, day: date = DAY, source: str = "hf") -> None:
    papers.save(session, [a_paper()], now)
    listing = a_listing(upvotes=votes, day=day, source=source)
    recording.record(session, Batch(source, day, (listing,)), now)


def history(session):
    return readings.by_day(session, DAY - 30 * DAYS, DAY + 90 * DAYS)


def test_the_last_votes_of_each_day_are_kept_where_they_changed(session):
    for votes, now in ((3, NOW), (7, NOW + HOUR), (7, NOW + DAYS), (9, NOW + 2 * DAYS)):
        read(session, votes, now)

    assert history(session) == {"2606.00001": [(DAY, 7), (DAY + 2 * DAYS, 9)]}


def test_a_paper_without_votes_has_no_readings(session):
    papers.save(session, [a_paper()], NOW)
    recording.record(session, a_batch(a_paper(), votes=0), NOW)

    assert history(session) == {}


def test_an_imported_archive_does_not_rise(session):
    read(session, 500, NOW, day=UNDATED)
    read(session, 500, NOW, day=DAY - 60 * DAYS)

    assert history(session) == {}


def test_of_two_sources_the_most_votes_count(session):
    read(session, 7, NOW)
    read(session, 5, NOW, source="a feed")

    assert history(session)["2606.00001"][-1] == (DAY, 7)


def test_readings_that_are_too_old_to_matter_are_forgotten(session):
    read(session, 3, NOW)
    later = NOW + readings.KEPT + DAYS
    read(session, 9, later, day=later.date())

    assert list(history(session).values()) == [[(later.date(), 9)]]
