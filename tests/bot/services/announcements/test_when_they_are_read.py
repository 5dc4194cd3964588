"""When arXiv's announcements are read, and when they are not."""

from datetime import UTC, date, datetime

from bot.domain.announcements import Feed
from bot.errors import SourceFailed
from bot.services import announcements
from storage import fetches
from tests.announced import BOTH, DAY, FRIDAY, HOUR, MIDNIGHT, MINUTE, SILENT, THURSDAY, of, some


def test_without_a_category_nothing_is_asked(tick):
    assert tick(categories=()) == []


def test_an_announcement_is_read_when_it_is_out_and_once_more_every_six_hours(
    tick, thursday, arxiv
):
    assert tick(MIDNIGHT - MINUTE) == ["feed"]  # Thursday's, longer than six hours after
    arxiv.feed = Feed(FRIDAY, (*some(101), *some(151, 10, "cs.HC")))

    assert tick(MIDNIGHT + MINUTE) == ["feed"]
    assert tick(MIDNIGHT + 6 * HOUR) == []
    assert tick(MIDNIGHT + 6 * HOUR + MINUTE) == ["feed"]


def test_a_feed_that_did_not_move_is_asked_again_soon_and_then_each_hour(tick, thursday, arxiv):
    assert tick(MIDNIGHT) == ["feed"]
    assert tick(MIDNIGHT + 19 * MINUTE) == []
    assert tick(MIDNIGHT + 20 * MINUTE) == ["feed"]
    assert tick(MIDNIGHT + 4 * HOUR) == ["feed"]
    assert tick(MIDNIGHT + 4 * HOUR + 59 * MINUTE) == []
    assert tick(MIDNIGHT + 5 * HOUR) == ["feed"]


def test_a_weekend_is_no_error_and_its_feeds_are_left_alone(tick, thursday, arxiv, standing):
    arxiv.feed = Feed(FRIDAY, (*some(101), *some(151, 10, "cs.HC")))
    tick(MIDNIGHT + MINUTE)
    tick(MIDNIGHT + 20 * HOUR)
    arxiv.feed = Feed(date(2026, 6, 28), ())

    assert [tick(MIDNIGHT + DAY + hour * HOUR) for hour in range(0, 47, 2)] == [[]] * 24
    assert standing() == (FRIDAY, False)


def test_on_a_holiday_one_look_finds_out_that_nothing_is_announced(tick, arxiv, standing):
    monday = datetime(2026, 6, 22, 5, tzinfo=UTC)
    arxiv.feed = Feed(date(2026, 6, 19), tuple(some(1)))
    tick(monday - 2 * DAY, ("cs.SD",))
    arxiv.feed = Feed(date(2026, 6, 22), tuple(some(1)))  # Friday's again, as if it were Monday's

    assert tick(monday, ("cs.SD",)) == ["feed"]
    assert tick(monday + 12 * HOUR, ("cs.SD",)) == []
    assert standing() == (date(2026, 6, 19), False)


def test_two_processes_do_not_read_at_once(database, tick, arxiv):
    asked = []

    def read_feed(categories, known):
        asked.append("outer")
        assert tick() == []
        return arxiv.feed

    source = announcements.Source(read_feed, arxiv.read_gap)
    announcements.read_due(database, source, BOTH, MIDNIGHT + MINUTE)

    assert asked == ["outer"]


def test_hours_of_refusals_are_waited_out_ever_longer_and_end_with_an_answer(
    tick, arxiv, on, database
):
    arxiv.silent["feed"] = SILENT
    asked = [minute for minute in range(0, 480, 5) if tick(MIDNIGHT + minute * MINUTE)]

    assert asked == [0, 5, 15, 35, 75, 155, 275, 395]
    with database.read() as session:
        failed = fetches.last_read(session, "arxiv", FRIDAY)
    assert failed.error == str(SILENT)

    arxiv.silent.clear()
    arxiv.feed = Feed(FRIDAY, tuple(some(101)))
    tick(MIDNIGHT + 700 * MINUTE)
    assert len(on(FRIDAY)) == 10


def test_a_feed_that_fails_all_day_is_told_and_made_up_for_by_the_api(
    tick, arxiv, on, standing, database
):
    arxiv.silent["feed"] = SourceFailed("arXiv: The answer was 404 Not Found.")
    arxiv.papers[THURSDAY] = [of(101)]
    tick(MIDNIGHT + HOUR, ("cs.SD",))
    with database.read() as session:
        read = announcements.source_read(session, MIDNIGHT + HOUR)
    assert (read.read_at, read.late) == (None, ("cs.SD",))
    assert read.error == "arXiv: The answer was 404 Not Found."

    assert tick(MIDNIGHT + 9 * HOUR, ("cs.SD",)) == ["feed", "cs.SD until 25 18"]
    assert (on(FRIDAY), standing()) == (["2606.00101"], (FRIDAY, False))


def test_a_feed_that_is_cut_is_made_up_for_by_the_api(tick, arxiv, on):
    arxiv.feed = Feed(FRIDAY, tuple(some(101)), is_cut=True)
    arxiv.papers[THURSDAY] = [of(each) for each in range(101, 120)]
    tick(MIDNIGHT + HOUR, ("cs.SD",))
    tick(MIDNIGHT + 9 * HOUR, ("cs.SD",))

    assert len(on(FRIDAY)) == 19


def test_nothing_is_written_where_nothing_is_due(tick, arxiv, thursday, everything):
    arxiv.feed = Feed(FRIDAY, (*some(101), *some(151, 10, "cs.HC")))
    tick(MIDNIGHT + MINUTE)
    before = everything()
    tick(MIDNIGHT + 2 * MINUTE)

    assert everything() == before


def test_the_next_request_says_what_is_known_of_the_feed(tick, arxiv):
    arxiv.feed = Feed(FRIDAY, tuple(some(101)), validators={"If-None-Match": '"1"'})
    tick(MIDNIGHT)
    tick(MIDNIGHT + 7 * HOUR)

    assert arxiv.known == [{}, {"If-None-Match": '"1"'}]
