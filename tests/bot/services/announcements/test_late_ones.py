"""Announcements that are late: told, retried, and made up for."""

from datetime import UTC, date, datetime

from bot.blocks import digest
from bot.domain.announcements import Feed
from bot.services import editions
from tests.announced import DAY, FRIDAY, HOUR, MIDNIGHT, MINUTE, SILENT, THURSDAY, of, some


def test_a_stale_category_is_late_while_the_other_is_on_time_and_the_api_tops_it_up(
    tick, thursday, arxiv, on, standing, late
):
    arxiv.feed = Feed(FRIDAY, (*some(1), *some(151, 10, "cs.HC")))
    arxiv.papers[THURSDAY] = [of(each) for each in range(101, 113)]

    assert tick(MIDNIGHT + MINUTE) == ["feed"]
    assert standing() == (THURSDAY, False)  # it may still come within the hour
    tick(MIDNIGHT + HOUR + MINUTE)
    assert (standing(), standing("cs.HC")) == ((THURSDAY, True), (FRIDAY, False))
    assert late() == ("cs.SD",)

    assert tick(MIDNIGHT + 8 * HOUR) == ["feed", "cs.SD until 25 18"]
    assert standing() == (FRIDAY, False)
    assert len(on(FRIDAY)) == 22
    assert late() == ()


def test_a_category_that_brings_a_tenth_is_topped_up_too(tick, arxiv, on, standing):
    arxiv.feed = Feed(THURSDAY, (*some(1, 40), *some(51, 10, "cs.HC")))
    tick(MIDNIGHT - DAY + MINUTE)
    arxiv.feed = Feed(FRIDAY, (*some(101, 4), *some(151, 10, "cs.HC")))
    arxiv.papers[THURSDAY] = [of(each) for each in range(101, 141)]
    tick(MIDNIGHT + 2 * HOUR)
    assert standing() == (FRIDAY, True)

    tick(MIDNIGHT + 8 * HOUR)
    assert standing() == (FRIDAY, False)
    assert len(on(FRIDAY)) == 50


def test_a_late_category_that_comes_after_all_owes_nothing(tick, thursday, arxiv, standing):
    tick(MIDNIGHT + 2 * HOUR)
    arxiv.feed = Feed(FRIDAY, (*some(101), *some(151, 10, "cs.HC")))
    tick(MIDNIGHT + 3 * HOUR)

    assert standing() == (FRIDAY, False)
    assert tick(MIDNIGHT + 9 * HOUR + MINUTE) == ["feed"]


def test_where_the_api_has_no_more_either_the_category_stays_late_and_is_asked_again(
    tick, thursday, arxiv, standing
):
    arxiv.feed = Feed(FRIDAY, tuple(some(151, 10, "cs.HC")))
    asked = [tick(MIDNIGHT + hour * HOUR) for hour in range(2, 16)]

    assert [each for tick in asked for each in tick if "until" in each] == ["cs.SD until 25 18"] * 2
    assert standing() == (FRIDAY, True)


def test_days_that_were_missed_are_asked_of_the_api_each_with_its_own_time(
    tick, thursday, arxiv, on
):
    tuesday = datetime(2026, 6, 30, 12, tzinfo=UTC)
    arxiv.feed = Feed(date(2026, 6, 30), (*some(301), *some(351, 10, "cs.HC")))
    arxiv.papers = {THURSDAY: [of(101)], FRIDAY: [of(201)]}

    assert tick(tuesday) == ["feed", "cs.HC,cs.SD until 25 18", "cs.HC,cs.SD until 26 18"]
    assert (on(FRIDAY), on(date(2026, 6, 29))) == (["2606.00101"], ["2606.00201"])
    assert len(on(date(2026, 6, 30))) == 20


def test_a_gap_that_could_not_be_asked_for_is_not_forgotten(tick, thursday, arxiv, on):
    monday = datetime(2026, 6, 29, 12, tzinfo=UTC)
    arxiv.feed = Feed(date(2026, 6, 29), (*some(301), *some(351, 10, "cs.HC")))
    arxiv.silent["api"] = SILENT
    tick(monday)
    arxiv.silent.clear()
    arxiv.papers = {THURSDAY: [of(101)]}

    assert tick(monday + MINUTE) == []
    assert tick(monday + 6 * MINUTE) == ["cs.HC,cs.SD until 25 18"]
    assert on(FRIDAY) == ["2606.00101"]


def test_after_a_long_absence_two_weeks_are_asked_for_a_few_days_at_a_time(tick, thursday, arxiv):
    august = datetime(2026, 8, 28, 12, tzinfo=UTC)
    arxiv.feed = Feed(date(2026, 8, 28), (*some(301), *some(351, 10, "cs.HC")))

    first, second = tick(august), tick(august + MINUTE)

    assert first[:2] == ["feed", "cs.HC,cs.SD until 14 18"]
    assert (len(first), len(second)) == (6, 4)


def test_a_receipt_says_of_which_day_arxivs_papers_are_and_what_is_late(
    database, tick, thursday, arxiv
):
    arxiv.feed = Feed(FRIDAY, tuple(some(151, 10, "cs.HC")))
    tick(MIDNIGHT + 2 * HOUR)
    edition, _ = editions.preview(database, "T1", "C1", MIDNIGHT + 2 * HOUR)

    read = edition.receipt.reads[1]
    assert (read.source, read.day, read.error, read.late) == ("arxiv", FRIDAY, None, ("cs.SD",))
    assert "cs.SD is late and will be topped up." in digest.receipt(edition, 0)


def test_where_no_category_is_followed_a_receipt_does_not_speak_of_arxiv(database):
    edition, _ = editions.preview(database, "T1", "C1", MIDNIGHT)

    assert [each.source for each in edition.receipt.reads] == ["hf"]


def test_a_first_start_on_a_weekend_asks_the_api_for_fridays_papers(tick, arxiv, on, standing):
    arxiv.feed = Feed(date(2026, 6, 27), ())
    arxiv.papers[THURSDAY] = [of(101)]

    assert tick(MIDNIGHT + DAY + 12 * HOUR, ("cs.SD",)) == ["feed", "cs.SD until 25 18"]
    assert (on(FRIDAY), standing()) == (["2606.00101"], (FRIDAY, False))
