"""What people type behind `/papers digest` beside an hour."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Look
from bot.domain.preferences import (
    Topics,
    UnknownDays,
    UnknownLook,
    UnknownSize,
    parse_days,
    parse_look,
    parse_size,
    parse_topics,
)
from bot.errors import BotError, EmptyQuery

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WORKDAYS = {MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY}


@pytest.mark.parametrize(
    ("said", "size"), [("5", 5), ("1", 1), ("10 papers", 10), (" 3 paper ", 3)]
)
def test_a_size_is_a_number(said, size):
    assert parse_size(said) == size


@pytest.mark.parametrize("said", ["", "0", "11", "-3", "five", "5 6", "٥", "9999999999999"])
def test_what_is_no_size_is_refused_with_what_is(said):
    with pytest.raises(UnknownSize, match="from 1 to 10"):
        parse_size(said)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("mon-fri", WORKDAYS),
        ("Monday to Friday", WORKDAYS),
        ("weekdays", WORKDAYS),
        ("every day", set(range(7))),
        ("daily", set(range(7))),
        ("weekend", {SATURDAY, SUNDAY}),
        ("mon, wed and fri", {MONDAY, WEDNESDAY, FRIDAY}),
        ("Tue Thu", {TUESDAY, THURSDAY}),
        ("mondays", {MONDAY}),
        ("sat-mon", {SATURDAY, SUNDAY, MONDAY}),
        ("mon-wed, fri", {MONDAY, TUESDAY, WEDNESDAY, FRIDAY}),
        ("fri-fri", {FRIDAY}),
    ],
)
def test_days_are_read_as_people_write_them(said, days):
    assert parse_days(said) == days


@pytest.mark.parametrize("said", ["", "t", "s", "mon-", "-", "mon-fri-sun", "someday", "m-f", "8"])
def test_what_are_no_days_is_refused_with_what_are(said):
    with pytest.raises(UnknownDays, match="mon-fri"):
        parse_days(said)


@pytest.mark.parametrize(
    ("said", "look"),
    [
        ("compact", Look.COMPACT),
        ("Cards", Look.CARDS),
        ("card", Look.CARDS),
        ("thread", Look.THREADS),
    ],
)
def test_a_look_is_named(said, look):
    assert parse_look(said) is look


@pytest.mark.parametrize(
    ("said", "told"), [("", "I know the looks"), ("pretty", "`pretty`"), ("compct", "compact`?")]
)
def test_what_is_no_look_is_refused_with_those_there_are(said, told):
    with pytest.raises(UnknownLook) as refused:
        parse_look(said)

    assert told in str(refused.value)
    assert "`threads`" in str(refused.value)


@pytest.mark.parametrize(
    ("said", "topics"),
    [("robots", "robots"), ("agents, tool use", "agents OR tool use"), ("off", ""), ("None", "")],
)
def test_topics_are_read_as_a_subscription_is(said, topics):
    assert parse_topics(said).text.replace('"', "") == topics


@pytest.mark.parametrize(
    ("said", "text", "only"),
    [
        ("only robots", "robots", True),
        ("Only agents, tool use", "agents OR tool use", True),
        ("robots", "robots", False),
        ('"only child"', '"only child"', False),
        ("only off", "", False),
        ("off", "", False),
    ],
)
def test_topics_that_are_all_there_is_begin_with_only(said, text, only):
    assert parse_topics(said) == Topics(text, only)


def test_only_alone_asks_which_topics():
    with pytest.raises(EmptyQuery):
        parse_topics("only")


@given(st.sampled_from([parse_size, parse_days, parse_look, parse_topics]), st.text(max_size=60))
def test_whatever_is_typed_is_taken_or_refused_in_a_sentence(parse, said):
    with suppress(BotError):
        parse(said)
