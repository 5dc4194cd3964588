"""Pages of arXiv's OAI-PMH: records in any of its three formats, and where the list goes on.

`arXiv` has names in parts and no version, `arXivRaw` the versions and all names on one line,
`oai_dc` neither categories nor what is which.
"""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.harvest import Page, Record
from bot.domain.paper import Paper
from bot.domain.withdrawal import says_withdrawn
from bot.errors import SourceFailed, SourceRefuses
from bot.sources.arxiv_fields import categories, doi, instant, local_day, midnight, numbered, people
from bot.sources.fields import link
from bot.sources.latex import readable
from bot.sources.reports import Problems, Unreadable, absent
from bot.sources.xml_tree import child, children, own_words, read_xml, readable_words, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EXPECTED = ("abstract", "authors", "categories", "published")
NO_WORD = "The answer holds no record, and no word of why."
_COMMENT = "Comment: "
_WITHDRAWN_SOURCE = "I"  # a version whose source is to be ignored


class TokenExpired(SourceRefuses):
    """The list cannot be gone on with: its token is of another day."""


def parse(body: bytes) -> Page:
    """The records of a page, of one record or of a bare list of them. Raises SourceFailed."""
    return read(read_xml(body))


def is_oai(tag: str) -> bool:
    """Does a document that `read` knows begin so?"""
    return tag in {"OAI-PMH", "ListRecords", "GetRecord", "record"}


def read(root: "Element") -> Page:
    """The same, of a document that is read."""
    if not is_oai(root.tag):
        raise SourceFailed(f"This is not OAI-PMH but <{root.tag[:40]}>.")
    answered = instant(words(root, "responseDate"))
    if _is_empty(root):
        return Page((), answered=answered)
    listed = list(root.iter("record"))
    container = root if root.tag == "ListRecords" else child(root, "ListRecords")
    given = child(container, "resumptionToken")
    if not listed and given is None:  # a list that is empty says so: noRecordsMatch
        raise SourceFailed(NO_WORD)
    return _page(listed, own_words(given), answered)


def _is_empty(root: "Element") -> bool:
    """Does arXiv say that there is nothing? Raises SourceFailed for whatever else it says."""
    return any(says_none(error) for error in children(root, "error"))


def says_none(error: "Element") -> bool:
    """That nothing fits what was asked for. Raises SourceFailed for whatever else it says."""
    code = error.get("code", "")
    said = own_words(error)[:200] or code
    if code == "badResumptionToken":
        raise TokenExpired(said)
    if code != "noRecordsMatch":
        raise SourceRefuses(f"This is a refusal ({code}): {said}")
    return True


def _page(listed: list["Element"], token: str, answered: datetime | None) -> Page:
    records: list[Record] = []
    deleted: list[str] = []
    problems = Problems()
    for number, each in enumerate(listed, start=1):
        try:
            found = entry(each)
        except Unreadable as problem:
            problems.add(f"Record {number}", problem)
            continue
        if isinstance(found, Record):
            records.append(found)
        else:
            deleted.append(found)
    if problems and not records and not deleted:
        raise problems.nothing_read(of=f"{len(listed):,} records")
    lacking = absent([each.paper for each in records], EXPECTED)
    return Page(tuple(records), tuple(deleted), token, answered, (*problems.told(), *lacking))


def entry(record: "Element") -> Record | str:
    """One record, or the id of a paper that arXiv has no more. Raises Unreadable."""
    header = child(record, "header")
    if header is not None and header.get("status") == "deleted":
        return numbered(words(header, "identifier"))[0]
    return _record(record, header)


