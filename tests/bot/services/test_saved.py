"""Saved papers: kept once, listed, taken away by number or id, put back where they stood."""

from datetime import timedelta

import pytest

from bot.services import saved
from bot.services.library import UnknownPaper
from tests.factories import NOW, a_paper, papers

MINUTE = timedelta(minutes=1)
PAPERS = papers(7)
IDS = [each.id for each in PAPERS]


@pytest.fixture
def stored(database, arrive):
    arrive(*PAPERS)
    return database


@pytest.fixture
def keep(stored):
    """Save these one after the other."""

    def keep(*paper_ids: str, user: str = "U1") -> None:
        for minutes, paper_id in enumerate(paper_ids):
            saved.save(stored, "T1", user, paper_id, NOW + minutes * MINUTE)

    return keep


def shown(shelf: saved.Shelf) -> list[str]:
    return [each.paper.id for each in shelf.listings]


def test_saving_twice_says_so_and_keeps_one(stored):
    first = saved.save(stored, "T1", "U1", IDS[0], NOW)
    again = saved.save(stored, "T1", "U1", IDS[0], NOW + MINUTE)

    assert (first.changed, first.count) == (True, 1)
    assert (again.changed, again.count) == (False, 1)


@pytest.mark.parametrize(
    "said", ["2606.00001", "https://arxiv.org/abs/2606.00001v2", "see arxiv.org/pdf/2606.00001"]
)
def test_a_pasted_id_or_link_is_saved(stored, said):
    assert saved.save_said(stored, "T1", "U1", said, NOW).listing.paper.id == IDS[0]


def test_a_paper_without_an_arxiv_id_goes_by_its_own(database, arrive):
    arrive(a_paper("10.5555/small-nets"))

    assert saved.save_said(database, "T1", "U1", "10.5555/small-nets", NOW).changed


def test_what_is_no_id_or_not_stored_is_refused(stored):
    with pytest.raises(saved.SaveWhat):
        saved.save_said(stored, "T1", "U1", "that one", NOW)
    with pytest.raises(UnknownPaper):
        saved.save_said(stored, "T1", "U1", "2606.99999", NOW)


def test_the_list_has_pages_of_five_with_the_latest_first(stored, keep):
    keep(*IDS)

    first, second = saved.page(stored, "T1", "U1"), saved.page(stored, "T1", "U1", 5)

    assert (shown(first), first.count) == (IDS[:1:-1], 7)
    assert (shown(second), second.start) == (IDS[1::-1], 5)


def test_a_page_that_is_not_there_any_more_is_the_first(stored, keep):
    keep(*IDS[:3])

    assert saved.page(stored, "T1", "U1", 5).start == 0


def test_a_number_of_the_list_is_taken_away(stored, keep):
    keep(*IDS[:3])

    gone = saved.unsave_said(stored, "T1", "U1", " 2 ")

    assert gone.listing.paper.id == IDS[1]
    assert shown(saved.page(stored, "T1", "U1")) == [IDS[2], IDS[0]]


@pytest.mark.parametrize("said", ["0", "4", "99999999999999999999", "the second"])
def test_what_names_nothing_of_the_list_is_refused(stored, keep, said):
    keep(*IDS[:3])

    with pytest.raises(saved.UnsaveWhat):
        saved.unsave_said(stored, "T1", "U1", said)


def test_what_was_not_saved_cannot_be_taken_away(stored):
    with pytest.raises(saved.NotSaved):
        saved.unsave_said(stored, "T1", "U1", IDS[0])


def test_what_is_restored_stands_where_it_stood(stored, keep):
    keep(*IDS[:3])
    gone = saved.unsave(stored, "T1", "U1", IDS[1])

    saved.restore(stored, "T1", "U1", IDS[1], gone.since)

    assert shown(saved.page(stored, "T1", "U1")) == IDS[2::-1]


def test_two_people_who_save_at_once_both_keep_it(stored, at_once):
    people = iter(("U1", "U2"))

    at_once(2, lambda: saved.save(stored, "T1", next(people), IDS[0], NOW))

    assert [saved.page(stored, "T1", user).count for user in ("U1", "U2")] == [1, 1]
