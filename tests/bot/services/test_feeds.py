"""Feeds that are read tick by tick, and what is known, stored and told after each."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.feeds import EVERY, FIRST_WAIT, Entry, Found, Late, Standing, rhythm
from bot.domain.paper import UNDATED
from bot.errors import SourceFailed, Stopping
from bot.services import editions, feeds, status
from bot.services.feeds import Feed, Wanted
from storage import feeds as stored
from storage import fetches, leases, listings, papers, subscriptions
from tests.factories import NOW, a_paper

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LAB = "lab.example.org"
HOST = "host lab.example.org"


def an_entry(number: int, at: datetime | None = NOW - HOUR, **fields) -> Entry:
    given = {"published": at, "link": f"https://lab.example.org/{number}"}
    paper = a_paper(f"feed:{number:020d}", f"Robots number {number}", **{**given, **fields})
    return Entry(paper, at)


def listing(*entries: Entry, **fields) -> Found:
    newest, pause = rhythm(each.at for each in entries)
    given = {"newest": newest, "pause": pause, "is_empty": not entries}
    return Found("Harbour Lab", entries, **{**given, **fields})


class FeedAsTold:
    """Has this answer, or fails with it; knows what it was asked with."""

    def __init__(self) -> None:
        self.answer: Found | Exception | None = listing(an_entry(1))
        self.known: list[Standing] = []

    def __call__(self, known: Standing, now: datetime) -> Found | None:
        self.known.append(known)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def lab() -> FeedAsTold:
    return FeedAsTold()


@pytest.fixture
def named(lab) -> list[Feed]:
    return [Feed(LAB, "digest", HOST, lab)]


@pytest.fixture
def tick(database, named):
    def tick(now: datetime = NOW) -> list[feeds.Outcome]:
        return feeds.read_due(database, named, now)

    return tick


@pytest.fixture
def standing(database):
    def standing() -> Standing:
        with database.read() as session:
            return stored.standing(session, LAB)

    return standing


@pytest.fixture
def told(database, follow):
    """The papers, by their numbers, that somebody is to be told of who follows robots."""
    topic = follow("robots", now=NOW - DAY)

    def told() -> list[int]:
        with database.read() as session:
            found = subscriptions.unseen_matches(session, topic)
        return sorted(int(each.removeprefix("feed:")) for each in found)

    return told


def days(database, *numbers: int) -> list[date]:
    ids = [f"feed:{each:020d}" for each in numbers]
    with database.read() as session:
        return [each.day for each in listings.of_papers(session, ids)]


def test_a_feed_is_read_at_once_and_then_every_hour(tick, lab):
    tick()
    tick(NOW + EVERY - MINUTE)
    tick(NOW + EVERY)

    assert len(lab.known) == 2


def test_what_it_lists_is_stored_on_the_days_it_gives(tick, lab, database):
    lab.answer = listing(an_entry(1), an_entry(2, NOW - 40 * DAY), an_entry(3, NOW + DAY))
    tick()

    assert days(database, 1, 2, 3) == [date(2026, 6, 26), date(2026, 5, 17), date(2026, 6, 26)]


def test_an_undated_archive_is_of_no_day_and_what_comes_later_of_the_day_it_came(
    tick, lab, database
):
    lab.answer = listing(an_entry(1, None))
    tick()
    lab.answer = listing(an_entry(1, None), an_entry(2, None))
    tick(NOW + DAY)
    tick(NOW + 3 * DAY)

    assert days(database, 1, 2) == [UNDATED, date(2026, 6, 27)]


def test_a_feed_that_changed_all_its_ids_and_has_no_dates_is_an_archive_again(tick, lab, database):
    lab.answer = listing(an_entry(1, None))
    tick()
    lab.answer = listing(an_entry(11, None), an_entry(12, None))
    tick(NOW + DAY)

    assert days(database, 11, 12) == [UNDATED, UNDATED]


def test_a_first_read_tells_what_is_of_the_last_days_and_keeps_the_archive_quiet(tick, lab, told):
    old, undated = an_entry(3, NOW - 4 * DAY), an_entry(4, None)
    lab.answer = listing(an_entry(1), an_entry(2, NOW - 2 * DAY), old, undated)
    tick()

    assert told() == [1, 2]


def test_a_first_read_that_failed_leaves_the_archive_an_archive(tick, lab, told):
    lab.answer = SourceFailed("Silence.")
    tick()
    lab.answer = listing(an_entry(1, NOW - 5 * DAY))
    tick(NOW + HOUR)

    assert told() == []


def test_later_reads_tell_what_was_not_there_unless_it_is_old(tick, lab, told):
    lab.answer = listing(an_entry(1, None))
    tick()
    dated = an_entry(2, NOW - 10 * DAY), an_entry(3, NOW - 20 * DAY)
    lab.answer = listing(an_entry(1, None), *dated, an_entry(4, None))
    tick(NOW + HOUR)

    assert told() == [2, 4]


def test_a_part_that_is_asked_for_is_told_however_old_unless_nobody_is_to_be(
    database, named, lab, told
):
    lab.answer = listing(an_entry(1, NOW - 90 * DAY))
    feeds.read(database, named[0], NOW, Wanted(date(2026, 1, 1), tell=False))
    lab.answer = listing(an_entry(2, NOW - 90 * DAY))
    feeds.read(database, named[0], NOW, Wanted(date(2026, 1, 1)))

    assert told() == [2]


def test_it_is_asked_with_what_it_said_of_itself(tick, lab):
    lab.answer = listing(an_entry(1), validators={"If-None-Match": "7"})
    tick()
    tick(NOW + HOUR)

    assert dict(lab.known[1].validators) == {"If-None-Match": "7"}


def test_an_unchanged_feed_is_an_answer_and_says_how_much_it_lists(tick, lab, database, standing):
    tick()
    lab.answer = None
    [outcome] = tick(NOW + HOUR)

    with database.read() as session:
        last = fetches.last_read(session, LAB, UNDATED)
    assert (last.seen, last.new, last.error) == (1, 0, None)
    assert outcome.is_unchanged
    assert standing().answered_at == NOW + HOUR


def test_a_failure_is_kept_in_words_and_waited_out_longer_each_time(tick, lab, database, standing):
    lab.answer = SourceFailed("The answer was 500 Internal Server Error.")
    tick()
    tick(NOW + FIRST_WAIT - MINUTE)
    tick(NOW + FIRST_WAIT)
    tick(NOW + 2 * FIRST_WAIT)

    with database.read() as session:
        last = fetches.last_read(session, LAB, UNDATED)
    assert last.error == "The answer was 500 Internal Server Error."
    assert len(lab.known) == 2
    assert standing().failures == 2


def test_a_fault_of_ours_in_one_feed_keeps_no_other_from_being_read(database, lab, caplog):
    broken = FeedAsTold()
    broken.answer = KeyError("a topic nobody may read")
    other = Feed("broken.example", "digest", "host broken.example", broken)
    made = feeds.read_due(database, [other, Feed(LAB, "digest", HOST, lab)], NOW)

    assert made[0].error == "Reading it failed on my side (KeyError)."
    assert made[1].new == 1
    assert "nobody may read" not in caplog.text


def test_what_cannot_be_stored_is_a_failure_of_one_feed_and_leaves_nothing_behind(
    tick, database, standing, monkeypatch
):
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr("bot.services.feeds.ingest.keep", fails)
    [outcome] = tick()
    monkeypatch.undo()

    assert outcome.error == "Reading it failed on my side (RuntimeError)."
    assert standing().is_new
    assert tick(NOW + FIRST_WAIT)[0].new == 1


def test_a_stop_ends_the_reading_and_is_no_failure(tick, lab, database, standing):
    lab.answer = Stopping()
    with pytest.raises(Stopping):
        tick()
    lab.answer = listing(an_entry(1))

    assert standing().failures == 0
    assert len(tick()) == 1


def test_a_host_that_wants_to_be_left_alone_is_not_asked_before(tick, lab, database):
    with database.begin() as session:
        leases.take(session, HOST, "somebody", NOW, MINUTE)
        leases.release(session, HOST, "somebody", ready_at=NOW + HOUR)
    tick(NOW + HOUR - MINUTE)
    before = len(lab.known)
    tick(NOW + HOUR)

    assert (before, len(lab.known)) == (0, 1)


def test_of_several_processes_one_reads(database, named, lab, at_once):
    made = at_once(4, lambda: feeds.read_due(database, named, NOW))

    assert len(lab.known) == 1
    assert sum(len(each) for each in made) == 1


def test_who_dies_while_reading_holds_up_the_others_for_half_an_hour(tick, lab, database):
    with database.begin() as session:
        leases.take(session, f"feed {LAB}", "dead", NOW, timedelta(minutes=30))

    assert tick(NOW + 29 * MINUTE) == []
    assert len(tick(NOW + 30 * MINUTE)) == 1


def test_no_transaction_is_open_while_a_feed_answers(database):
    def read(known: Standing, now: datetime) -> Found:
        with database.begin() as session:  # on SQLite it would wait for ever for another writer
            papers.hold_revision(session)
        return listing(an_entry(1))

    [outcome] = feeds.read_due(database, [Feed(LAB, "digest", HOST, read)], NOW)

    assert outcome.new == 1


def test_an_empty_feed_is_late_and_its_papers_stay(tick, lab, database, standing):
    tick()
    lab.answer = listing()
    [outcome] = tick(NOW + HOUR)

    assert outcome.late == standing().late == Late.EMPTY
    assert days(database, 1) == [date(2026, 6, 26)]


def test_an_older_list_is_late_until_the_latest_is_back(tick, lab, standing):
    tick()
    lab.answer = listing(an_entry(2, NOW - 9 * DAY))
    tick(NOW + HOUR)
    late = standing().late
    lab.answer = listing(an_entry(1))
    tick(NOW + 2 * HOUR)

    assert (late, standing().late) == (Late.OLDER, "")


def test_a_feed_at_another_address_is_read_as_a_new_one(database, lab, tick):
    tick()
    moved = Feed(LAB, "another", HOST, lab)

    assert len(feeds.read_due(database, [moved], NOW + MINUTE)) == 1
    assert lab.known[1].is_new


def test_a_feed_that_the_settings_name_no_more_is_not_told_of(database, tick):
    tick()
    feeds.read_due(database, [], NOW + MINUTE)
    after = status.status(database, "T1", now=NOW + MINUTE)
    tick(NOW + HOUR)
    again = status.status(database, "T1", now=NOW + HOUR)

    assert (after.feeds, after.reads) == ({}, ())
    assert list(again.feeds) == [LAB]


def test_a_receipt_names_feeds_that_brought_something_or_are_in_trouble(database, tick, lab):
    tick()
    with database.read() as session:
        brought = feeds.source_reads(session, {LAB}, NOW)
        quiet = feeds.source_reads(session, set(), NOW)
    lab.answer = SourceFailed("Silence.")
    tick(NOW + HOUR)
    with database.read() as session:
        failed = feeds.source_reads(session, set(), NOW)

    assert [(each.title, each.day, each.error) for each in brought] == [
        ("Harbour Lab", date(2026, 6, 26), None)
    ]
    assert quiet == ()
    assert [(each.title, each.error) for each in failed] == [("Harbour Lab", "Silence.")]


def test_a_later_version_of_a_preprint_that_is_known_is_no_news(tick, lab, database):
    first = an_entry(1, version=1)
    later = Entry(replace(first.paper, version=2, title="Robots, better"), NOW, is_revision=True)
    unknown = replace(an_entry(2, version=3), is_revision=True)
    lab.answer = listing(first)
    tick()
    lab.answer = listing(later, unknown)
    tick(NOW + HOUR)

    with database.read() as session:
        [found] = papers.by_ids(session, [first.paper.id, unknown.paper.id])
    assert (found.title, found.version) == ("Robots, better", 2)


def test_a_feed_that_is_silent_for_days_brings_nothing_back_that_a_digest_left_out(
    tick, lab, database, switch_on, arrive, last
):
    switch_on(size=1)
    tick(NOW - 5 * DAY)
    lab.answer = SourceFailed("Silence.")
    tick(NOW - 2 * DAY)
    arrive(*(a_paper(f"2606.0000{each}") for each in range(1, 4)), now=NOW - HOUR)
    editions.make_due(database, NOW + HOUR)
    first = last().receipt.candidates
    editions.make_due(database, NOW + 3 * DAY + HOUR)

    assert first == 3
    assert last().local_date == date(2026, 6, 29)
    assert last().receipt.candidates == 0


# -- asked for by somebody -----------------------------------------------------------------------


def test_a_part_of_a_feed_can_be_read_and_the_rest_is_still_an_archive(
    database, named, lab, standing
):
    lab.answer = listing(
        an_entry(1), an_entry(2, NOW - 10 * DAY), validators={"If-None-Match": "7"}
    )
    outcome = feeds.read(database, named[0], NOW, Wanted(date(2026, 6, 20)))

    assert (outcome.entries, outcome.new) == (1, 1)
    assert standing().is_new
    assert standing().validators == {}


def test_days_are_read_one_by_one_and_end_with_today(database, lab):
    asked: list[date] = []

    def read(first: date, last: date) -> Found:
        asked.append(first)
        assert first == last
        return listing(
            an_entry(first.day, datetime(first.year, first.month, first.day, tzinfo=NOW.tzinfo))
        )

    feed = Feed("biorxiv", "biorxiv", "host api", lab, read)
    told = list(feeds.read_days(database, feed, Wanted(date(2026, 6, 24)), NOW))

    assert asked == [date(2026, 6, 24), date(2026, 6, 25), date(2026, 6, 26)]
    assert [(day.day, each.new) for day, each in told] == [(24, 1), (25, 1), (26, 1)]


def test_a_day_that_fails_ends_the_reading_and_is_told(database, lab):
    def read(first: date, last: date) -> Found:
        raise SourceFailed("Silence.")

    feed = Feed("biorxiv", "biorxiv", "host api", lab, read)
    told = list(feeds.read_days(database, feed, Wanted(date(2026, 6, 24)), NOW))

    assert [(day.day, each.error) for day, each in told] == [(24, "Silence.")]
