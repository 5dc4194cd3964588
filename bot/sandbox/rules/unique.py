"""Ids that must not occur twice."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.blocks import find_elements
from bot.sandbox.rules.check import Problem, Problems


def unique_ids(blocks: Any, at: str) -> Problems:
    """block_id once in a message or view, action_id once in a block."""
    taken: set[str] = set()
    for pointer, block in _with_children(blocks, at):
        block_id = block.get("block_id")
        if block_id in taken:
            yield Problem(f"block_id must be unique: {block_id}", f"{pointer}/block_id")
        if block_id:
            taken.add(block_id)
        yield from _unique_actions(block, pointer)


def _with_children(blocks: list[Any], at: str) -> Iterator[tuple[str, Any]]:
    for index, block in enumerate(blocks):
        yield f"{at}/{index}", block
        yield from _with_children(block.get("child_blocks", []), f"{at}/{index}/child_blocks")


def _unique_actions(block: Any, at: str) -> Problems:
    taken: set[str] = set()
    if "child_blocks" in block:
        return
    for found in find_elements([block]):
        action_id = found.element.get("action_id")
        if action_id in taken:
            yield Problem(f"action_id must be unique in its block: {action_id}", at)
        if action_id:
            taken.add(action_id)
