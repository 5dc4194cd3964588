"""Which paper was listed where and when, with the votes last read."""

from datetime import date, timedelta

import pytest

from bot.domain.paper import UNDATED, Batch, Fetch, Listing
from storage import fetches, listings, recording
from storage import papers as stored_papers
from tests.factories import DAY, a_batch, a_listing, a_paper, papers

EVENING_BEFORE = DAY - timedelta(days=1)
LATER = timedelta(hours=2)


@pytest.fixture
def record(database, now):
    """Store a batch and its papers, `after` the test's morning."""

    def record(batch: Batch, after: timedelta = timedelta()) -> Fetch:
        with database.begin() as session:
            stored_papers.save(session, (each.paper for each in batch.listings), now)
            return recording.record(session, batch, now + after)

    return record


@pytest.fixture
def of_days(database):
    def of_days(first: date = DAY, last: date = DAY) -> list[Listing]:
        with database.read() as session:
            return listings.of_days(session, first, last)

    return of_days


def test_the_beginning_of_a_paper_is_its_first_read_on_any_list(database, record, now):
    paper, other = papers(2)
    record(a_batch(paper, votes=3))
    record(a_batch(paper, votes=30), after=LATER)
    record(a_batch(paper, day=DAY + timedelta(days=1), votes=50), after=2 * LATER)
    record(a_batch(other, votes=7), after=LATER)

    with database.read() as session:
        found = listings.beginnings(session, [paper.id, other.id, "unknown"])

    assert found == {
        paper.id: listings.Beginning(now, 3),
        other.id: listings.Beginning(now + LATER, 7),
    }


def test_a_listing_comes_back_as_it_went_in(record, of_days):
    listing = a_listing(rank=2, upvotes=31, comments=4, stars=120, submitter="Ana")

    record(Batch("hf", DAY, (listing,)))

    assert of_days() == [listing]


def test_a_first_read_of_a_day_is_all_new_and_nothing_of_it_is_late(record, now):
    fetch = record(a_batch(*papers(3)))

    assert fetch == Fetch("hf", DAY, now, seen=3, new=3, late=0, failed=0, error=None)


def test_the_newest_votes_win_also_when_they_fall(record, of_days):
    record(Batch("hf", DAY, (a_listing(upvotes=10, comments=1, stars=5),)))
    record(Batch("hf", DAY, (a_listing(upvotes=8, comments=3, stars=None),)), LATER)

    [listing] = of_days()

    assert (listing.upvotes, listing.comments, listing.stars) == (8, 3, None)


def test_a_paper_that_joins_a_day_already_read_is_late(record):
    record(a_batch(*papers(2)))

    fetch = record(a_batch(*papers(3)), LATER)

    assert (fetch.seen, fetch.new, fetch.late) == (3, 1, 1)


def test_after_a_read_that_failed_nothing_is_late(record, database, now):
    with database.begin() as session:
        fetches.add_failure(session, "hf", DAY, "silent", now)

    assert record(a_batch(*papers(2)), LATER).late == 0


def test_entries_that_could_not_be_read_are_counted(record):
    assert record(Batch("hf", DAY, (), problems=("entry 3 has no title",))).failed == 1


def test_a_listing_keeps_its_own_day_and_does_not_count_for_the_day_asked_for(record, of_days):
    stray = a_listing(a_paper("2606.00009"), day=EVENING_BEFORE)

    fetch = record(Batch("hf", DAY, (a_listing(), stray)))

    assert (fetch.seen, fetch.new) == (1, 1)
    assert [each.paper.id for each in of_days()] == ["2606.00001"]
    assert of_days(EVENING_BEFORE, EVENING_BEFORE) == [stray]


def test_of_a_file_of_no_day_everything_counts_and_nothing_is_late(record):
    days = (DAY, EVENING_BEFORE, UNDATED)
    listed = tuple(a_listing(paper, day=day) for paper, day in zip(papers(3), days, strict=True))
    more = a_listing(a_paper("2606.00009"), day=EVENING_BEFORE)

    counted = [
        record(Batch("hf", UNDATED, each)) for each in (listed, (*listed, more), (*listed, more))
    ]

    assert [(each.seen, each.new, each.late) for each in counted] == [
        (3, 3, 0),
        (4, 1, 0),
        (4, 0, 0),
    ]


