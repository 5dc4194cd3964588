"""Whether an announcement is whole, late or not to be expected."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcements import (
    BUSY,
    Announced,
    Feed,
    Kind,
    Standing,
    dated,
    judged,
    place,
    settled,
)
from tests.factories import a_paper

THURSDAY, FRIDAY = date(2026, 6, 25), date(2026, 6, 26)


def june(day: int) -> date:
    return date(2026, 6, day)


def own(*numbers: int, kind: Kind = Kind.NEW, day: date | None = None) -> tuple[Announced, ...]:
    """Papers whose first category is cs.SD."""
    return tuple(
        Announced(a_paper(f"2606.{number:05d}", categories=("cs.SD", "cs.HC")), kind, day)
        for number in numbers
    )


def known(day: date | None = THURSDAY, highest: int = 100, **fields) -> Standing:
    return Standing("cs.SD", day, f"2606.{highest:05d}", **{"usual": 40.0, **fields})


# -- late or not ----------------------------------------------------------------------------------


def test_later_ids_are_an_announcement():
    found = judged(known(), FRIDAY, Feed(FRIDAY, own(*range(101, 141))))

    assert (found.day, found.highest_id, found.is_late) == (FRIDAY, "2606.00140", False)


def test_a_feed_that_calls_itself_todays_and_repeats_yesterdays_papers_is_late():
    found = judged(known(), FRIDAY, Feed(FRIDAY, own(*range(61, 101), day=FRIDAY)))

    assert found == known(is_late=True)


def test_another_categorys_papers_do_not_make_up_for_it():
    others = tuple(
        Announced(a_paper(f"2606.00{n}", categories=("cs.HC", "cs.SD")), Kind.NEW)
        for n in range(101, 141)
    )
    crossed = own(*range(101, 141), kind=Kind.CROSS)

    for items in (others, crossed, own(500, kind=Kind.REPLACE)):
        assert judged(known(), FRIDAY, Feed(FRIDAY, items)).is_late


def test_a_tenth_of_a_usual_day_is_late_though_it_is_of_today():
    found = judged(known(usual=280.0), FRIDAY, Feed(FRIDAY, own(*range(101, 127))))

    assert (found.day, found.is_late, found.usual) == (FRIDAY, True, 280.0)


def test_of_few_papers_one_less_or_more_says_nothing():
    found = judged(known(usual=6.0), FRIDAY, Feed(FRIDAY, own(101)))

    assert (found.day, found.is_late) == (FRIDAY, False)


def test_it_is_late_no_more_when_the_rest_has_come():
    late = judged(known(usual=280.0), FRIDAY, Feed(FRIDAY, own(*range(101, 127))))

    found = judged(late, FRIDAY, Feed(FRIDAY, own(*range(101, 361))))

    assert (found.is_late, found.highest_id) == (False, "2606.00360")


def test_an_empty_feed_on_a_day_with_an_announcement_is_late():
    assert judged(known(), FRIDAY, Feed(FRIDAY, ())).is_late
    assert judged(known(), FRIDAY, Feed(None, ())).is_late


def test_an_empty_feed_after_the_announcement_was_read_is_none():
    read = known(FRIDAY)

    assert judged(read, FRIDAY, Feed(date(2026, 6, 27), ())) == read


def test_a_small_category_may_have_nothing_on_a_day_on_which_others_have():
    small = known(usual=BUSY - 1)
    other = Announced(a_paper("2606.00200", categories=("cs.LG",)), Kind.NEW)

    assert judged(small, FRIDAY, Feed(FRIDAY, (other,))).day == FRIDAY
    assert judged(known(usual=BUSY), FRIDAY, Feed(FRIDAY, (other,))).is_late
    assert judged(small, FRIDAY, Feed(FRIDAY, ())).is_late
    assert judged(small, FRIDAY, Feed(THURSDAY, (other,))).is_late


def test_an_announcement_that_was_missed_is_read_and_the_one_that_is_out_is_late():
    behind = known(june(24))

    found = judged(behind, FRIDAY, Feed(THURSDAY, own(*range(101, 141), day=THURSDAY)))

    assert (found.day, found.is_late) == (THURSDAY, True)


def test_a_day_off_by_the_calendar_that_brings_papers_is_a_day():
    found = judged(known(june(19)), june(19), Feed(june(22), own(*range(101, 141))))

    assert (found.day, found.is_late) == (june(22), False)


def test_a_day_off_that_repeats_the_last_papers_under_its_own_date_is_none():
    read = known(june(19))

    assert judged(read, june(19), Feed(june(22), own(*range(61, 101), day=june(22)))) == read


def test_what_is_usual_follows_slowly_and_counts_each_day_once():
    feed = Feed(FRIDAY, own(*range(101, 181)))
    found = judged(known(), FRIDAY, feed)

    assert found.usual == pytest.approx(52)
    assert judged(found, FRIDAY, feed).usual == found.usual


def test_papers_from_elsewhere_settle_a_day_unless_they_are_too_few():
    late = known(is_late=True)

    assert settled(late, FRIDAY, ["2606.00120"] * 30).is_late is False
    assert settled(late, FRIDAY, []).is_late
    assert settled(known(usual=2.0, is_late=True), FRIDAY, []).is_late is False


def test_a_whole_archive_counts_the_papers_of_its_categories():
    found = judged(Standing("cs"), FRIDAY, Feed(FRIDAY, own(101)))

    assert (found.day, found.usual) == (FRIDAY, 1.0)


def test_days_that_are_still_to_come_are_not_believed():
    now = datetime(2026, 6, 26, 12, tzinfo=UTC)
    feed = dated(Feed(date(2099, 1, 1), own(1, day=date(2099, 1, 1)) + own(2, day=FRIDAY)), now)

    assert (feed.day, [each.day for each in feed.items]) == (None, [None, FRIDAY])


def test_a_weekend_has_no_announcement_of_its_own():
    saturday = date(2026, 6, 27)
    now = datetime(2026, 6, 28, 12, tzinfo=UTC)

    assert dated(Feed(saturday, own(1, day=saturday)), now) == Feed(FRIDAY, own(1, day=FRIDAY))


@given(st.lists(st.integers(1, 99_999), max_size=30), st.floats(0, 1_000))
def test_no_feed_ever_takes_a_category_back(numbers, usual):
    before = known(usual=usual)

    found = judged(before, FRIDAY, Feed(FRIDAY, own(*numbers)))

    assert found.day >= before.day
    assert place(found.highest_id) >= place(before.highest_id)


def test_ids_are_in_the_order_in_which_arxiv_gave_them():
    ordered = ["", "hep-th/9108001", "math/9912999", "cs/0001001", "0704.0001", "1412.9999"]
    ordered += ["1501.00001", "2606.99999", "2607.00001"]

    assert sorted(set(ordered), key=place) == ordered
