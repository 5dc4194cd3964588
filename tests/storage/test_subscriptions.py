"""Subscriptions: what people share, and what goes when the last one goes."""

import pytest
from sqlalchemy import func, select

from bot.domain.subscription import Cadence, Subscription, Wish
from storage import papers as stored_papers
from storage import queries, subscriptions
from storage.models import AtomRow, MatchRow, QueryRow, SubscriptionRow
from tests.factories import NOW, a_paper

MAMBA, RAG = Wish("mamba"), Wish('"retrieval augmented"')


@pytest.fixture
def unfollow(database):
    def unfollow(*which: Subscription, user_id: str = "U1", team_id: str = "T1") -> None:
        with database.begin() as session:
            subscriptions.remove(session, team_id, user_id, [each.id for each in which])

    return unfollow


@pytest.fixture
def rows(database):
    """How many rows these tables hold."""

    def rows(*tables: type) -> list[int]:
        with database.read() as session:
            return [session.scalar(select(func.count()).select_from(each)) for each in tables]

    return rows


@pytest.fixture
def of(database):
    def of(user_id: str = "U1", team_id: str = "T1") -> list[Subscription]:
        with database.read() as session:
            return subscriptions.of_audience(session, team_id, user_id)

    return of


def test_a_subscription_comes_back_as_it_went_in(follow, of):
    stored = follow(Wish("mamba", Cadence.WEEKLY, 8))

    assert of() == [stored]
    assert stored.wish == Wish("mamba", Cadence.WEEKLY, 8)
    assert (stored.team_id, stored.audience, stored.created_at) == ("T1", "U1", NOW)


def test_the_same_wish_again_changes_cadence_and_size_and_keeps_its_place(follow, of):
    first = follow(MAMBA)
    follow(RAG)

    again = follow(Wish("mamba", Cadence.DAILY, 9))

    assert again.id == first.id
    assert [each.wish for each in of()] == [Wish("mamba", Cadence.DAILY, 9), RAG]


def test_people_who_wish_the_same_share_one_query_and_its_atoms(follow, rows):
    follow(RAG, "U1")
    follow(RAG, "U2")
    follow(RAG, "U1", team_id="T2")

    assert rows(SubscriptionRow, QueryRow, AtomRow) == [3, 1, 2]


def test_people_who_wish_the_same_at_once_share_one_query(follow, rows, at_once):
    people = iter(["U1", "U2", "U3", "U4"])

    at_once(4, lambda: follow(RAG, next(people)))

    assert rows(SubscriptionRow, QueryRow, AtomRow) == [4, 1, 2]


def test_the_last_use_that_goes_takes_query_atoms_and_matches_along(
    database, follow, unfollow, rows
):
    mine, other = follow(RAG, "U1"), follow(RAG, "U2")
    with database.begin() as session:
        stored_papers.save(session, [a_paper()], NOW)
        [query_id] = queries.candidates(session, ["retrieval"])
        queries.add_matches(session, {a_paper().id: [query_id]})

    unfollow(mine, user_id="U1")
    assert rows(SubscriptionRow, QueryRow, AtomRow, MatchRow) == [1, 1, 2, 1]

    unfollow(other, user_id="U2")
    assert rows(SubscriptionRow, QueryRow, AtomRow, MatchRow) == [0, 0, 0, 0]


def test_queries_that_others_share_atoms_with_stay(follow, unfollow, database):
    follow(Wish("mamba vision"))
    gone = follow(MAMBA)

    unfollow(gone)

    with database.read() as session:
        assert list(queries.candidates(session, ["mamba"]).values()) == ["mamba vision"]


def test_nobody_removes_what_is_not_theirs(follow, unfollow, rows):
    mine = follow(MAMBA, "U1")

    unfollow(mine, user_id="U2")
    unfollow(mine, team_id="T2")

    assert rows(SubscriptionRow, QueryRow) == [1, 1]


def test_a_query_taken_up_while_its_last_use_goes_is_kept_or_made_again(
    database, follow, rows, in_threads, until_blocked
):
    mine = follow(MAMBA, "U1")

    with database.begin() as session:
        subscriptions.remove(session, "T1", "U1", [mine.id])
        taking_up = in_threads(follow, MAMBA, "U2")
        until_blocked()

    assert taking_up.result().wish == MAMBA
    assert rows(SubscriptionRow, QueryRow, AtomRow) == [1, 1, 1]


def test_only_queries_that_share_an_atom_with_a_paper_are_candidates(follow, database):
    follow(MAMBA)
    follow(RAG)

    with database.read() as session:
        assert list(queries.candidates(session, ["mamba", "net"]).values()) == ["mamba"]
        assert queries.candidates(session, ["vision"]) == {}
        assert queries.candidates(session, []) == {}


def test_a_query_found_by_several_atoms_is_one_candidate(follow, database):
    follow(RAG)

    with database.read() as session:
        assert len(queries.candidates(session, ["augmented", "retrieval"])) == 1


def test_there_is_something_to_match_once_somebody_subscribes(follow, unfollow, database):
    def any_stored() -> bool:
        with database.read() as session:
            return queries.any_stored(session)

    assert not any_stored()
    mine = follow()
    assert any_stored()
    unfollow(mine)
    assert not any_stored()


def test_subscriptions_come_oldest_first(follow, of, unfollow):
    first, second = follow(RAG), follow(MAMBA)
    unfollow(first)
    third = follow(RAG)

    assert of() == [second, third]
