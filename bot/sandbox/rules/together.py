"""What the blocks of one message or Home tab may be together."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.rules.check import Check, Problem, Problems
from bot.sandbox.store import Json

MOST_MARKDOWN = 12_000
MOST_CHARTS = 2
MOST_IN_DATA_TABLES = 20_000

# Where displayed characters are found; ids, values and picture addresses are not shown.
DISPLAYED = frozenset({"text", "url", "alt_text", "caption", "title", "name", "label"})


def displayed(value: Any) -> Iterator[str]:
    """Every text in a block that somebody reads."""
    if isinstance(value, list):
        for one in value:
            yield from displayed(one)
    elif isinstance(value, dict):
        shown = DISPLAYED if value.get("type") != "button" else DISPLAYED - {"url"}
        for name, one in value.items():
            if isinstance(one, str):
                if name in shown:
                    yield one
            else:
                yield from displayed(one)


def limited(kind: str, most: int, error: str | None = None) -> Check:
    """No more than so many blocks of one kind."""

    def check(blocks: Any, at: str) -> Problems:
        if len(_of_kind(blocks, kind)) > most:
            yield Problem(f"no more than {most} {kind} allowed", at, error)

    return check


def markdown_together(blocks: Any, at: str) -> Problems:
    texts = [block["text"] for block in _of_kind(blocks, "markdown")]
    if sum(map(len, texts)) > MOST_MARKDOWN:
        yield Problem(f"markdown must be less than {MOST_MARKDOWN + 1} characters together", at)


def data_tables_together(blocks: Any, at: str) -> Problems:
    cells = [block["rows"] for block in _of_kind(blocks, "data_table")]
    if sum(map(len, displayed(cells))) > MOST_IN_DATA_TABLES:
        words = f"must be less than {MOST_IN_DATA_TABLES + 1} characters together"
        yield Problem(f"data tables {words}", at)


def _of_kind(blocks: Any, kind: str) -> list[Json]:
    inner = [child for block in blocks for child in _of_kind(block.get("child_blocks", []), kind)]
    return [block for block in blocks if block["type"] == kind] + inner
