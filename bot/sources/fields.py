"""Values from outside, each taken only where it is what it should be."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.domain.paper import clean
from bot.sources.latex import readable

# What a database integer holds everywhere. A count above it is a fault, not a popular paper.
HIGHEST_COUNT = 2**31 - 1
# Slack refuses links of more than 3,000 characters; some are for escaping.
LONGEST_LINK = 2_000


def mapping(value: object) -> Mapping[str, Any]:
    """An object's members, or none."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """A list's elements, or none."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """A string on one clean line, or an empty one."""
    return clean(value) if isinstance(value, str) else ""


def prose(value: object) -> str:
    """The same without LaTeX: for titles, abstracts and names, which people read."""
    return readable(text(value))


def texts(value: object) -> tuple[str, ...]:
    """The strings of a list, clean, each once, in their order."""
    return tuple(filter(None, dict.fromkeys(text(each) for each in sequence(value))))


def count(value: object) -> int | None:
    """A whole number that is not negative; None where there is no number to believe."""
    if isinstance(value, bool) or not isinstance(value, int) or value > HIGHEST_COUNT:
        return None
    return max(0, value)


def link(value: object) -> str:
    """An http or https address, or "": no script, relative path or local file comes in."""
    address = value.strip() if isinstance(value, str) else ""
    if not address or len(address) > LONGEST_LINK or " " in address or not address.isprintable():
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def links(value: object) -> tuple[str, ...]:
    """The addresses of a list, each once, in their order."""
    return tuple(filter(None, dict.fromkeys(link(each) for each in sequence(value))))


def moment(value: object) -> datetime | None:
    """An ISO 8601 instant in UTC, which is also meant where no zone is written."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.strip())
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
