"""What `/papers subscribe` was told: a query, how often, how many, and a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.subscription import (
    NAME_LIMIT,
    Cadence,
    NoTopic,
    TooCommon,
    TwoOptions,
    UnknownSize,
    UnknownSwitch,
    UnusableName,
    Wish,
    read_name,
    read_wish,
)
from bot.errors import QueryProblem


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("robots", Wish("robots")),
        ("robots weekly max:3", Wish("robots", Cadence.WEEKLY, 3)),
        ("robots max:1", Wish("robots", size=1)),
        ("robots max:010 Daily", Wish("robots", Cadence.DAILY, 10)),
        ("robots weekly max:3 weekly", Wish("robots", Cadence.WEEKLY, 3)),
        ("how we age now, weekly", Wish("how we age now", Cadence.WEEKLY)),
        ('"weekly"', Wish('"weekly"')),
        ("weekly,", Wish("weekly")),
        ('"weekly" daily', Wish('"weekly"', Cadence.DAILY)),
        ("softmax:5 robots", Wish("softmax 5 robots")),
        ('robots as:"my robots"', Wish("robots", name="my robots")),
        ('robots as:"  my   robots " daily', Wish("robots", Cadence.DAILY, name="my robots")),
        ("robots as:bots max:3 weekly", Wish("robots", Cadence.WEEKLY, 3, "bots")),
        ("robots AS:Bots", Wish("robots", name="Bots")),
        ("robots as:“my robots”", Wish("robots", name="my robots")),
        ('robots as:""', Wish("robots")),
        ('"as:robots"', Wish('"as robots"')),
        ('robots as:"时间序列"', Wish("robots", name="时间序列")),
        ("robots revisions:on", Wish("robots", revisions=True)),
        ("robots Revisions:ON weekly max:3", Wish("robots", Cadence.WEEKLY, 3, revisions=True)),
        ("robots revisions:off", Wish("robots")),
        ('robots "revisions:on"', Wish('"revisions on" robots')),
        ("revisions:on robots", Wish("revisions on robots")),
    ],
)
def test_options_stand_at_the_end_in_any_order(said, wish):
    assert read_wish(said) == wish


@pytest.mark.parametrize("switch", ["", "yes", "on,", "x" * 90])
def test_a_switch_that_is_neither_on_nor_off_is_refused_with_what_works(switch):
    with pytest.raises(UnknownSwitch, match="`revisions:on`"):
        read_wish(f"robots revisions:{switch}")


def test_on_and_off_at_once_are_two_options():
    with pytest.raises(TwoOptions):
        read_wish("robots revisions:on revisions:off")


@pytest.mark.parametrize("size", ["0", "11", "99", "100", "9" * 90, "-1", "2.5", "five", "", "`"])
@pytest.mark.parametrize("behind", ["", " daily", ' as:"bots"'])
def test_a_size_that_fits_no_message_is_refused_with_those_that_do(size, behind):
    with pytest.raises(UnknownSize, match="1 to 10 papers") as refused:
        read_wish(f"robots max:{size}{behind}")

    said = str(refused.value)
    assert f"`max:{size.replace('`', chr(39))[:20]}" in said
    assert len(said) < 120
    assert said.count("`") % 2 == 0


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("agents weekly now", "weekly", "now"),
        ("agents NOW max:3 Daily", "NOW", "Daily"),
        ("agents max:3 max:5", "max:3", "max:5"),
        ('agents as:"a" daily as:b', 'as:"a"', "as:b"),
    ],
)
def test_two_options_that_cannot_both_be_meant_are_named(said, first, second):
    with pytest.raises(TwoOptions, match=f"`{first}` and `{second}`"):
        read_wish(said)


@pytest.mark.parametrize("said", ["now", " weekly ", "Daily", "weekly max:3", 'as:"x"', "max:3"])
def test_options_without_a_topic_ask_for_one(said):
    with pytest.raises(NoTopic, match=r"agents weekly.* in quotes"):
        read_wish(said)


@pytest.mark.parametrize("name", ["2", "1, 3", "all", "ALL", "...", "x" * (NAME_LIMIT + 1)])
def test_a_name_that_means_something_else_or_is_too_long_is_refused(name):
    with pytest.raises(UnusableName):
        read_name(name)
    with pytest.raises(QueryProblem):
        read_wish(f'robots as:"{name}"')


@given(st.text())
def test_a_name_is_one_short_line_or_refused(said):
    try:
        name = read_name(said)
    except UnusableName:
        return
    assert len(name) <= NAME_LIMIT
    assert name == " ".join(name.split())
    assert '"' not in name
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("topic", "part"),
    [
        ("the", "the"),
        ('"of the"', '"of the"'),
        ("agents, the", "the"),
        ("title:the", "title:the"),
        ("the AND of", "of"),
        ("the -survey", "the"),
        ("The", "the"),
        ("A", "A"),
    ],
)
def test_a_topic_of_stop_words_is_refused_with_the_part_and_a_reason(topic, part):
    with pytest.raises(TooCommon) as refused:
        read_wish(topic)

    assert str(refused.value).startswith(f"`{part}` stands in nearly every paper.")


@pytest.mark.parametrize("topic", ["the halting problem", "the AND agents", "IT", "cat:cs.CL"])
def test_a_stop_word_beside_another_is_no_reason_to_refuse(topic):
    assert read_wish(topic).text
