"""The blocks of 2026: cards, containers, tables, charts."""

from typing import Any

from bot.sandbox.rules.check import (
    Check,
    Problem,
    Problems,
    also,
    at_most_one,
    each,
    flag,
    number,
    one_of,
    shape,
    some_of,
    string,
    tagged,
    whole,
)
from bot.sandbox.rules.elements import button, image, in_context_actions
from bot.sandbox.rules.parts import IDENTIFIER, plain, text
from bot.sandbox.rules.rich_text import rich_text
from bot.sandbox.rules.together import displayed

NAMED: dict[str, Check] = {"block_id": IDENTIFIER}
picture = tagged({"image": image})
slack_icon = tagged({"icon": shape({"name": string(50)})})

card = also(
    shape(
        {},
        {
            **NAMED,
            "hero_image": picture,
            "icon": picture,
            "slack_icon": slack_icon,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "subtext": text(200),
            "actions": each(button, 3),
        },
    ),
    some_of("hero_image", "title", "actions", "body"),
    at_most_one("icon", "slack_icon"),
)
carousel = shape({"elements": each(tagged({"card": card}), 10)}, NAMED)
alert = shape(
    {"text": text(200)},
    {**NAMED, "level": one_of("default", "info", "warning", "error", "success")},
)
markdown = shape({"text": string(12_000)}, NAMED)
context_actions = shape({"elements": each(in_context_actions, 5)}, NAMED)


def container(child: Check) -> Check:
    """A titled box around up to ten blocks that pass `child`."""
    fields = {
        **NAMED,
        "title": plain(150),
        "rich_text_title": tagged({"rich_text": rich_text}),
        "subtitle": plain(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": picture,
        "slack_icon": slack_icon,
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    }
    return also(
        shape({"child_blocks": each(child, 10)}, fields),
        some_of("title", "rich_text_title"),
        at_most_one("icon", "slack_icon"),
        _collapse_fits,
    )


def _collapse_fits(value: Any, at: str) -> Problems:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield Problem("default_collapsed needs is_collapsible", at)
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield Problem("has_header_divider excludes is_collapsible", at)


# -- tables -------------------------------------------------------------------------------------

raw_text = shape({"text": string(20_000, 0)})
raw_number = shape({"value": number}, {"text": string(100)})
CELLS: dict[str, Check] = {"raw_text": raw_text, "raw_number": raw_number, "rich_text": rich_text}
cell = tagged(CELLS)
column = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def column_setting(value: Any, at: str) -> Problems:
    """How a column is set; null leaves it as it is."""
    return iter(()) if value is None else column(value, at)


table = shape(
    {"rows": each(each(cell, 20), 100)}, {**NAMED, "column_settings": each(column_setting, 20, 0)}
)


def _data_rows(value: Any, at: str) -> Problems:
    rows = value["rows"]
    if len({len(row) for row in rows}) > 1:
        yield Problem("all rows must have the same length", f"{at}/rows")
    if any(one["type"] == "rich_text" for one in rows[0]):
        yield Problem("the header row must not be rich_text", f"{at}/rows/0")
    for index, row in enumerate(rows):
        for place, one in enumerate(row):
            if one["type"] != "raw_number" and not any(displayed(one)):
                yield Problem("a cell must not be empty", f"{at}/rows/{index}/{place}")


data_table = also(
    shape(
        {"rows": each(each(cell, 20), 101, 2), "caption": string(2000)},
        {**NAMED, "page_size": whole(1, 100), "row_header_column_index": whole(0, 0)},
    ),
    _data_rows,
)

# -- charts -------------------------------------------------------------------------------------

LABEL = string(20)
MOST_SERIES = 6


def _positive(value: Any, at: str) -> Problems:
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        yield Problem("must be more than 0", at)


segment = shape({"label": LABEL, "value": _positive})
point = shape({"label": LABEL, "value": number})
series = shape({"name": LABEL, "data": each(point, 20)})
axes = shape({"categories": each(LABEL, 20)}, {"x_label": string(50, 0), "y_label": string(50, 0)})


def _series_fit(value: Any, at: str) -> Problems:
    """Names differ, and each series has one point for each category."""
    names = [one["name"] for one in value["series"]]
    if len(set(names)) != len(names):
        yield Problem("series must have different names", f"{at}/series")
    categories = value["axis_config"]["categories"]
    for index, one in enumerate(value["series"]):
        if [point["label"] for point in one["data"]] != categories:
            yield Problem("must have one point for each category", f"{at}/series/{index}/data")


plotted = also(
    shape({"series": each(series, MOST_SERIES), "axis_config": axes}),
    _series_fit,
)
chart = tagged(
    {
        "pie": shape({"segments": each(segment, MOST_SERIES)}),
        **dict.fromkeys(("bar", "area", "line"), plotted),
    }
)
data_visualization = shape({"title": string(50), "chart": chart}, NAMED)
