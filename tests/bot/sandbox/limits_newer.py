"""The sizes of the blocks of 2026, made as those in `limits`."""

from typing import Any

from tests.bot.sandbox.limits import FIRST, Block, Limit, plain, section


def card(**fields: Any) -> Block:
    return {"type": "card", "title": plain(), **fields}


def container(**fields: Any) -> Block:
    return {"type": "container", "title": plain(), "child_blocks": [section()], **fields}


def cells(rows: int, columns: int = 1) -> list[Any]:
    return [[{"type": "raw_text", "text": "x"}] * columns for _ in range(rows)]


def table(rows: int, columns: int = 1, **fields: Any) -> Block:
    return {"type": "table", "rows": cells(rows, columns), **fields}


def data_table(rows: int, columns: int = 1, **fields: Any) -> Block:
    return {"type": "data_table", "caption": "x", "rows": cells(rows, columns), **fields}


def plot(names: list[str], categories: list[str], **axes: Any) -> Block:
    points = [{"label": each, "value": 1} for each in categories]
    series = [{"name": each, "data": points} for each in names]
    axis = {"categories": categories, **axes}
    return chart({"type": "bar", "series": series, "axis_config": axis})


def chart(drawn: Block, title: str = "x") -> Block:
    return {"type": "data_visualization", "title": title, "chart": drawn}


def pie(*labels: str) -> Block:
    return chart({"type": "pie", "segments": [{"label": each, "value": 1} for each in labels]})


def numbers(count: int) -> list[str]:
    return [f"{n}" for n in range(count)]


def feedback(**fields: Any) -> Block:
    one = {"text": plain(), "value": "v"}
    pair = {"positive_button": one | fields, "negative_button": one}
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", **pair}]}


def trash(count: int = 1, **fields: Any) -> Block:
    icon = {"type": "icon_button", "icon": "trash", "text": plain(), **fields}
    return {"type": "context_actions", "elements": [icon] * count}


def indented(depth: int) -> Block:
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]
    listed = {"type": "rich_text_list", "style": "bullet", "indent": depth, "elements": items}
    return {"type": "rich_text", "elements": [listed]}


NEWER = [
    Limit("card title", 150, lambda n: card(title=plain(n)), "/title/text"),
    Limit("card subtitle", 150, lambda n: card(subtitle=plain(n)), "/subtitle/text"),
    Limit("card body", 200, lambda n: card(body=plain(n)), "/body/text"),
    Limit("card subtext", 200, lambda n: card(subtext=plain(n)), "/subtext/text"),
    Limit(
        "card actions",
        3,
        lambda n: card(actions=[{"type": "button", "text": plain()}] * n),
        "/actions",
    ),
    Limit("carousel", 10, lambda n: {"type": "carousel", "elements": [card()] * n}, "/elements"),
    Limit("alert", 200, lambda n: {"type": "alert", "text": plain(n)}, "/text/text", "modal"),
    Limit("container title", 150, lambda n: container(title=plain(n)), "/title/text"),
    Limit("container subtitle", 150, lambda n: container(subtitle=plain(n)), "/subtitle/text"),
    Limit(
        "container children",
        10,
        lambda n: container(child_blocks=[section()] * n),
        "/child_blocks",
    ),
    Limit("table rows", 100, table, "/rows"),
    Limit("table columns", 20, lambda n: table(1, n), "/rows/0"),
    Limit(
        "column settings", 20, lambda n: table(1, column_settings=[None] * n), "/column_settings"
    ),
    Limit("data table rows", 101, data_table, "/rows"),
    Limit("data table columns", 20, lambda n: data_table(2, n), "/rows/0"),
    Limit("data table page", 100, lambda n: data_table(2, page_size=n), "/page_size"),
    Limit("chart title", 50, lambda n: pie("x") | {"title": "x" * n}, "/title"),
    Limit("pie segments", 6, lambda n: pie(*numbers(n)), "/chart/segments"),
    Limit("pie label", 20, lambda n: pie("x" * n), "/chart/segments/0/label"),
    Limit("chart series", 6, lambda n: plot(numbers(n), ["Mon"]), "/chart/series"),
    Limit("series name", 20, lambda n: plot(["x" * n], ["Mon"]), "/chart/series/0/name"),
    Limit(
        "chart categories", 20, lambda n: plot(["x"], numbers(n)), "/chart/axis_config/categories"
    ),
    Limit("category", 20, lambda n: plot(["x"], ["x" * n]), "/chart/axis_config/categories/0"),
    Limit(
        "axis label",
        50,
        lambda n: plot(["x"], ["Mon"], x_label="x" * n),
        "/chart/axis_config/x_label",
    ),
    Limit("markdown", 12_000, lambda n: {"type": "markdown", "text": "x" * n}, "/text"),
    Limit("list indent", 8, indented, "/elements/0/indent"),
    Limit("context_actions", 5, trash, "/elements"),
    Limit("icon value", 2000, lambda n: trash(value="x" * n), f"{FIRST}/value"),
    Limit(
        "feedback text", 75, lambda n: feedback(text=plain(n)), f"{FIRST}/positive_button/text/text"
    ),
    Limit(
        "feedback value", 2000, lambda n: feedback(value="x" * n), f"{FIRST}/positive_button/value"
    ),
]
