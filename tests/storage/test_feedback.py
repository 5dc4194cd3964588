"""Votes: one a person, the latest counts, nothing is left of one taken back."""

import pytest

from bot.domain.votes import Tally, Vote
from storage import feedback, papers
from tests.factories import NOW, a_paper

PAPER = a_paper()


@pytest.fixture
def stored(database):
    with database.begin() as session:
        papers.save(session, [PAPER], NOW)
    return database


def tally(session) -> Tally | None:
    return feedback.tallies(session, "T1", [PAPER.id]).get(PAPER.id)


def test_a_vote_goes_from_up_to_down_to_none(stored):
    with stored.begin() as session:
        feedback.vote(session, "T1", "U1", PAPER.id, Vote.UP, NOW)
        up = tally(session)
        feedback.vote(session, "T1", "U1", PAPER.id, Vote.DOWN, NOW)
        down = tally(session), feedback.of_person(session, "T1", "U1", PAPER.id)
        feedback.take_back(session, "T1", "U1", PAPER.id)

        assert up == Tally(up=1)
        assert down == (Tally(down=1), Vote.DOWN)
        assert tally(session) is None
        assert feedback.of_person(session, "T1", "U1", PAPER.id) is None


def test_every_person_counts_once(stored):
    with stored.begin() as session:
        for user_id in ("U1", "U2", "U1", "U3"):
            feedback.vote(session, "T1", user_id, PAPER.id, Vote.UP, NOW)
        feedback.vote(session, "T1", "U3", PAPER.id, Vote.DOWN, NOW)

        assert tally(session) == Tally(up=2, down=1)


def test_clicks_at_once_are_one_vote(stored, at_once):
    def vote() -> None:
        with stored.begin() as session:
            feedback.vote(session, "T1", "U1", PAPER.id, Vote.UP, NOW)

    at_once(6, vote)

    with stored.read() as session:
        assert tally(session) == Tally(up=1)
