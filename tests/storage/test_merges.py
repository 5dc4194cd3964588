"""Two stored papers become one: what others do at the same time, and who is looked up by what."""

from dataclasses import replace

import pytest

from bot.domain.identity import Rule
from storage import (
    aliases,
    library,
    listings,
    merges,
    papers,
    queries,
    recording,
    seen,
    subscriptions,
)
from storage.merges import CannotPart, Same
from tests.factories import NOW, a_batch, a_paper

GONE, KEPT = "10.1234/one", "2606.00001"
SAME = Same(GONE, KEPT, Rule.DOI)


@pytest.fixture
def join(database):
    def join(same: Same = SAME) -> None:
        with database.begin() as session:
            papers.hold_revision(session)
            merges.join(session, same, NOW)

    return join


@pytest.fixture
def both(database) -> None:
    with database.begin() as session:
        for paper_id in (GONE, KEPT):
            papers.save(session, [a_paper(paper_id)], NOW)
            recording.record(session, a_batch(a_paper(paper_id)), NOW)


@pytest.mark.usefixtures("both")
def test_an_alert_that_is_being_made_is_waited_for_and_what_it_shows_follows(
    database, follow, join, in_threads, until_blocked
):
    mine = follow()
    with database.begin() as session:
        queries.add_matches(session, {GONE: queries.candidates(session, ["mamba"])})
        subscriptions.plan(session, {mine.id: NOW})

    with database.begin() as session:
        assert subscriptions.claim_due(session, NOW) == [mine]
        seen.add(session, "T1", "U1", [GONE], "d1", NOW)
        joining = in_threads(join)
        until_blocked()
    joining.result()

    with database.read() as session:
        assert seen.among(session, "T1", "U1", [GONE, KEPT]) == {KEPT}


@pytest.mark.usefixtures("both")
def test_either_id_names_the_paper_and_lists_it_once(database, join):
    join()

    with database.read() as session:
        assert [each.paper.id for each in listings.of_papers(session, [GONE, KEPT])] == [KEPT]
        assert set(listings.named(session, [GONE, KEPT])) == {GONE, KEPT}
        assert papers.count(session) == 1


@pytest.mark.usefixtures("both")
def test_ids_of_what_becomes_one_again_follow_and_go_back(database, join):
    third = "2606.00009"
    with database.begin() as session:
        papers.save(session, [a_paper("10.1234/three")], NOW)
    join(Same("10.1234/three", GONE, Rule.DOI))
    with database.begin() as session:
        papers.save(session, [a_paper(third)], NOW)
    join(Same(GONE, third, Rule.TITLE, 97.0))

    with database.read() as session:
        assert aliases.behind(session, [third]) == {third: ["10.1234/one", "10.1234/three"]}
        latest, first = merges.every(session, 9)
    with database.begin() as session:
        papers.hold_revision(session)
        merges.part(session, latest.id, NOW)
    with database.begin() as session:
        assert aliases.behind(session, [GONE, third]) == {GONE: ["10.1234/three"]}
        with pytest.raises(CannotPart):
            merges.part(session, latest.id, NOW)
        merges.part(session, first.id, NOW)
        assert papers.count(session) == 4


@pytest.mark.usefixtures("both")
def test_rows_of_one_workspace_stay_in_it(database, join):
    with database.begin() as session:
        library.save(session, "T1", "U1", GONE, NOW)
        library.save(session, "T2", "U1", KEPT, NOW)

    join()

    with database.read() as session:
        savers = [library.savers(session, team, [KEPT, GONE]) for team in ("T1", "T2", "T3")]
    assert savers == [{KEPT: ["U1"]}, {KEPT: ["U1"]}, {}]


def test_a_paper_that_arrives_takes_the_place_of_a_stored_one_and_what_that_had(database):
    with database.begin() as session:
        papers.save(session, [a_paper(GONE, organization="A lab", version=4)], NOW)
        arriving = replace(a_paper(KEPT, "Its title"), abstract="")
        merges.join(session, SAME, NOW, arriving)

        [paper] = papers.by_ids(session, [KEPT, GONE])
    assert (paper.id, paper.title, paper.organization, paper.version) == (
        *(KEPT, "Its title", "A lab"),
        0,
    )
    assert paper.abstract == a_paper().abstract
