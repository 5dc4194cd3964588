"""A message as a whole: its text, its blocks together, its metadata."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.rules.blocks import SURFACES
from bot.sandbox.rules.check import Check, Problem, Problems, also, each
from bot.sandbox.rules.unique import unique_ids
from bot.sandbox.store import Json

MOST_TEXT = 40_000
MOST_BLOCKS = 50
MOST_ATTACHMENTS = 100
# Blocks that are each legal are refused together somewhere near 13,200 characters, where a bare
# divider counts for about 125 (reported). Counted here: every displayed text and 125 a block.
MOST_CHARACTERS = 13_200
BLOCK_COST = 125
MOST_MARKDOWN = 12_000
MOST_CHARTS = 2

# Where displayed characters are found; ids, values and picture addresses are not shown.
DISPLAYED = frozenset({"text", "url", "alt_text", "caption", "title", "name", "label"})


def check_message(text: str, blocks: Any, attachments: Any = None) -> None:
    """Pass if Slack would take a message of this text and these blocks; else Refused."""
    if not text.strip() and not blocks and not attachments:
        raise Refused("no_text")
    if len(text) > MOST_TEXT:
        raise Refused("msg_too_long")
    if isinstance(attachments, list) and len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    if blocks is not None:
        _check_blocks(blocks)


def _check_blocks(blocks: Any) -> None:
    problems = list(ALL(blocks, "/blocks"))
    if problems:
        error = next((each.error for each in problems if each.error), "invalid_blocks")
        raise Refused(
            error,
            errors=[str(problem) for problem in problems],
            response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]},
        )
    if characters(blocks) > MOST_CHARACTERS:
        raise Refused("msg_blocks_too_long")


def characters(blocks: list[Json]) -> int:
    """What these blocks count towards the limit of a message."""
    return sum(BLOCK_COST + sum(map(len, _displayed(block))) for block in blocks)


def _displayed(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _displayed(one)
    elif isinstance(value, dict):
        shown = DISPLAYED if value.get("type") != "button" else DISPLAYED - {"url"}
        for name, one in value.items():
            if isinstance(one, str):
                if name in shown:
                    yield one
            else:
                yield from _displayed(one)


def _limited(kind: str, most: int, error: str | None = None) -> Check:
    """No more than so many blocks of one kind in a message."""

    def check(blocks: Any, at: str) -> Problems:
        if len(_of_kind(blocks, kind)) > most:
            yield Problem(f"no more than {most} {kind} allowed", at, error)

    return check


def _markdown_together(blocks: Any, at: str) -> Problems:
    texts = [block["text"] for block in _of_kind(blocks, "markdown")]
    if sum(map(len, texts)) > MOST_MARKDOWN:
        yield Problem(f"markdown must be less than {MOST_MARKDOWN + 1} characters together", at)


def _of_kind(blocks: Any, kind: str) -> list[Json]:
    inner = [child for block in blocks for child in _of_kind(block.get("child_blocks", []), kind)]
    return [block for block in blocks if block["type"] == kind] + inner


ALL = also(
    each(SURFACES["message"], MOST_BLOCKS, 0),
    unique_ids,
    _limited("table", 1, "only_one_table_allowed"),
    _limited("data_visualization", MOST_CHARTS),
    _markdown_together,
)


def check_metadata(metadata: Any) -> None:
    """Metadata is a named event with an object; else Refused."""
    if metadata is None:
        return
    fits = (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and bool(metadata["event_type"])
        and isinstance(metadata.get("event_payload"), dict)
    )
    if not fits:
        raise Refused("invalid_metadata_format")
