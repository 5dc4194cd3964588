"""Lists of days, and one paper by its id."""

from datetime import date, timedelta

import pytest

from bot.services import library
from tests.factories import DAY, NOW, a_paper, papers

THURSDAY, WEDNESDAY = date(2026, 6, 25), date(2026, 6, 24)


def ids(page: library.Page) -> list[str]:
    return [each.paper.id for each in page.listings]


def test_without_a_day_the_latest_list_is_shown_with_the_one_before(database, arrive):
    arrive(*papers(2), day=THURSDAY)
    arrive(*papers(3, start=10))

    page = library.day_page(database, NOW)

    assert (page.first, page.last, page.previous, page.next) == (DAY, DAY, THURSDAY, None)
    assert ids(page) == ["2606.00010", "2606.00011", "2606.00012"]  # most votes first


def test_while_todays_list_is_empty_the_last_one_is_shown(database, arrive):
    arrive(a_paper(), day=WEDNESDAY)

    assert library.day_page(database, NOW).last == WEDNESDAY


def test_a_list_of_tomorrow_is_not_todays(database, arrive):
    arrive(a_paper())
    arrive(a_paper("2606.00002"), day=date(2026, 6, 29))

    assert library.day_page(database, NOW).last == DAY


def test_the_days_beside_a_day_are_those_that_were_listed(database, arrive):
    for number, day in enumerate((date(2026, 6, 19), WEDNESDAY, DAY), start=1):
        arrive(a_paper(f"2606.0000{number}"), day=day)

    page = library.day_page(database, NOW, WEDNESDAY)

    assert (page.previous, page.next) == (date(2026, 6, 19), DAY)


def test_before_anything_was_read_the_page_is_todays_and_empty(database):
    page = library.day_page(database, NOW)

    assert (page.last, page.listings) == (DAY, ())


def test_a_span_holds_each_paper_once_with_the_most_votes_first(database, arrive):
    arrive(a_paper("2606.00001"), day=THURSDAY, votes=5)
    arrive(a_paper("2606.00001"), a_paper("2606.00002"), votes=90)
    arrive(a_paper("2606.00003"), day=DAY - timedelta(days=7), votes=500)

    assert ids(library.span_page(database, NOW, library.WEEK)) == ["2606.00001", "2606.00002"]
    assert ids(library.span_page(database, NOW, library.MONTH))[0] == "2606.00003"


@pytest.mark.parametrize("pasted", ["2606.00001", "https://arxiv.org/pdf/2606.00001v3"])
def test_a_paper_is_shown_by_its_id_or_link(database, arrive, pasted):
    arrive(a_paper())

    assert library.show(database, pasted).paper == a_paper()


def test_a_paper_shows_its_latest_votes(database, arrive):
    arrive(a_paper(), day=THURSDAY, votes=3)
    arrive(a_paper(), votes=44)

    assert library.by_id(database, "2606.00001").upvotes == 44


@pytest.mark.parametrize(
    ("pasted", "problem"),
    [("9999.99999", library.UnknownPaper), ("nothing", library.NotAPaper), ("", library.NotAPaper)],
)
def test_what_names_no_stored_paper_says_so(database, pasted, problem):
    with pytest.raises(problem, match=r"\w"):
        library.show(database, pasted)
