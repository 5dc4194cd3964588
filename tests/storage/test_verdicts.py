"""What a channel's people decided about its next digest."""

from datetime import timedelta

import pytest

from bot.domain.verdicts import Decision, Verdict
from storage import papers, verdicts
from tests.factories import NOW
from tests.factories import papers as some_papers

MINUTE = timedelta(minutes=1)
ONE, TWO = (each.id for each in some_papers(2))


@pytest.fixture
def stored(database):
    with database.begin() as session:
        papers.save(session, some_papers(2), NOW)
    return database


def test_the_last_word_on_a_paper_counts(stored):
    skipped = Verdict(ONE, Decision.SKIP, "U2", NOW + MINUTE)
    with stored.begin() as session:
        verdicts.give(session, "T1", "C1", Verdict(ONE, Decision.PICK, "U1", NOW, place=1))
        verdicts.give(session, "T1", "C1", skipped)

        assert verdicts.of_channel(session, "T1", "C1", NOW) == [skipped]


def test_verdicts_come_in_the_order_in_which_they_were_given(stored):
    with stored.begin() as session:
        for minutes, paper_id in ((2, ONE), (1, TWO)):
            verdict = Verdict(paper_id, Decision.PICK, "U1", NOW + minutes * MINUTE)
            verdicts.give(session, "T1", "C1", verdict)

        assert [each.paper_id for each in verdicts.of_channel(session, "T1", "C1", NOW)] == [
            TWO,
            ONE,
        ]
        late = verdicts.of_channel(session, "T1", "C1", NOW + 2 * MINUTE)
        assert [each.paper_id for each in late] == [ONE]


def test_another_channel_decides_for_itself(stored):
    with stored.begin() as session:
        verdicts.give(session, "T1", "C1", Verdict(ONE, Decision.SKIP, "U1", NOW))

        assert verdicts.of_channel(session, "T1", "C2", NOW) == []


def test_what_is_taken_back_is_left_to_its_votes(stored):
    with stored.begin() as session:
        verdicts.give(session, "T1", "C1", Verdict(ONE, Decision.SKIP, "U1", NOW))

        assert verdicts.take_back(session, "T1", "C1", ONE)
        assert not verdicts.take_back(session, "T1", "C1", ONE)
        assert verdicts.of_channel(session, "T1", "C1", NOW) == []
