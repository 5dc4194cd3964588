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
                SourceRead("arxiv", DAY, None, "arXiv did not answer", ("cs.AI",)),
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


def test_the_last_of_a_slot_leaves_others_out_but_not_a_redated_one(session):
    daily = an_edition()
    editions.add(session, daily)
    editions.add(session, an_edition(slot="now-1", made_at=NOW + timedelta(minutes=1)))
    assert editions.last(session, "T1", "C1", DAILY) == daily

    editions.add(session, an_edition(local_date=NEXT_DAY, made_at=NOW + timedelta(days=1)))
    editions.redate(session, editions.last(session, "T1", "C1", DAILY), DAILY, DAY)

    found = editions.last(session, "T1", "C1", DAILY)
    assert (found.local_date, found.slot) == (DAY, f"daily of {NEXT_DAY}")


def test_an_edition_that_is_redated_leaves_its_date_free(session):
    editions.add(session, an_edition())
    editions.add(session, an_edition("T2"))
    editions.redate(session, an_edition(), DAILY, NEXT_DAY)

    assert not editions.exists(session, "T1", "C1", DAY, DAILY)
    assert editions.exists(session, "T1", "C1", NEXT_DAY, DAILY)
    assert editions.exists(session, "T2", "C1", DAY, DAILY)


def test_one_that_belongs_where_it_is_stays_as_it_is(session):
    editions.add(session, an_edition())
    editions.redate(session, an_edition(), DAILY, DAY)

    assert editions.exists(session, "T1", "C1", DAY, DAILY)


def test_what_an_edition_makes_up_for_is_kept(session):
    late = an_edition(covers_from=DAY - timedelta(days=4))

    assert editions.get(session, "T1", editions.add(session, late)) == late
