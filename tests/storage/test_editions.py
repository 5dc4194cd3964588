"""Editions: one for each date and slot of a channel."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.digest import DAILY, Pick, Receipt, SourceRead
from storage import editions
from tests.factories import DAY, NOW, an_edition

NEXT_DAY = DAY + timedelta(days=3)


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session


def test_an_edition_comes_back_with_its_reasons_and_its_receipt(session):
    edition = an_edition(
        picks=(Pick("2606.00002", "41 votes"), Pick("2606.00001", "no votes yet")),
        receipt=Receipt(
            candidates=12,
            reads=(
                SourceRead("hf", DAY, datetime(2026, 6, 26, 6, 50, tzinfo=UTC), None),
                SourceRead("arxiv", DAY, None, "arXiv did not answer"),
            ),
        ),
    )

    number = editions.add(session, edition)

    assert editions.get(session, "T1", number) == edition


def test_a_second_edition_for_the_same_date_and_slot_fails(database):
    with database.begin() as session:
        editions.add(session, an_edition())

    with pytest.raises(IntegrityError), database.begin() as session:
        editions.add(session, an_edition(made_at=NOW + timedelta(hours=1)))


@pytest.mark.parametrize(
    "other",
    [{"team_id": "T2"}, {"audience": "C2"}, {"local_date": NEXT_DAY}, {"slot": "again"}],
    ids=lambda other: next(iter(other)),
)
def test_anything_else_about_an_edition_makes_it_another_one(session, other):
    editions.add(session, an_edition())

    assert editions.add(session, an_edition(**other)) > 0


def test_an_edition_that_was_made_is_known_by_its_date_and_slot(session):
    editions.add(session, an_edition())

    assert editions.exists(session, "T1", "C1", DAY, DAILY)
    assert not editions.exists(session, "T1", "C1", DAY, "again")
    assert not editions.exists(session, "T1", "C1", NEXT_DAY, DAILY)


def test_editions_of_a_date_are_counted_over_all_slots(session):
    editions.add(session, an_edition())
    editions.add(session, an_edition(slot="again"))
    editions.add(session, an_edition(local_date=NEXT_DAY))

    assert editions.count_on(session, "T1", "C1", DAY) == 2


def test_the_last_edition_is_the_one_made_last(session):
    assert editions.last(session, "T1", "C1") is None

    editions.add(session, an_edition(local_date=NEXT_DAY))
    latest = an_edition(slot="again", made_at=NOW + timedelta(minutes=1))
    editions.add(session, latest)

    assert editions.last(session, "T1", "C1") == latest


def test_a_number_that_no_edition_has_is_unknown(session):
    with pytest.raises(KeyError):
        editions.get(session, "T1", 404)
