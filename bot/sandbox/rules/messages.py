"""A message as a whole: its text, its blocks together, its metadata."""

from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.rules.blocks import SURFACES
from bot.sandbox.rules.check import also, each
from bot.sandbox.rules.together import (
    MOST_CHARTS,
    data_tables_together,
    displayed,
    limited,
    markdown_together,
)
from bot.sandbox.rules.unique import unique_ids
from bot.sandbox.store import Json

MOST_TEXT = 40_000
MOST_BLOCKS = 50
MOST_ATTACHMENTS = 100
# Blocks that are each legal are refused together somewhere near 13,200 characters, where a bare
# divider counts for about 125 (reported). Counted here: every displayed text and 125 a block.
MOST_CHARACTERS = 13_200
BLOCK_COST = 125


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
    return sum(BLOCK_COST + sum(map(len, displayed(block))) for block in blocks)


ALL = also(
    each(SURFACES["message"], MOST_BLOCKS, 0),
    unique_ids,
    limited("table", 1, "only_one_table_allowed"),
    limited("data_visualization", MOST_CHARTS),
    markdown_together,
    data_tables_together,
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
