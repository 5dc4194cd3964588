"""What people type, as Slack passes it on: entities, links, mentions."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

# A link ends before white space, brackets that Slack escapes, and closing punctuation.
LINK = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?'\")\]}]")
MENTION = re.compile(r"(?<![\w@#])([@#])([\w.-]*\w)")
STORED_LINK = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>")
BROADCASTS = frozenset({"channel", "here", "everyone"})

Lookup = Callable[[str, str], str | None]


def escape(text: str) -> str:
    """Slack's three entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed_message(text: str, lookup: Lookup) -> str:
    """A message as it is stored: links and mentions in angle brackets, all else escaped.

    `lookup(sign, name)` gives what `@name` or `#name` becomes, or None for plain words.
    """
    parts, end = [], 0
    for link in LINK.finditer(text):
        parts.append(mentions(escape(text[end : link.start()]), lookup))
        parts.append(f"<{escape(link.group())}>")
        end = link.end()
    parts.append(mentions(escape(text[end:]), lookup))
    return "".join(parts)


def mentions(text: str, lookup: Lookup) -> str:
    """Text in which `@name` and `#name` are ids where somebody is called so."""

    def replace(match: re.Match[str]) -> str:
        return lookup(match[1], match[2]) or match[0]

    return MENTION.sub(replace, text)


def links(text: str) -> list[str]:
    """The addresses in what a person typed, each once."""
    return list(dict.fromkeys(match.group() for match in LINK.finditer(text)))


def links_in(stored: str) -> list[str]:
    """The addresses in a message as it is stored, each once."""
    return list(dict.fromkeys(unescape(match[1]) for match in STORED_LINK.finditer(stored)))


def domain_of(url: str, domains: tuple[str, ...]) -> str | None:
    """The registered domain that this link belongs to, subdomains included."""
    host = (urlsplit(url).hostname or "").lower()
    return next((each for each in domains if host == each or host.endswith(f".{each}")), None)
