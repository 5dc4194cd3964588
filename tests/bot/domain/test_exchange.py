"""Topics written out as text and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.exchange import Line, Read, Unread, read, written
from bot.domain.expression import idle
from bot.domain.query import MAX_LENGTH, canonical, parse_subscription
from bot.domain.subscription import LARGEST, Cadence, Wish
from bot.errors import QueryProblem

words = st.sampled_from(
    ["rag", "RAG", "GPT-4", "C++", "now", "daily", "weekly", "max:3", "as:x", "Weekly", "深度",
     '"tool use"', '"as:x"', "author:LeCun", 'au:"LeCun, Yann"', "cat:cs.CL", "has:code", "a;b",
     "-survey", "NOT daily", "AND", "OR", ",", "(", ")", "(daily)", "id:2406.01234"]
)  # fmt: skip
typed = st.lists(words, min_size=1, max_size=8).map(" ".join)
names = st.sampled_from(["", "", "robots", "my robots", "weekly", "max:3", "深度", "a, b", "RAG"])


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """What anybody may have stored: any query that tells papers apart, with any terms."""
    while True:
        try:
            asked = parse_subscription(draw(typed))
        except QueryProblem:
            continue
        query = canonical(asked)
        if (
            idle(asked) is None and len(query) < MAX_LENGTH
        ):  # the longest has no room for the comma that guards its end
            cadence, size = draw(st.sampled_from(Cadence)), draw(st.integers(1, LARGEST))
            return Wish(query, cadence, size, draw(names), draw(st.booleans()))


@given(wishes())
def test_a_line_reads_back_as_the_same_wish(wish):
    assert read(written(wish)).lines == (Line(1, wish),)


@given(st.lists(wishes(), max_size=6, unique_by=lambda wish: wish.text))
def test_a_whole_export_reads_back_as_the_same_wishes(mine):
    mine = [Wish(each.text, each.cadence, each.size) for each in mine]

    back = read("\n".join(map(written, mine)))

    assert [line.wish for line in back.lines] == mine
    assert (back.repeats, back.unread) == (0, ())


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        (Wish("rag"), "rag now max:5"),
        (Wish('"tool use"', Cadence.WEEKLY, 3), '"tool use" weekly max:3'),
        (Wish("rag", name="my notes"), 'rag now max:5 as:"my notes"'),
        (Wish("rag", revisions=True), "rag now max:5 revisions:on"),
        (Wish("news daily", Cadence.NOW), "news daily, now max:5"),
        (Wish("arrival AND now", Cadence.NOW), "arrival AND now, now max:5"),
    ],
)
def test_a_line_is_what_one_would_type(wish, line):
    assert written(wish) == line


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("rag\nagents weekly", ["rag", "agents"]),
        ("rag\r\nagents", ["rag", "agents"]),
        ("rag ; agents", ["rag", "agents"]),
        ("rag ; agents\nnets", ["rag agents", "nets"]),  # with lines, only lines part topics
        ("rag;agents", ["rag agents"]),
        ("“tool use” weekly\n\n  \nrag", ['"tool use"', "rag"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_lines_or_semicolons_part_topics(text, topics):
    assert [line.wish.text for line in read(text).lines] == topics


def test_a_line_that_cannot_be_read_is_named_by_its_number():
    found = read('rag\n\n"tool use\nagents\n-survey')

    assert [each.number for each in found.unread] == [3, 5]
    assert "never closed" in found.unread[0].reason
    assert [line.number for line in found.lines] == [1, 4]


def test_of_two_lines_with_one_topic_the_later_counts():
    assert read("rag\nRAG, weekly\nrag daily max:2") == Read(
        (Line(2, Wish("RAG", Cadence.WEEKLY)), Line(3, Wish("rag", Cadence.DAILY, 2))), 1, ()
    )


def test_two_topics_cannot_have_one_name():
    assert read("rag as:notes\nagents as:Notes").unread == (
        Unread(2, "Line 1 has that name already. Choose another."),
    )


@given(st.text(max_size=400))
def test_any_text_is_read_without_failing(text):
    found = read(text)

    assert len(found.lines) + len(found.unread) <= len(text) + 1
