"""Views as a whole, and that no input whatever breaks the rules themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message, check_view


def plain(length, kind="plain_text"):
    return {"type": kind, "text": "x" * length}


def section(**fields):
    return {"type": "section", **(fields or {"text": plain(4)})}


def an_input(**element):
    element = {"type": "plain_text_input", "action_id": "a", **element}
    return {"type": "input", "label": plain(4), "element": element}


def table():
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}


def modal(*blocks, **fields):
    return {"type": "modal", "title": plain(24), "blocks": list(blocks), **fields}


def view_refusal(view, kind="modal"):
    try:
        check_view(view, kind)
    except Refused as refused:
        return refused.error
    return None


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        (modal(), {"type": "modal", "blocks": []}),
        (modal(), modal(title=plain(25))),
        (modal(an_input(), submit=plain(24)), modal(an_input())),
        (modal(submit=plain(24)), modal(submit=plain(25))),
        (modal(close=plain(24)), modal(close=plain(25))),
        (modal(*[section()] * 100), modal(*[section()] * 101)),
        (modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001)),
        (modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
        (modal(external_id="x" * 255), modal(external_id="x" * 256)),
        (
            modal({"type": "alert", "text": plain(200)}),
            modal({"type": "alert", "text": plain(201)}),
        ),
        (modal(section()), modal(table())),
        (modal(), {**modal(), "type": "home"}),
        (modal(), "modal"),
    ],
)
def test_a_modal_has_its_limits(taken, refused):
    assert view_refusal(taken) is None
    assert view_refusal(refused) == "invalid_arguments"


def test_a_home_tab_has_no_title_and_holds_tables():
    home = {"type": "home", "blocks": [table()]}

    assert view_refusal(home, "home") is None
    assert view_refusal({**home, "title": plain(4)}, "home") == "invalid_arguments"
    assert view_refusal(home, "modal") == "invalid_arguments"


def test_a_view_is_at_most_250_kilobytes():
    long = section(fields=[plain(2000)] * 10)

    assert view_refusal(modal(*[long] * 12)) is None
    assert view_refusal(modal(*[long] * 13)) == "view_too_large"


def refusal(*blocks):
    """Slack's error code for a message of these blocks, or None."""
    try:
        check_message("text", list(blocks))
    except Refused as refused:
        return refused.error
    return None


NAMES = """type text elements options option_groups blocks child_blocks rows chart series data
    initial_option accessory fields action_id"""
WORDS = """section actions button plain_text static_select container table data_table bar
    data_visualization rich_text overflow input home modal"""
names, words = st.sampled_from(NAMES.split()), st.sampled_from(WORDS.split())
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(anything, max_size=3))
def test_no_blocks_break_the_rules_themselves(blocks):
    assert refusal(*blocks) in {None, "invalid_blocks", "only_one_table_allowed"}


@given(anything)
def test_no_view_breaks_the_rules_themselves(view):
    assert view_refusal(view) in {None, "invalid_arguments"}
