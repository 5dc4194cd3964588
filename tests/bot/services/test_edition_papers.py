"""What a digest shows: news, each paper once; and the extra one that somebody asks for."""

from datetime import date, timedelta

import pytest

from bot.domain.digest import DAILY, Edition
from bot.services import editions
from tests.factories import NOW, a_paper, papers

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
MONDAY = date(2026, 6, 29)
MONDAY_AT_NINE = NOW + timedelta(days=3)


def ids(edition: Edition) -> list[str]:
    return [pick.paper_id for pick in edition.picks]


def numbered(first: int, last: int) -> list[str]:
    return [f"2606.{number:05d}" for number in range(first, last + 1)]


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
