"""Topics as text to copy, what an import says, and a topic shown to a channel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import exchange
from bot.domain.exchange import Imported, Unread, read, written
from bot.domain.subscription import Cadence, Wish
from tests.bot.blocks.anything import objects, read_aloud, values


def parts(message):
    """What the preformatted blocks of a message hold."""
    return [
        each["elements"][0]["text"]
        for each in objects(list(message.blocks))
        if each.get("type") == "rich_text_preformatted"
    ]


@given(st.lists(st.integers(1, 330).map("x".__mul__), min_size=1, max_size=120))
def test_paging_through_an_export_shows_every_line_once_and_whole(lines):
    shown, start = [], 0
    while start < len(lines):
        message = exchange.export(lines, start)
        shown += [line for part in parts(message) for line in part.split("\n")]
        start = int(next(iter(values(message.blocks, "export_more")), len(lines)))

    assert shown == lines


@given(st.lists(st.integers(1, 330).map("x".__mul__), min_size=1, max_size=120))
def test_each_block_of_an_export_fits_the_form(lines):
    assert all(len(part) <= exchange.INPUT_LIMIT for part in parts(exchange.export(lines)))


def test_an_export_says_how_many_topics_there_are_and_how_to_bring_them_in():
    message = exchange.export([written(Wish("rag")), written(Wish("agents"))])

    assert parts(message) == ["rag now max:5\nagents now max:5"]
    assert message.text == "2 topics, as text to copy.\nrag now max:5\nagents now max:5"
    assert "/papers import" in read_aloud(message.blocks)
    assert values(message.blocks, "export_more") == []


@pytest.mark.parametrize(
    ("came", "line"),
    [
        (Imported(7, 5, 0, 2, 0), "You follow 7 topics now: 5 added, 2 you had already."),
        (Imported(1, 1, 0, 0, 0), "You follow 1 topic now: 1 added."),
        (Imported(3, 0, 1, 2, 1), "You follow 3 topics now: 1 changed, 2 you had already, "
         "1 line repeated."),
    ],
)  # fmt: skip
def test_an_import_says_what_it_did(came, line):
    assert exchange.imported(came).text == line
    assert line in read_aloud(exchange.imported_view(came)["blocks"])


def test_the_first_lines_that_cannot_be_read_are_explained_and_the_others_are_numbered():
    said = exchange.unread([Unread(number, f"Use `x{number}`.") for number in range(2, 8)])

    assert said == (
        "Line 2: Use x2. Line 3: Use x3. Line 4: Use x4. "
        "I can't read lines 5, 6 and 7 either. I stored nothing."
    )


def test_a_thousand_wrong_lines_are_still_one_short_answer():
    said = exchange.unread([Unread(number, "x" * 5000) for number in range(1, 1001)])

    assert len(said) < 1000
    assert "977 more" in said


def test_a_shared_topic_carries_its_terms_but_not_its_name():
    message = exchange.shared(Wish("news daily", Cadence.WEEKLY, 3, "secret name"), "U1")
    [copied] = values(message.blocks, "copy_topic")

    assert message.text == "<@U1> shares a topic: news daily"
    assert [line.wish for line in read(copied).lines] == [Wish("news daily", Cadence.WEEKLY, 3)]
    assert "secret" not in str(message)
