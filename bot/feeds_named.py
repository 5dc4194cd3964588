"""How the settings name feeds: addresses, and preprint servers with a category."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

BIORXIV, MEDRXIV = "biorxiv", "medrxiv"
SERVERS = (BIORXIV, MEDRXIV)
ALL = "all"
LONGEST_NAME = 32  # what listings take
_TAKEN = frozenset({"hf", "arxiv", *SERVERS})  # a machine next door may be called so
LONGEST_SHOWN = 80

# A comma also stands in addresses: it parts two only before one that begins, or a space.
_BETWEEN = re.compile(rf"\s+|,(?=\s|,|$|https?://|(?:{'|'.join(SERVERS)}):)", re.IGNORECASE)
_SERVER = re.compile(rf"(?P<server>{'|'.join(SERVERS)}):(?P<category>[a-z]+(?:[-_][a-z]+)*)", re.I)
# A path of mere words; anything else in one may be a password.
_WORDS = re.compile(r"(?:/[a-z][a-z._-]{0,23})*/?", re.I)
# What most addresses of feeds end with, which says nothing of whose they are.
_TAIL = re.compile(
    r"/(?:(?:feeds?|rss|atom|index|news|posts/default)(?:\.(?:xml|rss|atom|rdf|php))?/?)?$", re.I
)


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed by its address. `name` is how listings call it, `digest` stands for the address."""

    name: str
    address: str
    digest: str

    @property
    def host(self) -> str:
        """The machine that is asked."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class NamedServer:
    """bioRxiv or medRxiv, and the categories of it that are followed."""

    name: str
    categories: tuple[str, ...]


class NotAFeed(ValueError):
    """One of the entries names no feed. The message is a sentence."""


def entries(said: str) -> list[str]:
    """The entries of a setting, in order, each once."""
    return list(dict.fromkeys(filter(None, _BETWEEN.split(said))))


def check(said: str) -> str:
    """The setting in one spelling: entries with spaces between. Raises NotAFeed."""
    found = entries(said)
    for place, each in enumerate(found, start=1):
        if not _SERVER.fullmatch(each) and not _is_address(each):
            raise NotAFeed(
                f"PAPERS_FEEDS: {_named(place, each)} is no feed. Name addresses that begin with "
                "https:// or http://, or biorxiv:neuroscience, medrxiv:all and the like."
            )
    return " ".join(found)


def feeds(said: str) -> list[NamedFeed]:
    """The addresses among the entries. Two spellings of one are one feed."""
    found: dict[str, NamedFeed] = {}
    digests: set[str] = set()
    for each in entries(said):
        if _SERVER.fullmatch(each):
            continue
        digest = blake2b(_same(each).encode(), digest_size=16).hexdigest()
        name = _name(each, digest)
        if digest in digests:
            continue
        if name in found or name in _TAKEN:
            name = _clipped(name, digest)
        digests.add(digest)
        found[name] = NamedFeed(name, each, digest)
    return list(found.values())


def servers(said: str) -> list[NamedServer]:
    """The preprint servers among the entries, each with all categories that are named."""
    found: dict[str, list[str]] = {}
    for each in filter(None, map(_SERVER.fullmatch, entries(said))):
        category = each["category"].lower().replace("_", "-")
        found.setdefault(each["server"].lower(), []).append(category)
    return [NamedServer(name, tuple(categories)) for name, categories in found.items()]


def _is_address(said: str) -> bool:
    try:
        parts = urlsplit(said)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_web and said.isprintable()


def _named(place: int, said: str) -> str:
    """An entry without what may be a secret in it; by its place alone where it may be one whole."""
    shown = re.sub(r"//[^/@]*@", "//", re.split(r"[?#]", said)[0])[:LONGEST_SHOWN]
    is_shown = ":" in shown or "/" in shown or "." in shown
    return f"{shown} (entry {place})" if is_shown else f"entry {place}"


def _same(address: str) -> str:
    """One spelling: whether it is encrypted and how its host is written makes no other feed."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname}{port}{parts.path.rstrip('/')}{query}"


def _name(address: str, digest: str) -> str:
    """A name that people can read and type: `lab.example.org`, `example.org/blog`."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("feeds.").removeprefix("rss.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _TAIL.sub("", parts.path)
    if not _WORDS.fullmatch(path):
        return _clipped(host + port, digest)
    is_plain = host.isascii() and not parts.query and len(host + port + path) <= LONGEST_NAME
    return host + port + path if is_plain else _clipped(host + port + path, digest)


def _clipped(name: str, digest: str) -> str:
    mark = f"~{digest[:6]}"
    plain = name.encode("ascii", "ignore").decode()
    return f"{plain[: LONGEST_NAME - len(mark)]}{mark}"
