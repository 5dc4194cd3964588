"""The blocks of 2026: of each limit the last that is taken, the first that is refused."""

import pytest

from bot.sandbox.errors import Refused
from bot.sandbox.rules import check_message, check_view


def plain(length, kind="plain_text"):
    return {"type": kind, "text": "x" * length}


def button(**fields):
    return {"type": "button", "text": plain(4), **fields}


def section(**fields):
    return {"type": "section", **(fields or {"text": plain(4)})}


def card(**fields):
    return {"type": "card", "title": plain(4), **fields}


def table(rows, columns=1, kind="table", **fields):
    cells = [[{"type": "raw_text", "text": "x"}] * columns for _ in range(rows)]
    return {"type": kind, "rows": cells, **fields}


def chart(count, kind="bar", **fields):
    series = [{"name": f"{n}", "data": [{"label": "Mon", "value": 1}]} for n in range(count)]
    axes = {"categories": ["Mon"]}
    plot = {"type": kind, "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": "x", "chart": plot, **fields}


def container(**fields):
    return {"type": "container", "title": plain(4), "child_blocks": [section()], **fields}


def refusal(*blocks):
    """Slack's error code for a message of these blocks, or None."""
    try:
        check_message("text", list(blocks))
    except Refused as refused:
        return refused.error
    return None


TAKEN_AND_REFUSED = {
    "card title": (card(title=plain(150)), card(title=plain(151))),
    "card body": (card(body=plain(200)), card(body=plain(201))),
    "card actions": (card(actions=[button()] * 3), card(actions=[button()] * 4)),
    "card of nothing": (card(), {"type": "card", "subtitle": plain(4)}),
    "carousel": (
        {"type": "carousel", "elements": [card()] * 10},
        {"type": "carousel", "elements": [card()] * 11},
    ),
    "carousel of sections": (
        {"type": "carousel", "elements": [card()]},
        {"type": "carousel", "elements": [section()]},
    ),
    "container": (
        container(child_blocks=[section()] * 10),
        container(child_blocks=[section()] * 11),
    ),
    "container title": (container(title=plain(150)), container(title=plain(4, "mrkdwn"))),
    "container of input": (
        container(),
        container(child_blocks=[{"type": "input", "label": plain(4)}]),
    ),
    "collapsed": (
        container(is_collapsible=True, default_collapsed=True),
        container(default_collapsed=True),
    ),
    "table rows": (table(100), table(101)),
    "table columns": (table(1, 20), table(1, 21)),
    "column settings": (
        table(1, column_settings=[None, {"align": "right"}]),
        table(1, column_settings=[{"align": "justified"}]),
    ),
    "data table": (
        table(101, kind="data_table", caption="x"),
        table(102, kind="data_table", caption="x"),
    ),
    "data table caption": (
        table(2, kind="data_table", caption="x"),
        table(2, kind="data_table"),
    ),
    "chart": (chart(6), chart(7)),
    "chart title": (chart(1, title="x" * 50), chart(1, title="x" * 51)),
    "chart kind": (chart(1, "line"), chart(1, "radar")),
    "pie": (
        chart(1, chart={"type": "pie", "segments": [{"label": "a", "value": 1}]}),
        chart(1, chart={"type": "pie", "segments": [{"label": "a", "value": 0}]}),
    ),
    "markdown": (
        {"type": "markdown", "text": "x" * 12_000},
        {"type": "markdown", "text": "x" * 12_001},
    ),
    "feedback": (
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain(4)}],
        },
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "rocket", "text": plain(4)}],
        },
    ),
}


@pytest.mark.parametrize("name", TAKEN_AND_REFUSED)
def test_the_last_is_taken_and_the_first_beyond_is_refused(name):
    taken, refused = TAKEN_AND_REFUSED[name]

    assert refusal(taken) is None
    assert refusal(refused) == "invalid_blocks"


