"""What cites a paper: fetched when somebody looks, and not more often than needed."""

from datetime import timedelta

import pytest

from bot.domain.paper_page import Looked, PaperPage
from bot.services import paper_pages
from bot.services.paper_pages import AFTER_SILENCE, FRESH
from storage import listings
from tests.factories import NOW, a_listing, a_paper

MINUTE = timedelta(minutes=1)
ID = a_paper().id
PAGE = PaperPage(models=3, datasets=1, spaces=2)


class Site:
    """Has this page, or none; counts who asks."""

    def __init__(self) -> None:
        self.answer: Looked | None = Looked(a_listing(upvotes=57), PAGE)
        self.asked: list[str] = []

    def __call__(self, paper_id: str) -> Looked | None:
        self.asked.append(paper_id)
        return self.answer


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def look(database, site, arrive):
    """Somebody looks at a stored paper."""
    arrive(a_paper(), votes=10)
    return lambda now=NOW: paper_pages.look(database, ID, site, now)


def test_who_looks_first_has_it_fetched_and_the_next_ones_read_what_was_kept(look, site):
    assert [look(), look(NOW + MINUTE), look(NOW + FRESH - MINUTE)] == [PAGE] * 3
    assert site.asked == [ID]

    site.answer = Looked(a_listing(), PaperPage(models=4))
    assert look(NOW + FRESH) == PaperPage(models=4)


def test_its_votes_are_those_of_the_paper_from_then_on(look, database):
    look()

    with database.read() as session:
        [listing] = listings.of_papers(session, [ID])
    assert listing.upvotes == 57


def test_a_site_that_does_not_answer_is_not_waited_for_by_everybody(look, site):
    site.answer = None

    assert [look(), look(NOW + AFTER_SILENCE - MINUTE)] == [None, None]
    assert site.asked == [ID]
    site.answer = Looked(a_listing(), PAGE)
    assert look(NOW + AFTER_SILENCE) == PAGE


def test_what_was_read_before_is_shown_while_the_site_is_silent(look, site):
    look()
    site.answer = None

    assert look(NOW + FRESH) == PAGE
    assert len(site.asked) == 2


def test_where_nobody_is_asked_what_is_known_is_shown(look, database):
    assert paper_pages.look(database, ID, None, NOW) is None
    look()
    assert paper_pages.look(database, ID, None, NOW + FRESH) == PAGE


def test_of_a_paper_that_is_not_stored_nothing_is_kept(database, site, everything):
    before = everything()

    assert paper_pages.look(database, "2606.77777", site, NOW) == PAGE
    assert everything() == before


def test_no_transaction_is_open_while_the_site_answers(look, database, arrive):
    def fetch(paper_id: str) -> Looked:
        arrive(a_paper("2606.00009"))  # SQLite has one writer
        return Looked(a_listing(), PAGE)

    assert paper_pages.look(database, ID, fetch, NOW) == PAGE
