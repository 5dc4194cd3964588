"""What each channel and person was shown."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.delivery import State
from bot.domain.subscription import Wish
from storage import editions, seen, subscriptions
from storage import papers as stored_papers
from storage.seen import Posted
from tests.factories import NOW, an_edition, claim, mark_sent, owe, papers

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


# -- by which message -----------------------------------------------------------------------------


@pytest.fixture
def show(database):
    """Show a place some papers, by a message that is sent unless its `ts` is None."""

    def show(audience, *paper_ids, ts="1.1", team="T1", kind="digest", minutes=0):
        at = NOW + timedelta(minutes=minutes)
        with database.begin() as session:
            editions.add(
                session, an_edition(team, audience=audience, slot=f"{kind}-{ts}-{minutes}")
            )
            key = f"{team}:{audience}:{kind}:{ts}"
            owed = owe(session, team, kind=kind, audience=audience, dedup_key=key, due_at=at)
            seen.add(session, team, audience, paper_ids, owed, at)
            if ts is not None:
                [claimed] = claim(session, at, teams={team})
                mark_sent(session, claimed, audience, ts)

    return show


def test_a_paper_in_channels_is_found_with_its_messages_the_earliest_first(database, show):
    show("C2", ONE, ts="2.2", minutes=1)
    show("C1", ONE, TWO, ts="1.1")
    show("G1", ONE, ts="3.3", minutes=2)

    with database.read() as session:
        found = seen.in_channels(session, "T1", [ONE, THREE])

    assert found == [Posted(ONE, "C1", "1.1"), Posted(ONE, "C2", "2.2"), Posted(ONE, "G1", "3.3")]


def test_a_channel_that_only_follows_topics_counts_as_well(database):
    with database.begin() as session:
        subscriptions.save(session, "T1", "C7", Wish("nets"), {"nets"}, created_by="U1", now=NOW)
        owed = owe(session, kind="alert", audience="C7", dedup_key="alert:1")
        seen.add(session, "T1", "C7", [ONE], owed, NOW)
        [claimed] = claim(session)
        mark_sent(session, claimed, "C7", "1.1")

        assert seen.in_channels(session, "T1", [ONE]) == [Posted(ONE, "C7", "1.1")]


def test_what_was_not_sent_or_went_to_a_person_is_in_no_channel(database, show):
    show("C1", ONE, ts=None)
    show("U1", ONE, ts="2.2", minutes=3, team="T2", kind="alert")

    with database.read() as session:
        assert seen.in_channels(session, "T1", [ONE]) == []
        assert seen.in_channels(session, "T2", [ONE]) == []


def test_the_message_by_which_a_paper_is_shown_says_what_it_is_and_how_it_stands(database, show):
    show("C1", ONE, ts=None)

    with database.read() as session:
        found = seen.showing(session, "T1", "C1", ONE)

        assert found == seen.Showing("digest", {"edition": 1}, State.PENDING, NOW)
        assert seen.showing(session, "T1", "C1", TWO) is None
        assert seen.showing(session, "T1", "U1", ONE) is None