def test_a_block_id_occurs_once_also_inside_a_container():
    twin = section(text=plain(4), block_id="twin")

    assert refusal(twin, container(child_blocks=[twin])) == "invalid_blocks"


def test_ragged_rows_and_empty_cells_are_no_data_table():
    ragged = table(2, 2, "data_table", caption="x")
    ragged["rows"][1] = ragged["rows"][1][:1]
    empty = table(2, 1, "data_table", caption="x")
    empty["rows"][1] = [{"type": "raw_text", "text": ""}]

    assert refusal(ragged) == "invalid_blocks"
    assert refusal(empty) == "invalid_blocks"


def test_a_message_has_one_table_and_two_charts():
    assert refusal(table(1), table(1)) == "only_one_table_allowed"
    assert refusal(chart(1), chart(1)) is None
    assert refusal(chart(1), chart(1), chart(1)) == "invalid_blocks"


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        ({"is_collapsible": True, "default_collapsed": True}, {"default_collapsed": True}),
        (
            {"has_header_divider": True},
            {"has_header_divider": True, "is_collapsible": True},
        ),
        ({"width": "full"}, {"width": "tiny"}),
        ({"slack_icon": {"type": "icon", "name": "book"}}, {"slack_icon": "book"}),
        ({"title": {"type": "plain_text", "text": "x"}}, {"rich_text_title": "x"}),
    ],
)
def test_a_container_has_fields_that_need_or_exclude_each_other(taken, refused):
    assert refusal(container(**taken)) is None
    assert refusal(container(**refused)) == "invalid_blocks"


def test_a_card_shows_something_and_has_one_icon():
    book = {"type": "icon", "name": "book"}
    picture = {"type": "image", "image_url": "https://a.org/x.png", "alt_text": "x"}

    assert refusal({"type": "card", "subtitle": plain(4), "subtext": plain(4)}) == "invalid_blocks"
    assert refusal(card(slack_icon=book)) is refusal(card(icon=picture)) is None
    assert refusal(card(slack_icon=book, icon=picture)) == "invalid_blocks"


def test_a_chart_is_refused_where_its_parts_do_not_fit_together():
    twins = chart(2)
    twins["chart"]["series"][1]["name"] = twins["chart"]["series"][0]["name"]
    missing_point = chart(1)
    missing_point["chart"]["axis_config"]["categories"] = ["Mon", "Tue"]

    assert refusal(twins) == "invalid_blocks"
    assert refusal(missing_point) == "invalid_blocks"


A_BLOCK = {
    "card": card(),
    "carousel": {"type": "carousel", "elements": [card()]},
    "alert": {"type": "alert", "text": plain(4)},
    "container": container(),
    "table": table(1),
    "data_table": table(2, kind="data_table", caption="x"),
    "data_visualization": chart(1),
    "markdown": {"type": "markdown", "text": "x"},
    "rich_text": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
    "context_actions": {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "icon": "trash", "text": plain(4)}],
    },
}
MESSAGE_AND_HOME = {"message", "home"}
SHOWN_ON = {
    "card": {"message", "modal", "home"},
    "carousel": MESSAGE_AND_HOME,
    "alert": {"modal"},
    "container": MESSAGE_AND_HOME,
    "table": MESSAGE_AND_HOME,
    "data_table": MESSAGE_AND_HOME,
    "data_visualization": MESSAGE_AND_HOME,
    "markdown": {"message"},
    "rich_text": {"message", "modal", "home"},
    "context_actions": {"message"},
}


@pytest.mark.parametrize("kind", A_BLOCK)
@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_a_block_stands_only_where_slack_shows_it(kind, surface):
    blocks = [A_BLOCK[kind]]
    try:
        if surface == "message":
            check_message("text", blocks)
        else:
            title = {"title": plain(4)} if surface == "modal" else {}
            check_view({"type": surface, "blocks": blocks, **title}, surface)
        taken = True
    except Refused:
        taken = False

    assert taken == (surface in SHOWN_ON[kind])
