"""How far announcements were read, what is owed of them, and how feeds are asked."""

from datetime import date, timedelta

import pytest

from bot.domain.announcements import Standing
from storage import announcements
from tests.factories import DAY, NOW

HOUR = timedelta(hours=1)
SD = Standing("cs.SD", DAY, "2606.20001", 40.5)


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session


def test_a_standing_comes_back_as_it_went_in_and_is_replaced_by_the_next(session):
    announcements.save(session, SD, NOW)
    assert announcements.standings(session, ["cs.SD"]) == [SD]

    late = Standing("cs.SD", DAY, "2606.20009", 41.0, is_late=True)
    announcements.save(session, late, NOW)
    assert announcements.standings(session, ["cs.SD"]) == [late]


def test_of_a_category_that_was_never_read_nothing_is_known(session):
    announcements.save(session, SD, NOW)

    assert announcements.standings(session, ["cs.HC", "cs.SD"]) == [Standing("cs.HC"), SD]


def test_those_that_were_read_lately_are_listed_by_name(session):
    assert announcements.followed(session, HOUR) == []

    announcements.save(session, SD, NOW - 2 * HOUR)
    for hours, name in enumerate(("cs.LG", "cs.AI")):
        announcements.save(session, Standing(name), NOW - hours * HOUR)

    assert announcements.followed(session, HOUR) == [Standing("cs.AI"), Standing("cs.LG")]


def test_a_feed_was_read_when_it_was_read_for_each_of_its_categories(session):
    announcements.save(session, SD, NOW)
    assert announcements.last_read(session, ["cs.SD", "cs.HC"]) is None

    announcements.save(session, Standing("cs.HC"), NOW + HOUR)
    assert announcements.last_read(session, ["cs.SD", "cs.HC"]) == NOW


def test_what_another_way_of_reading_brings_is_no_read_of_the_feed(session):
    announcements.save(session, SD, NOW)
    announcements.save(session, SD)

    assert announcements.last_read(session, ["cs.SD"]) == NOW


def test_what_is_owed_is_owed_once_until_it_is_filled(session):
    for _ in range(2):
        announcements.owe(session, DAY, "cs.SD")
    announcements.owe(session, DAY, "cs.HC")
    announcements.owe(session, date(2026, 6, 25), "cs.SD")
    announcements.filled(session, DAY, ["cs.HC"])

    assert announcements.owed(session, NOW, date(2026, 6, 1)) == {
        date(2026, 6, 25): ["cs.SD"],
        DAY: ["cs.SD"],
    }
    assert announcements.owed(session, NOW, DAY) == {DAY: ["cs.SD"]}


def test_what_was_asked_for_lately_is_not_owed_again_at_once(session):
    announcements.owe(session, DAY, "cs.SD")
    announcements.asked(session, DAY, ["cs.SD"], NOW)

    assert announcements.owed(session, NOW - HOUR, DAY) == {}
    assert announcements.owed(session, NOW, DAY) == {DAY: ["cs.SD"]}


def test_validators_are_those_of_the_last_answer(session):
    assert announcements.validators(session, "arxiv:cs.SD") == {}

    for tag in ('"1"', '"2"'):
        announcements.keep_validators(session, "arxiv:cs.SD", {"If-None-Match": tag})

    assert announcements.validators(session, "arxiv:cs.SD") == {"If-None-Match": '"2"'}
