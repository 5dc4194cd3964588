"""What people did with a paper, and what they were told of it, when it turns out to be another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.votes import Tally, Vote
from bot.services import alerts, curators, editions, parting, saved, search, votes
from bot.services.parting import NothingToPart
from storage import feedback, library, merged_rows, readings, vectors
from storage.models import Base
from tests.bot.services.merging.conftest import ARXIV, ARXIV_ID, BIORXIV, HF, PREPRINT
from tests.factories import DAY, NOW, a_listing

HOUR = timedelta(hours=1)
# Another title, so that only the DOI tells that it is the same paper.
APART = replace(ARXIV, title="How a few neurons of a mouse tell what it will do")
NAMING = replace(APART, doi=PREPRINT)


@pytest.fixture
def join(arrives):
    """arXiv learns which preprint its paper is."""

    def join(now=NOW + 2 * HOUR) -> None:
        arrives("arxiv", NAMING, now=now)

    return join


@pytest.fixture
def both(arrives):
    """Both are stored, and nobody knows that they are one."""
    arrives("biorxiv", BIORXIV)
    arrives("arxiv", APART)


@pytest.fixture
def build(database):
    def build(now=NOW + HOUR) -> int:
        return alerts.build_due(database, now)

    return build


def shelf(database, user: str = "U1", team: str = "T1") -> list[str]:
    with database.read() as session:
        return [each.paper_id for each in library.page(session, team, user, 0, 9)]


def told(outbox) -> list[list[str]]:
    return [
        [paper for group in row.content["groups"] for paper in (*group["papers"], *group["rest"])]
        for row in outbox()
        if row.kind == "alert"
    ]


def test_who_saved_both_keeps_one_and_who_saved_either_keeps_it(database, both, join):
    for user, paper in (("U1", PREPRINT), ("U1", ARXIV_ID), ("U2", PREPRINT)):
        saved.save(database, "T1", user, paper, NOW)
    saved.save(database, "T2", "U1", PREPRINT, NOW)

    join()

    assert shelf(database) == shelf(database, "U2") == shelf(database, team="T2") == [ARXIV_ID]


def test_the_later_of_a_persons_two_votes_counts(database, both, join):
    votes.vote(database, "T1", "U1", PREPRINT, Vote.DOWN, NOW)
    votes.vote(database, "T1", "U1", ARXIV_ID, Vote.UP, NOW + HOUR)
    votes.vote(database, "T1", "U2", PREPRINT, Vote.UP, NOW)

    join()

    with database.read() as session:
        assert feedback.tallies(session, "T1", [ARXIV_ID]) == {ARXIV_ID: Tally(2, 0)}


def test_a_button_that_carries_the_old_id_goes_on_working(database, both, join):
    saved.save(database, "T1", "U1", PREPRINT, NOW)
    join()

    assert not saved.save(database, "T1", "U1", PREPRINT, NOW).changed
    assert votes.vote(database, "T1", "U1", PREPRINT, Vote.UP, NOW).tally == Tally(1, 0)
    assert saved.unsave(database, "T1", "U1", PREPRINT).count == 0


def test_nobody_who_was_told_of_one_is_told_of_the_other(follow, arrives, build, outbox):
    follow("mice")
    arrives("biorxiv", BIORXIV)
    assert build() == 1

    arrives("arxiv", ARXIV, now=NOW + 2 * HOUR)
    arrives("hf", HF, now=NOW + 3 * HOUR)

    assert build(NOW + 4 * HOUR) == 0
    assert told(outbox) == [[ARXIV_ID]]


def test_what_waits_of_both_is_told_once(follow, both_waiting, join, build, outbox):
    join(NOW + HOUR)

    assert build(NOW + timedelta(days=1)) == 1
    assert told(outbox) == [[ARXIV_ID]]


@pytest.fixture
def both_waiting(follow, arrives):
    follow("mice, mouse daily")
    arrives("biorxiv", BIORXIV)
    arrives("arxiv", APART)


@pytest.mark.parametrize("first", ["biorxiv", "arxiv"])
def test_a_message_that_waits_does_not_show_again_what_was_shown(
    follow, arrives, build, send, outbox, join, first
):
    found = {"biorxiv": BIORXIV, "arxiv": APART}
    follow("mice, mouse")
    arrives(first, found.pop(first))
    build(NOW)
    send(NOW)
    [(second, paper)] = found.items()
    arrives(second, paper, now=NOW + HOUR)
    assert build() == 1
    assert len(told(outbox)) == 2

    join()

    assert told(outbox) == [[ARXIV_ID]]
    assert send(NOW + 3 * HOUR) == 0


def test_one_message_with_both_says_it_once(follow, both_waiting, build, outbox, join):
    build(NOW + timedelta(days=1))
    assert sorted(told(outbox)[0]) == sorted([PREPRINT, ARXIV_ID])

    join(NOW + timedelta(days=1))

    assert told(outbox) == [[ARXIV_ID]]


def test_a_pick_of_a_curator_and_what_a_channel_saw_follow(database, both, join, now):
    curators.pick(database, "T1", "C1", PREPRINT, by="U1", now=NOW)
    join()

    preview = curators.preview(database, "T1", "C1", NOW + 3 * HOUR)
    assert [(each.paper_id, each.picked_by) for each in preview.edition.picks] == [(ARXIV_ID, "U1")]

    editions.post_now(database, "T1", "C1", NOW + 3 * HOUR)
    with pytest.raises(curators.SeenHere):
        curators.skip(database, "T1", "C1", PREPRINT, by="U1", now=NOW + 4 * HOUR)


def test_a_digest_that_waits_shows_the_paper_by_its_new_id_and_with_its_reason(
    database, arrives, send, workspace
):
    arrives("biorxiv", BIORXIV)
    curators.pick(database, "T1", "C1", PREPRINT, by="U1", now=NOW)
    editions.post_now(database, "T1", "C1", NOW)

    arrives("arxiv", ARXIV, now=NOW + HOUR)
    send(NOW + HOUR)

    shown = [each.message for each in workspace.posted if "for" in each.message.text]
    assert any("picked by" in str(each.blocks) and ARXIV.title in each.text for each in shown)


def test_the_votes_of_each_day_follow(database, both, join):
    with database.begin() as session:
        readings.note(session, [a_listing(BIORXIV, source="biorxiv", upvotes=7)], NOW)

    join()

    with database.read() as session:
        assert readings.by_day(session, DAY, DAY) == {ARXIV_ID: [(DAY, 7)]}


def test_of_each_table_that_speaks_of_papers_it_is_said_whether_its_rows_follow():
    speak = {name for name, each in Base.metadata.tables.items() if "paper_id" in each.c}
    stay = {"aliases", "versions", "new_versions", "told_versions", "vectors", "pages"}

    assert speak == {*merged_rows.FOLLOWING, "seen", *stay}


def test_search_finds_it_once_and_by_what_it_says_now(database, index, both, join):
    search.follow(database, index)
    assert search.search(database, index, "neurons mice").total == 2

    join()
    search.follow(database, index)

    found = search.search(database, index, "neurons mice")
    assert [each.listing.paper.id for each in found.hits] == [ARXIV_ID]
    assert found.total == 1


def test_its_vector_is_made_anew(database, both, join):
    with database.begin() as session:
        for number, paper in vectors.unread(session, "mini", 9):
            vectors.save(session, "mini", {paper.id: (number, b"\x00\x3c")})
    join()

    with database.read() as session:
        assert [paper.id for _, paper in vectors.unread(session, "mini", 9)] == [ARXIV_ID]


def test_a_subscriber_between_the_two_still_hears_of_the_later(
    follow, arrives, build, outbox, join
):
    arrives("biorxiv", BIORXIV)
    follow("mice, mouse", "U2")
    arrives("arxiv", APART, now=NOW + HOUR)

    join()

    assert build(NOW + 3 * HOUR) == 1
    assert told(outbox) == [[ARXIV_ID]]


# -- undone ---------------------------------------------------------------------------------------


def test_parted_papers_have_their_people_messages_and_words_back(
    database, follow, both, build, outbox, join, stored, sources, everything
):
    follow("mice daily")
    saved.save(database, "T1", "U1", PREPRINT, NOW)
    saved.save(database, "T1", "U2", ARXIV_ID, NOW)
    votes.vote(database, "T1", "U1", PREPRINT, Vote.DOWN, NOW)
    votes.vote(database, "T1", "U1", ARXIV_ID, Vote.UP, NOW + HOUR)
    curators.pick(database, "T1", "C1", PREPRINT, by="U1", now=NOW)
    before, papers_before = everything(), stored()
    join()

    [merge] = parting.every(database, 9)
    parting.part(database, merge.id, NOW + 3 * HOUR)

    assert [replace(each, doi="") for each in stored()] == papers_before
    after = everything()
    same = ("saved", "feedback", "verdicts", "matches", "seen", "aliases", "subscriptions")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert sources(PREPRINT) == {"biorxiv"}
    with pytest.raises(NothingToPart):
        parting.part(database, merge.id, NOW + 3 * HOUR)


def test_a_parted_pair_is_not_joined_by_the_same_rule_again(database, both, join, stored):
    join()
    [merge] = parting.every(database, 9)
    parting.part(database, merge.id, NOW)

    join()
    assert len(stored()) == 2


def test_but_another_rule_may_still_join_it(database, arrives, stored, merges):
    arrives("biorxiv", BIORXIV)
    arrives("arxiv", ARXIV)
    [by_title] = merges()
    parting.part(database, by_title.id, NOW)
    arrives("arxiv", ARXIV)
    arrives("biorxiv", BIORXIV)
    assert len(stored()) == 2

    arrives("arxiv", replace(ARXIV, doi=PREPRINT))
    assert len(stored()) == 1


def test_a_paper_that_a_wrong_merge_held_back_is_told_when_it_is_parted(
    database, follow, arrives, build, outbox, merges
):
    arrives("arxiv", ARXIV)
    follow("mice")
    arrives("biorxiv", BIORXIV)
    assert build() == 0

    [merge] = merges()
    parting.part(database, merge.id, NOW + 2 * HOUR)

    assert build(NOW + 2 * HOUR) == 1
    assert told(outbox) == [[PREPRINT]]


def test_what_somebody_took_back_meanwhile_does_not_come_back(database, both, join):
    saved.save(database, "T1", "U1", PREPRINT, NOW)
    join()
    saved.unsave(database, "T1", "U1", ARXIV_ID)

    [merge] = parting.every(database, 9)
    parting.part(database, merge.id, NOW)

    assert shelf(database) == []


def test_what_was_learnt_meanwhile_stays_with_the_one_that_was_kept(
    database, arrives, both, join, stored
):
    join()
    arrives("hf", replace(HF, title=APART.title))

    [merge] = parting.every(database, 9)
    parting.part(database, merge.id, NOW)

    preprint, paper = stored()
    assert (preprint.tldr, preprint.organization) == ("", "A lab")
    assert (paper.tldr, paper.organization) == (HF.tldr, "")
