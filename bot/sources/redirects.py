"""Where an answer may send us: to the web, and from the web never into the operator's own network.

Whoever names an address may name a local one. What answers there may not: else any feed could make
this machine ask its neighbours.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address
from typing import TypeAlias

import httpx

from bot.errors import SourceFailed

Resolve: TypeAlias = Callable[[str], Iterable[str]]

_SCHEMES = {"http": ("http", "https"), "https": ("https",)}  # never back into the open


def addresses_of(host: str) -> list[str]:
    """The numbers of a host; none where nobody knows it, or only the machine's proxy does."""
    try:
        return [str(each[4][0]) for each in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return []


def follow(before: httpx.URL, after: httpx.URL, resolve: Resolve = addresses_of) -> None:
    """Let a redirect pass. Raises SourceFailed where nobody should follow it."""
    if after.scheme not in _SCHEMES.get(before.scheme, ()):
        where = f"The answer leads from {before.scheme} to {after.scheme[:20]}"
        why = "is not encrypted" if after.scheme == "http" else "is not a web address"
        raise SourceFailed(f"{where}, which {why}.")
    if after.host == before.host:
        return
    if is_private(after.host, resolve) and not is_private(before.host, resolve):
        raise SourceFailed("The answer leads from the web to an address of a private network.")


def is_private(host: str, resolve: Resolve = addresses_of) -> bool:
    """Is any of a host's addresses one that the whole web does not reach?"""
    return any(not _is_global(each) for each in resolve(host))


def _is_global(number: str) -> bool:
    found = ip_address(number.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return inner.is_global
    return found.is_global
