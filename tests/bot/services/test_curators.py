"""People put papers into the next digest of their channel, take them out, and move them."""

from datetime import timedelta

import pytest

from bot.services import curators, editions
from bot.services.library import UnknownPaper
from tests.factories import NOW, a_paper, papers

MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)
TOPICS = ("Robots", "Proteins", "Codes", "Weather", "Music", "Law", "Maps")
PAPERS = [paper for n, topic in enumerate(TOPICS) for paper in papers(1, n + 1, topic)]
IDS = [each.id for each in PAPERS]  # the first has the most votes


@pytest.fixture
def stored(database, arrive, switch_on):
    switch_on()
    arrive(*PAPERS)
    return database


@pytest.fixture
def decide(stored):
    def decide(what, paper_id: str, by: str = "U1", now=NOW) -> curators.Decided:
        return what(stored, "T1", "C1", paper_id, by=by, now=now)

    return decide


@pytest.fixture
def shown(stored):
    """The papers of the next digest of a channel."""

    def shown(channel_id: str = "C1") -> list[str]:
        found = curators.preview(stored, "T1", channel_id, NOW)
        return [each.paper.id for each in found.listings]

    return shown


@pytest.fixture
def announced(outbox):
    """Who did what to which paper, as the channel is told."""

    def announced() -> list[tuple[str, str, str]]:
        return sorted(
            (row.content["by"], row.content["did"], row.content["paper"])
            for row in outbox()
            if row.kind == curators.ANNOUNCED
        )

    return announced


def test_a_pick_comes_whatever_its_votes_and_names_who_wanted_it(stored, decide, shown):
    decide(curators.pick, IDS[6])

    found = curators.preview(stored, "T1", "C1", NOW)
    assert found.listings[0].paper.id == IDS[6]
    assert found.edition.picks[0].picked_by == "U1"


def test_a_skipped_paper_makes_room_for_the_next(decide, shown):
    before = shown()
    decide(curators.skip, before[0])

    after = shown()
    assert len(after) == len(before)
    assert before[0] not in after


def test_the_edition_is_what_the_preview_showed(stored, decide, shown, last):
    decide(curators.pick, IDS[6])
    decide(curators.skip, IDS[0])
    previewed = shown()

    editions.make_due(stored, NOW)

    assert [each.paper_id for each in last().picks] == previewed


def test_posting_what_is_previewed_posts_exactly_that(stored, decide, shown, last):
    decide(curators.pick, IDS[6])
    decide(curators.move_up, shown()[2])
    previewed = shown()

    editions.post_now(stored, "T1", "C1", NOW, as_previewed=True)

    assert [each.paper_id for each in last().picks] == previewed


def test_a_decision_holds_in_its_own_channel_alone(decide, shown):
    before = shown("C2")
    decide(curators.skip, before[0])

    assert shown("C2") == before


def test_the_channel_is_told_who_decided_what_and_once(decide, announced):
    decide(curators.pick, IDS[6])
    decide(curators.pick, IDS[6], by="U2")
    decide(curators.skip, IDS[0], by="U2")

    assert announced() == [("U1", "pick", IDS[6]), ("U2", "skip", IDS[0])]


def test_a_second_word_on_a_paper_stands(decide, shown, announced):
    decide(curators.pick, IDS[6])
    done = decide(curators.skip, IDS[6], by="U2")

    assert done.before.by == "U1"
    assert IDS[6] not in shown()
    assert len(announced()) == 2


def test_undo_puts_back_what_stood_before(stored, decide, shown, announced):
    decide(curators.pick, IDS[6])
    done = decide(curators.skip, IDS[6], by="U2")

    for _ in range(2):  # pressed twice
        curators.put_back(stored, "T1", "C1", IDS[6], done.before, by="U2", now=NOW)

    assert shown()[0] == IDS[6]
    assert len(announced()) == 3


def test_moving_up_takes_one_place_and_no_more(decide, shown):
    one, two, three, *rest = shown()
    decide(curators.move_up, three)
    first = shown()
    decide(curators.move_up, three, now=NOW + MINUTE)

    assert first == [one, three, two, *rest]
    assert shown() == [three, one, two, *rest]


def test_a_move_is_undone_and_nobody_is_told_of_either(stored, decide, shown, announced):
    before = shown()
    done = decide(curators.move_up, before[2])
    curators.put_back(stored, "T1", "C1", before[2], done.before, by="U1", now=NOW)

    assert shown() == before
    assert announced() == []


def test_the_first_cannot_go_up_and_a_paper_that_is_not_there_cannot_either(decide, shown):
    before = shown()
    decide(curators.move_up, before[0])
    decide(curators.move_up, IDS[6])

    assert shown() == before


def test_a_paper_that_the_channel_has_seen_is_refused(stored, decide):
    editions.make_due(stored, NOW)

    for what in (curators.pick, curators.skip):
        with pytest.raises(curators.SeenHere):
            decide(what, IDS[0])


def test_what_is_no_paper_is_refused(decide):
    with pytest.raises(curators.WhichOne):
        decide(curators.pick, "the good one")
    with pytest.raises(UnknownPaper):
        decide(curators.pick, "2606.99999")


def test_a_paper_without_an_arxiv_id_goes_by_its_own(database, arrive, decide, shown):
    arrive(a_paper("10.5555/small-nets", "Bees"))
    decide(curators.pick, "10.5555/small-nets")

    assert shown()[0] == "10.5555/small-nets"


def test_what_was_skipped_stands_below_the_preview_with_who_did_it(stored, decide):
    decide(curators.skip, IDS[0], by="U2")

    [(listing, by)] = curators.preview(stored, "T1", "C1", NOW).skipped

    assert (listing.paper.id, by) == (IDS[0], "U2")


def test_a_channel_without_a_digest_has_a_preview_too(stored):
    found = curators.preview(stored, "T1", "C9", NOW)

    assert found.digest is None
    assert found.listings


def test_of_two_who_pick_at_once_one_is_named(stored, at_once, announced):
    people = iter(("U1", "U2"))

    at_once(2, lambda: curators.pick(stored, "T1", "C1", IDS[6], by=next(people), now=NOW))

    assert len(announced()) == 1