def test_what_else_is_listed_on_the_same_day_is_not_read_for_a_batch(record, monkeypatch):
    look_up, read = recording._known, []

    def noting(session, batch):
        found = look_up(session, batch)
        read.extend(paper for paper, _ in found)
        return found

    record(a_batch(*papers(30)))
    monkeypatch.setattr(recording, "_known", noting)
    fetch = record(a_batch(*papers(7, start=28)), LATER)

    assert sorted(read) == ["2606.00028", "2606.00029", "2606.00030"]
    assert (fetch.seen, fetch.new) == (7, 4)


@pytest.mark.parametrize("day", [DAY, UNDATED], ids=["a list", "an archive"])
def test_what_says_the_same_again_writes_nothing_but_the_read(record, written, day):
    record(a_batch(*papers(30), day=day))
    written.clear()
    record(a_batch(*papers(30), day=day), LATER)

    assert [each.split()[2] for each in written] == ["fetches"]


def test_the_same_paper_on_another_source_is_another_listing(record, of_days):
    record(Batch("hf", DAY, (a_listing(upvotes=9),)))
    record(Batch("trending", DAY, (a_listing(source="trending", upvotes=2),)))
    record(Batch("hf", DAY, (a_listing(upvotes=11),)))

    [listing] = of_days()

    assert (listing.source, listing.upvotes) == ("trending", 2)


def test_papers_of_several_days_come_once_with_their_latest_votes_most_votes_first(record, of_days):
    first, second, third = papers(3)
    record(
        Batch(
            "hf",
            EVENING_BEFORE,
            (
                a_listing(first, day=EVENING_BEFORE, upvotes=50),
                a_listing(second, day=EVENING_BEFORE, upvotes=7),
            ),
        )
    )
    record(Batch("hf", DAY, (a_listing(first, upvotes=7), a_listing(third, upvotes=20))))

    found = of_days(EVENING_BEFORE, DAY)

    assert [(each.paper.id, each.upvotes) for each in found] == [
        (third.id, 20),
        (first.id, 7),  # a tie goes by id
        (second.id, 7),
    ]


def test_only_listings_that_first_came_up_after_an_instant_are_news(record, database, now):
    record(a_batch(*papers(2)))
    record(a_batch(*papers(3)), LATER)

    with database.read() as session:
        news = listings.read_after(session, now, since=DAY)

        assert [each.paper.id for each in news] == ["2606.00003"]
        assert listings.read_after(session, now + LATER, since=DAY) == []
        assert listings.read_after(session, now, since=DAY + timedelta(days=1)) == []


def test_the_latest_listed_day_is_never_after_the_one_asked_for(record, database):
    for day in (date(2026, 6, 24), DAY):
        record(a_batch(a_paper(), day=day))

    with database.read() as session:
        assert listings.latest_day(session, DAY + timedelta(days=9)) == DAY
        assert listings.latest_day(session, DAY) == DAY
        assert listings.latest_day(session, EVENING_BEFORE) == date(2026, 6, 24)
        assert listings.latest_day(session, date(2026, 6, 23)) is None


def test_the_days_beside_a_day_are_listed_ones(record, database):
    wednesday, monday = date(2026, 6, 24), date(2026, 6, 29)
    for day in (wednesday, DAY, monday):
        record(a_batch(a_paper(), day=day))

    with database.read() as session:
        assert listings.neighbours(session, DAY) == (wednesday, monday)
        assert listings.neighbours(session, wednesday) == (None, DAY)
        assert listings.neighbours(session, date(2026, 6, 27)) == (DAY, monday)
        assert listings.neighbours(session, monday) == (DAY, None)


def test_papers_are_filled_in_by_their_latest_listing_in_the_order_asked_for(record, database):
    first, second = papers(2)
    record(a_batch(first, day=EVENING_BEFORE, votes=3))
    record(a_batch(first, second, votes=10))

    with database.read() as session:
        found = listings.of_papers(session, [second.id, "2606.99999", first.id])

    assert [(each.paper.id, each.day) for each in found] == [(second.id, DAY), (first.id, DAY)]


def test_the_most_voted_come_first_each_once_and_none_without_a_vote(record, database):
    few, many, none = papers(3)
    record(Batch("hf", DAY, (a_listing(few, upvotes=2), a_listing(many, upvotes=31))))
    record(Batch("hf", DAY + timedelta(days=1), (a_listing(many, upvotes=40),)))
    record(Batch("arxiv", DAY, (a_listing(none, upvotes=0, source="arxiv"),)))

    with database.read() as session:
        assert listings.most_voted(session) == [many.id, few.id]
