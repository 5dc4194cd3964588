"""Which paper an entry of a feed is: arXiv's, one with a DOI, or one that the feed alone has."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from bot.domain.paper import ARXIV_ID

LONGEST_DOI = 128  # what an id may have in the database
# Stricter than for what people paste: in a feed any address may hold two numbers with a dot.
_ARXIV = re.compile(
    rf"(?:^(?:https?://)?(?:[\w-]+\.)*arxiv\.org/(?:abs|pdf|html|format|ps)/|^oai:arxiv\.org:"
    rf"|^arxiv:\s?|huggingface\.co/papers/|10\.48550/arxiv\.)"
    rf"(?P<id>{ARXIV_ID})(?:v\d+)?(?:\.pdf)?(?=$|[?#/\s])",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?<![\w.])10\.[0-9]{4,9}/[^\s\"<>?#&|\\]+")
# What publishers put behind a DOI in the addresses of its pages.
_PAGE = re.compile(
    r"(?:/(?:full|pdf|epdf|abstract|abs|meta|html|fulltext)|\.(?:full|pdf|abstract|short|html))+$",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"^10\.(?:1101|64898)/")
_VERSION = re.compile(r"v\d{1,3}$")
_GLOBAL = re.compile(r"^(?:https?://.|urn:.|tag:[^,]+,|doi:|ni:)", re.IGNORECASE)
_NAMES_A_DOI = re.compile(r"^(?:doi:|https?://(?:dx\.)?doi\.org/|10\.)", re.IGNORECASE)


def arxiv_id(said: Iterable[str]) -> str:
    """The first arXiv id among an entry's ids and links, without its version; "" without one."""
    for each in said:
        found = _ARXIV.search(unquote(each.strip()))
        if found is None:
            continue
        archive, slash, number = found["id"].rpartition("/")
        name, dot, subject = archive.partition(".")
        return f"{name.lower()}{dot}{subject.upper()}{slash}{number}"
    return ""


def doi(said: Iterable[str]) -> str:
    """The first DOI among an entry's ids and links, in lower case; "" without one."""
    for each in said:
        text = unquote(each.strip())
        if not _NAMES_A_DOI.match(text):
            text = _path(text)
        found = _DOI.search(text)
        if found is None:
            continue
        name = _bare(found[0].lower(), is_page=text.startswith("/"))
        if len(name) <= LONGEST_DOI:
            return name
    return ""


def own_id(address: str, entry_id: str) -> str:
    """The id of a paper that is known by its feed alone.

    What is unique wherever it stands names the same paper in every feed; anything else only in its
    own, whose address or a digest of it is given.
    """
    said = entry_id if _GLOBAL.match(entry_id) else f"{address} {entry_id}"
    return f"feed:{blake2b(said.encode(), digest_size=10).hexdigest()}"


def _path(address: str) -> str:
    """The path of a web address: a DOI in what follows a question mark names something else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path if parts.scheme in ("http", "https") else ""


def _bare(name: str, *, is_page: bool) -> str:
    """A DOI without what follows it on a page's address."""
    if is_page:
        name = _PAGE.sub("", name)
    if _PREPRINT.match(name):
        name = _VERSION.sub("", name)
    name = name.rstrip(".,;:/")
    return name.rstrip(")") if name.count(")") > name.count("(") else name
