"""What each channel and person was shown."""

import pytest
from sqlalchemy.exc import IntegrityError

from storage import papers as stored_papers
from storage import seen
from tests.factories import NOW, papers

ONE, TWO, THREE = (paper.id for paper in papers(3))


@pytest.fixture(autouse=True)
def _stored(database):
    with database.begin() as session:
        stored_papers.save(session, papers(3), NOW)


def test_what_was_shown_is_known_and_nothing_else(database):
    with database.begin() as session:
        seen.add(session, "T1", "C1", [ONE, TWO], "d1", NOW)

        assert seen.among(session, "T1", "C1", [TWO, THREE]) == {TWO}
        assert seen.among(session, "T1", "C1", []) == set()


def test_each_channel_and_person_has_a_memory_of_its_own(database):
    with database.begin() as session:
        seen.add(session, "T1", "C1", [ONE], "d1", NOW)
        seen.add(session, "T1", "U1", [TWO], "d2", NOW)

        assert seen.among(session, "T1", "C1", [ONE, TWO]) == {ONE}
        assert seen.among(session, "T1", "U1", [ONE, TWO]) == {TWO}
        assert seen.among(session, "T1", "C2", [ONE, TWO]) == set()


def test_a_second_delivery_of_the_same_paper_to_the_same_place_fails(database):
    with database.begin() as session:
        seen.add(session, "T1", "C1", [ONE], "d1", NOW)

    with pytest.raises(IntegrityError), database.begin() as session:
        seen.add(session, "T1", "C1", [TWO, ONE], "d2", NOW)

    with database.read() as session:
        assert seen.among(session, "T1", "C1", [ONE, TWO]) == {ONE}
