"""Pages and cursors."""

import base64
import binascii
from collections.abc import Sequence

from bot.sandbox.errors import Refused
from bot.sandbox.store import Json


def page(items: Sequence[Json], key: str, limit: int, cursor: str) -> tuple[list[Json], str]:
    """One page, and the cursor of the next or "". A cursor names the item it begins with."""
    start = 0
    if cursor:
        first = _read(cursor)
        start = next((at for at, item in enumerate(items) if item[key] == first), -1)
        if start < 0:
            raise Refused("invalid_cursor")
    end = start + limit
    return list(items[start:end]), _write(str(items[end][key])) if end < len(items) else ""


def _write(first: str) -> str:
    return base64.b64encode(f"next:{first}".encode()).decode()


def _read(cursor: str) -> str:
    try:
        written = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
    if not written.startswith("next:"):
        raise Refused("invalid_cursor")
    return written.removeprefix("next:")