def _record(record: "Element", header: "Element | None") -> Record:
    metadata = child(record, "metadata")
    inner = None if metadata is None else next(iter(metadata), None)
    id_, _ = numbered(words(inner, "id") or words(header, "identifier"))
    if inner is None or inner.tag not in _READERS:
        raise Unreadable(f"({id_}) has no metadata that I can read")
    paper = _READERS[inner.tag](id_, inner)
    if not paper.title:
        raise Unreadable(f"({id_}) has no title")
    sets = categories(map(_category, map(own_words, children(header, "setSpec"))))
    known = paper if paper.categories else replace(paper, categories=sets)
    return Record(known, local_day(words(header, "datestamp")))


def _parted(id_: str, given: "Element") -> Paper:
    created, updated = local_day(words(given, "created")), local_day(words(given, "updated"))
    authors = map(_name, children(child(given, "authors"), "author"))
    return replace(
        _common(id_, given),
        authors=tuple(filter(None, authors)),
        published=midnight(created),
        version=0 if updated else 1,  # the first one stands until there is an update
        revised=midnight(updated or created),
    )


def _raw(id_: str, given: "Element") -> Paper:
    versions = list(children(given, "version"))
    numbers = [_number(each.get("version", "")) for each in versions]
    dates = [instant(words(each, "date")) for each in versions]
    paper = _common(id_, given)
    is_void = bool(versions) and words(versions[-1], "source_type") == _WITHDRAWN_SOURCE
    return replace(
        paper,
        authors=people(readable_words(given, "authors")),
        published=dates[0] if dates else None,
        version=max(numbers, default=0),
        revised=dates[-1] if dates else None,
        withdrawn=paper.withdrawn or is_void,
    )


def _common(id_: str, given: "Element") -> Paper:
    """What `arXiv` and `arXivRaw` write alike."""
    comment, abstract = words(given, "comments"), readable_words(given, "abstract")
    return Paper(
        id=id_,
        title=readable_words(given, "title"),
        abstract=abstract,
        categories=categories(words(given, "categories").split()),
        doi=doi(words(given, "doi")),
        comment=comment,
        journal=words(given, "journal-ref"),
        licence_url=link(words(given, "license")),
        withdrawn=says_withdrawn(comment, abstract),
    )


def _dublin_core(id_: str, given: "Element") -> Paper:
    told = [readable(own_words(each)) for each in children(given, "description")]
    comment = next((each for each in told if each.startswith(_COMMENT)), "")
    abstract = next((each for each in told if each and not each.startswith(_COMMENT)), "")
    comment = comment.removeprefix(_COMMENT)
    elsewhere = [own_words(each) for each in children(given, "identifier")]
    dates = [day for each in children(given, "date") if (day := local_day(own_words(each)))]
    return Paper(
        id=id_,
        title=readable_words(given, "title"),
        abstract=abstract,
        authors=tuple(map(_turned, filter(None, map(own_words, children(given, "creator"))))),
        published=midnight(min(dates, default=None)),
        revised=midnight(max(dates, default=None)),
        doi=next(filter(None, map(doi, elsewhere)), ""),
        comment=comment,
        journal=next((each for each in elsewhere if not _is_address(each)), ""),
        withdrawn=says_withdrawn(comment, abstract),
    )


_READERS = {"arXiv": _parted, "arXivRaw": _raw, "dc": _dublin_core}


def _name(author: "Element") -> str:
    parts = (readable_words(author, part) for part in ("forenames", "keyname", "suffix"))
    return " ".join(filter(None, parts))


def _turned(name: str) -> str:
    """`Li, Wei` as `Wei Li`."""
    last, _, first = readable(name).partition(", ")
    return f"{first} {last}".strip()


def _is_address(said: str) -> bool:
    return not said or said.startswith(("http:", "https:", "doi:", "oai:", "arxiv:", "10."))


def _number(version: str) -> int:
    digits = version.removeprefix("v")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else 0


def _category(set_spec: str) -> str:
    """`cs:cs:AI` as cs.AI, `physics:hep-th` as hep-th, `math` as it is: the archive alone."""
    _, *inner = parts = set_spec.split(":")
    return ".".join(inner or parts)
