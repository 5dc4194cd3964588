"""Lists of days, and one paper by its id."""

from datetime import date

import pytest

from bot.services import library
from tests.factories import a_paper

THURSDAY = date(2026, 6, 25)


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
