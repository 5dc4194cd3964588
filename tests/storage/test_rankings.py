"""Lists beside those of days: votes come from them, papers too, and no news."""

from datetime import date, timedelta

import pytest

from bot.domain.paper import OF_MONTH, OF_WEEK, TRENDING, Batch, Fetch
from storage import fetches, listings, papers, rankings, recording
from tests.factories import DAY, NOW, a_batch, a_listing, a_paper
from tests.factories import papers as some_papers

THURSDAY, MONDAY = date(2026, 6, 25), date(2026, 6, 22)
LATER = NOW + timedelta(hours=4)


@pytest.fixture
def listed(database):
    """A day's list comes in."""

    def listed(*found, now=NOW, **fields):
        with database.begin() as session:
            papers.save(session, found, now)
            recording.record(session, a_batch(*found, **fields), now)

    return listed


@pytest.fixture
def ranked(database):
    """A list beside it comes in: these listings, in this order."""

    def ranked(source: str, *found, now=NOW) -> Fetch:
        with database.begin() as session:
            papers.save(session, (each.paper for each in found), now)
            return rankings.record(session, Batch(source, now.date(), found), now)

    return ranked


@pytest.fixture
def ask(database):
    """A question of storage, in a session of its own."""

    def ask(question, *given, **named):
        with database.read() as session:
            return question(session, *given, **named)

    return ask


def trends(paper, rank: int, **fields):
    return a_listing(paper, source=TRENDING, rank=rank, **{"day": DAY, **fields})


def of_week(paper, **fields):
    return a_listing(paper, source=OF_WEEK, **fields)


def ids(found) -> list[str]:
    return [each.paper.id for each in found]


# -- what trends ----------------------------------------------------------------------------------


def test_what_trends_is_in_the_sites_order_and_not_by_votes(ranked, ask):
    first, second, third = some_papers(3)
    ranked(TRENDING, trends(second, 1, upvotes=3), trends(third, 2, upvotes=90), trends(first, 3))

    found = ask(rankings.trending)

    assert [(each.paper.id, each.rank) for each in found] == [
        (second.id, 1),
        (third.id, 2),
        (first.id, 3),
    ]


def test_what_fell_off_the_list_trends_no_more_and_is_still_shown_by_its_id(ranked, ask):
    first, second = some_papers(2)
    ranked(TRENDING, trends(first, 1), trends(second, 2))
    ranked(TRENDING, trends(second, 1), now=LATER)

    assert ids(ask(rankings.trending)) == [second.id]
    assert ids(ask(listings.of_papers, [first.id])) == [first.id]


def test_before_it_was_read_nothing_trends(listed, ask):
    listed(a_paper())

    assert ask(rankings.trending) == []


def test_a_paper_of_a_days_list_trends_as_it_is_listed_there_with_the_votes_last_read(
    listed, ranked, ask
):
    listed(a_paper(), day=THURSDAY, votes=10)
    ranked(TRENDING, trends(a_paper(), 1, upvotes=57, comments=4, stars=8), now=LATER)

    [found] = ask(rankings.trending)

    assert (found.source, found.day, found.rank) == ("hf", THURSDAY, 1)
    assert (found.upvotes, found.comments, found.stars) == (57, 4, 8)


def test_a_paper_that_trends_for_days_has_one_row_for_it(ranked, database, ask):
    for days in range(3):
        at = NOW + timedelta(days=days)
        ranked(TRENDING, trends(a_paper(), 1, day=at.date()), now=at)

    assert ask(listings.days_on, TRENDING, [a_paper().id]) == {a_paper().id: date(2026, 6, 28)}


# -- no news --------------------------------------------------------------------------------------


