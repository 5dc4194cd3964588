"""The pieces that messages are made of."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import kit
from tests.bot.blocks.anything import read_aloud


@given(text=st.text())
def test_escaped_text_comes_back_when_slack_shows_it(text):
    escaped = kit.escape(text)

    assert "<" not in escaped
    assert ">" not in escaped
    shown = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == text


@given(q=st.text(), start=st.integers())
def test_what_a_button_carries_comes_back(q, start):
    assert json.loads(kit.packed(q=q, start=start)) == {"q": q, "start": start}


def test_a_value_that_slack_would_refuse_is_not_cut_in_the_middle():
    with pytest.raises(ValueError, match="too long"):
        kit.button("Go", "go", "x" * (kit.VALUE_LIMIT + 1))


def test_backticks_in_prose_are_code_and_nothing_else_is_markup():
    [section] = kit.prose("Type `/papers *list*`, <@U1>.")["elements"]

    assert section["elements"] == [
        {"type": "text", "text": "Type "},
        {"type": "text", "text": "/papers *list*", "style": {"code": True}},
        {"type": "text", "text": ", <@U1>."},
    ]


def test_sentences_of_prose_stand_on_their_own_lines():
    assert read_aloud([kit.prose("One.", "Two.")]) == "One. \n Two."


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://arxiv.org/abs/2606.00001", True),
        ("http://a.org", True),
        ("", False),
        ("javascript:alert(1)", False),
        ("https://a.org/a b", False),
        ("https://a.org/" + "x" * kit.URL_LIMIT, False),
    ],
)
def test_only_short_web_addresses_become_links(url, leads):
    kind = kit.link(url, "A title")["type"]

    assert kind == ("link" if leads else "text")


def test_as_many_groups_fit_as_there_are_blocks():
    groups = [[kit.divider()] * 4] * 20

    assert kit.fit(groups, []) == kit.MESSAGE_BLOCKS // 4
    assert kit.fit(groups, [kit.divider()] * 3) == (kit.MESSAGE_BLOCKS - 3) // 4


def test_as_many_groups_fit_as_there_are_characters():
    long = kit.context("x" * 2000)

    assert kit.fit([[long]] * 20, []) == kit.MESSAGE_BUDGET // kit.cost(long)
    assert kit.fit([[long]], [long] * 5) == 0
