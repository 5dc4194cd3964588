"""What cites a paper, as it is kept."""

from datetime import timedelta

import pytest

from bot.domain.paper_page import PaperPage
from storage import pages, papers
from storage.pages import Known
from tests.factories import NOW, a_paper

LATER = NOW + timedelta(hours=1)
PAGE = PaperPage(models=3, datasets=None, spaces=1)
ID = a_paper().id


@pytest.fixture
def known(database):
    with database.begin() as session:
        papers.save(session, [a_paper()], NOW)

    def known() -> Known | None:
        with database.read() as session:
            return pages.get(session, ID)

    return known


def test_a_page_nobody_asked_for_is_not_known(known):
    assert known() is None


def test_a_page_is_kept_with_the_time_and_a_later_one_takes_its_place(database, known):
    for page, now in ((PAGE, NOW), (PaperPage(models=5), LATER)):
        with database.begin() as session:
            pages.keep(session, ID, page, now)

        assert known() == Known(page, now, now)


def test_where_it_did_not_answer_what_was_read_before_stays(database, known):
    with database.begin() as session:
        pages.note_silence(session, ID, NOW)
    assert known() == Known(PaperPage(), None, NOW)

    with database.begin() as session:
        pages.keep(session, ID, PAGE, NOW)
        pages.note_silence(session, ID, LATER)
    assert known() == Known(PAGE, NOW, LATER)


def test_two_that_look_at_once_write_one_row(database, known, in_threads):
    def keep() -> None:
        with database.begin() as session:
            pages.keep(session, ID, PAGE, NOW)

    for each in [in_threads(keep) for _ in range(4)]:
        each.result()

    assert known() == Known(PAGE, NOW, NOW)