def test_what_only_trends_is_on_no_days_list_and_no_news(listed, ranked, ask):
    old, known = some_papers(2)
    listed(known, day=THURSDAY)
    ranked(TRENDING, trends(old, 1), trends(known, 2), now=LATER)

    assert ids(ask(listings.of_days, MONDAY, DAY)) == [known.id]
    assert ids(ask(listings.latest_list, until=DAY)) == [known.id]
    assert ask(listings.latest_day, until=DAY) == THURSDAY
    assert ask(listings.first_day) == THURSDAY
    assert ask(listings.neighbours, THURSDAY) == (None, None)
    assert ask(listings.read_after, NOW, since=MONDAY) == []


@pytest.mark.parametrize("source", [OF_WEEK, OF_MONTH])
def test_a_weeks_list_fills_days_that_nobody_read_and_brings_no_news(listed, ranked, ask, source):
    today, earlier, beside = some_papers(3)
    listed(today)
    found = (a_listing(each, source=source, day=day) for each, day in (
        (earlier, MONDAY), (beside, DAY),
    ))  # fmt: skip
    ranked(source, *found, now=LATER)

    assert ids(ask(listings.of_days, MONDAY, MONDAY)) == [earlier.id]
    assert ids(ask(listings.latest_list, until=DAY)) == [today.id]
    assert ask(listings.read_after, NOW, since=MONDAY) == []
    assert ask(listings.first_day) == MONDAY


def test_a_weeks_list_renews_the_votes_of_days_and_adds_no_row_for_them(listed, ranked, ask):
    listed(a_paper(), day=THURSDAY, votes=10)
    fetch = ranked(OF_WEEK, of_week(a_paper(), day=THURSDAY, upvotes=44), now=LATER)

    [found] = ask(listings.of_days, THURSDAY, THURSDAY)
    assert (found.source, found.upvotes) == ("hf", 44)
    assert ask(listings.days_on, OF_WEEK, [a_paper().id]) == {}
    assert (fetch.seen, fetch.late, fetch.error) == (1, 0, None)
    assert ask(fetches.last_read, OF_WEEK, DAY) == fetch


def test_growth_is_counted_from_when_a_paper_came_up_on_a_days_list(listed, ranked, ask):
    ranked(TRENDING, trends(a_paper(), 1, upvotes=2))
    listed(a_paper(), now=LATER, votes=10)
    ranked(TRENDING, trends(a_paper(), 1, upvotes=57), now=LATER + timedelta(hours=4))

    began = ask(listings.beginnings, [a_paper().id])

    assert began == {a_paper().id: listings.Beginning(LATER, 10)}


def test_votes_that_a_list_does_not_tell_take_none_away(listed, ranked, ask):
    listed(a_paper(), votes=10)
    ranked(TRENDING, trends(a_paper(), 1, upvotes=0, stars=None), now=LATER)

    [found] = ask(listings.of_papers, [a_paper().id])
    assert found.upvotes == 10


def test_the_first_day_of_a_paper_is_that_of_a_days_list_though_it_trended_before(
    listed, ranked, ask
):
    ranked(TRENDING, trends(a_paper(), 1, day=MONDAY))
    listed(a_paper(), now=LATER)

    origin = ask(listings.origins, [a_paper().id])[a_paper().id]

    assert (origin.first_day, origin.sources) == (DAY, {"hf", TRENDING})


def test_only_what_no_days_list_has_brought_is_still_to_become_news(listed, ranked, ask):
    known, quiet, unknown = some_papers(3)
    listed(known)
    ranked(TRENDING, trends(known, 1), trends(quiet, 2))
    every = [known.id, quiet.id, unknown.id]

    assert ask(rankings.not_yet_news, every) == [quiet.id]


def test_somebody_who_looks_a_paper_up_brings_its_votes_for_everybody(listed, database, ask):
    listed(a_paper(), votes=10)
    with database.begin() as session:
        rankings.count(session, a_listing(upvotes=31, stars=7), LATER)

    [found] = ask(listings.of_papers, [a_paper().id])
    assert (found.upvotes, found.stars) == (31, 7)
