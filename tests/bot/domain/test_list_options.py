"""Which list people want, and what gained votes on it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.list_options import Kind, UnknownListOption, Wanted, read
from bot.domain.trending import gain, rising
from tests.factories import DAY, a_listing, a_paper

ONE = timedelta(days=1)
days = st.integers(-10, 10).map(lambda number: DAY + number * ONE)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", Wanted(Kind.WEEK)),
        ("top:5", Wanted(Kind.WEEK, size=5)),
        ("Date:2026-06-24  TOP:3", Wanted(Kind.WEEK, date(2026, 6, 24), 3)),
    ],
)
def test_a_day_and_a_size_are_read_in_any_order(words, wanted):
    assert read(Kind.WEEK, words, DAY) == wanted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("top:0", "I can't take `top:0`. I list 1 to 10 papers: `top:10`."),
        ("top:many", "I list 1 to 10 papers"),
        ("date:2026-06-31", "A day is written `date:2026-06-26`."),
        ("date:yesterday", "A day is written"),
        ("date:2026-06-27", "I have no lists of days to come"),
        ("robots", "I can't take `robots`. I know `/papers week top:5 date:2026-06-26`."),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(words, said):
    with pytest.raises(UnknownListOption) as refusal:
        read(Kind.WEEK, words, DAY)

    assert said in str(refusal.value)


@given(words=st.text(max_size=60), kind=st.sampled_from(Kind))
def test_no_text_raises_anything_else(words, kind):
    try:
        wanted = read(kind, words, DAY)
    except UnknownListOption:
        return
    assert 1 <= wanted.size <= 10


@given(
    came_up=days,
    first=st.integers(0, 50),
    grown=st.lists(st.integers(0, 50), max_size=8),
    since=days,
    length=st.integers(0, 9),
)
def test_votes_that_only_grow_are_gained_once(came_up, first, grown, since, length):
    """Of two stretches of days side by side, the gains add up to those of both together."""
    history, votes = [], first
    for number, more in enumerate(grown):
        votes += more
        history.append((came_up + number * ONE, votes))
    listing, middle, until = a_listing(), since + length * ONE, since + 2 * length * ONE

    whole = gain(listing, (came_up, first), history, since, until)
    left = gain(listing, (came_up, first), history, since, middle)
    right = gain(listing, (came_up, first), history, middle, until)

    if whole is None:
        assert came_up > until
        return
    assert right is not None
    assert whole.votes >= 0
    assert whole.votes == (left.votes if left else 0) + right.votes


def test_what_gained_nothing_does_not_rise():
    still = gain(a_listing(a_paper("2606.00001")), (DAY, 5), [], DAY, DAY)
    up = gain(a_listing(a_paper("2606.00002")), (DAY, 5), [(DAY, 9)], DAY - ONE, DAY)
    assert still is not None
    assert up is not None

    assert rising([still, up]) == [up]
