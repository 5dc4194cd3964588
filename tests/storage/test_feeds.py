"""How far each feed was read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.feeds import Standing
from storage import feeds, listings, papers, recording
from tests.factories import DAY, NOW, a_batch, a_listing, a_paper

READ = Standing(
    source="lab.example.org",
    address="digest",
    title="Harbour Lab",
    entries=7,
    newest=NOW - timedelta(days=1),
    pause=timedelta(days=3),
    late="empty",
    failures=2,
    read_at=NOW,
    answered_at=NOW,
    due_at=NOW + timedelta(hours=1),
    validators={"If-None-Match": '"7"'},
)


def test_what_is_kept_of_a_feed_is_what_is_found_again(database):
    with database.begin() as session:
        feeds.save(session, replace(READ, title="Old", failures=0))
        feeds.save(session, READ)

    with database.read() as session:
        assert feeds.standing(session, "lab.example.org") == READ
        assert feeds.standing(session, "lab.example.org", "digest") == READ


def test_of_a_feed_at_another_address_nothing_is_known(database):
    with database.begin() as session:
        feeds.save(session, READ)

    with database.read() as session:
        found = feeds.standing(session, "lab.example.org", "another")
    assert found == Standing("lab.example.org", "another")
    assert found.is_new


def test_feeds_are_followed_for_as_long_as_they_are_named(database):
    with database.begin() as session:
        feeds.save(session, READ)
        feeds.save(session, replace(READ, source="other.example.org"))
        feeds.follow(session, ["other.example.org"])
    with database.read() as session:
        assert [each.source for each in feeds.followed(session)] == ["other.example.org"]
        assert feeds.abandoned(session) == {"lab.example.org"}

    with database.begin() as session:
        feeds.follow(session, ["lab.example.org", "other.example.org"])
    with database.read() as session:
        assert len(feeds.followed(session)) == 2
        assert feeds.abandoned(session) == set()


def test_a_listing_says_what_its_feed_calls_itself(database, now):
    listed = a_listing(source="lab.example.org", upvotes=0)
    with database.begin() as session:
        feeds.save(session, READ)
        papers.save(session, [listed.paper], now)
        recording.record(session, replace(a_batch(), source=listed.source, listings=(listed,)), now)

    with database.read() as session:
        [found] = listings.of_papers(session, [listed.paper.id])
    assert found.source_title == "Harbour Lab"


@pytest.mark.parametrize("later", [DAY, DAY + timedelta(days=3)])
def test_a_feed_that_lists_a_paper_as_well_takes_none_of_its_votes(database, now, later):
    listed = a_listing(source="lab.example.org", upvotes=0, day=later)
    with database.begin() as session:
        papers.save(session, [listed.paper], now)
        recording.record(session, a_batch(listed.paper, votes=57), now)
        recording.record(session, replace(a_batch(), source=listed.source, listings=(listed,)), now)

    with database.read() as session:
        [found] = listings.of_papers(session, [listed.paper.id])
        [headline] = listings.headlines(session, [listed.paper.id])
    assert (found.source, found.upvotes) == ("hf", 57)
    assert headline.upvotes == 57


def test_a_feeds_paper_makes_no_new_day_where_others_have_lists(database, now):
    listed = a_listing(source="lab.example.org", day=DAY + timedelta(days=3))
    with database.begin() as session:
        feeds.save(session, READ)
        papers.save(session, [listed.paper], now)
        recording.record(session, replace(a_batch(), source=listed.source, listings=(listed,)), now)
        alone = listings.latest_day(session, DAY + timedelta(days=9))
        recording.record(session, a_batch(listed.paper), now)
        beside = listings.latest_day(session, DAY + timedelta(days=9))

    assert (alone, beside) == (DAY + timedelta(days=3), DAY)


def test_a_paper_is_found_by_its_page_and_nothing_by_what_is_none(database, now):
    page = "https://lab.example.org/tides"
    with database.begin() as session:
        papers.save(session, [a_paper("feed:1", link=page), a_paper("2606.00001")], now)

    with database.read() as session:
        assert papers.linked(session, page) == "feed:1"
        assert papers.linked(session, "https://lab.example.org/other") is None
        assert papers.linked(session, "") is None
    assert a_paper("feed:1", link=page).url == page
    assert a_paper("10.1/x", link=page).url == "https://doi.org/10.1/x"


def test_the_longest_link_fits_the_index(database, now):
    page = "https://lab.example.org/" + "a7" * 980

    with database.begin() as session:
        papers.save(session, [a_paper("feed:1", link=page)], now)
    with database.read() as session:
        assert papers.linked(session, page) == "feed:1"


def test_a_page_is_looked_up_by_an_index(database):
    asked: list[tuple[str, Any]] = []
    with database.begin() as session:
        connection = session.connection()
        event.listen(
            connection, "before_cursor_execute", lambda *said: asked.append((said[2], said[3]))
        )
        papers.linked(session, "https://lab.example.org/tides")
        [(statement, parameters)] = asked
        if not database.is_sqlite:
            session.execute(text("SET LOCAL enable_seqscan = off"))  # the table is empty
        explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        plan = connection.exec_driver_sql(explain + statement, parameters).all()

    assert "ix_papers_link" in str(plan)
