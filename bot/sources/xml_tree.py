"""XML from outside. A body that declares a document type is refused, and entities with it.

Without a declaration no name can stand for a file, an address or a billion letters, so the standard
library's parser is enough.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from bot.domain.paper import clean
from bot.errors import SourceFailed
from bot.sources.latex import readable

# What XML 1.0 forbids even when it is escaped; abstracts of old hold such bytes all the same.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-fA-F]{1,6})|(?P<decimal>[0-9]{1,7}));")
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
# Far deeper than any feed; beyond it nothing is built.
DEEPEST = 100


def read_xml(body: bytes) -> Element:
    """The root, each tag and attribute by its local name. Raises SourceFailed.

    A body with letters that XML forbids, or that are not in the encoding it names, is read without
    them: one of them must not cost a day.
    """
    start = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise SourceFailed("The body is empty.")
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceFailed("This is a web page, not XML.")
    try:
        return _parsed(body)
    except (expat.ExpatError, ValueError, LookupError):
        pass  # mended, it may be read
    try:
        return _parsed(_mended(body))
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceFailed(f"This is not XML, or only a part ({len(body):,} bytes).") from error


def children(parent: Element | None, name: str) -> Iterator[Element]:
    """The elements right below one that have this name."""
    return iter(()) if parent is None else (each for each in parent if each.tag == name)


def child(parent: Element | None, name: str) -> Element | None:
    """The first of them."""
    return next(children(parent, name), None)


def words(parent: Element | None, name: str) -> str:
    """The text of the first such element on one clean line, "" without one."""
    return own_words(child(parent, name))


def readable_words(parent: Element | None, name: str) -> str:
    """The same without LaTeX: for titles, abstracts and names."""
    return readable(words(parent, name))


def own_words(element: Element | None) -> str:
    """All text in an element, marked up or not, on one clean line."""
    return "" if element is None else clean("".join(element.itertext()))


def root_name(text: str) -> str:
    """The name of the root, its prefix dropped: for whoever parses the same text once more.

    Raises SourceFailed for a document type or too deep a nesting, ValueError for what is no XML.
    Prefixes that nothing declares are let pass.
    """
    parser, names = expat.ParserCreate(), _Names()
    parser.StartElementHandler = names.started
    parser.EndElementHandler = names.ended
    parser.StartDoctypeDeclHandler = names.declared
    try:
        parser.Parse(text, True)
    except Refused as refusal:
        raise SourceFailed(str(refusal)) from None
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return names.root


class Refused(Exception):
    """A body that is not read, whatever else is in it."""


class _Names:
    """The name of the root, and nothing kept of all else."""

    def __init__(self) -> None:
        self.root, self._depth = "", 0

    def started(self, tag: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused("The XML is nested too deeply.")
        self.root = self.root or local_name(tag)

    def ended(self, _: str) -> None:
        self._depth -= 1

    def declared(self, *_: object) -> None:
        raise Refused("The XML declares a document type, which no paper needs.")


class _Builder:
    """A tree of what a parser meets."""

    def __init__(self) -> None:
        self._tree, self._depth = TreeBuilder(), 0

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused("The XML is nested too deeply.")
        self._tree.start(
            local_name(tag), {local_name(name): told for name, told in attributes.items()}
        )

    def ended(self, tag: str) -> None:
        self._depth -= 1
        self._tree.end(local_name(tag))

    def said(self, text: str) -> None:
        self._tree.data(text)

    def declared(self, *_: object) -> None:
        raise Refused("The XML declares a document type, which no paper needs.")

    def root(self) -> Element:
        return self._tree.close()


def _parsed(body: bytes | str) -> Element:
    parser, builder = expat.ParserCreate(namespace_separator=" "), _Builder()
    parser.buffer_text = True
    parser.StartElementHandler = builder.started
    parser.EndElementHandler = builder.ended
    parser.CharacterDataHandler = builder.said
    parser.StartDoctypeDeclHandler = builder.declared
    try:
        parser.Parse(body, True)
    except Refused as refusal:
        raise SourceFailed(str(refusal)) from None
    return builder.root()


@lru_cache(1_000)
def local_name(name: str) -> str:
    """A tag or an attribute without its namespace."""
    return name.rpartition(" ")[2].rpartition(":")[2]


def _mended(body: bytes) -> str:
    """The text without what XML forbids."""
    named = ENCODING.match(body.lstrip(b"\xef\xbb\xbf \t\r\n"))
    encoding = named[1].decode() if named else "utf-8"
    return without_forbidden(body.decode(encoding, "replace").lstrip("\ufeff \t\r\n"))


def without_forbidden(text: str) -> str:
    """The text without letters, plain or by number, that XML forbids."""
    return _FORBIDDEN.sub("", _REFERENCE.sub(_allowed, text) if "&#" in text else text)


def _allowed(reference: re.Match[str]) -> str:
    number = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    fits = number <= 0x10FFFF and not _FORBIDDEN.match(chr(number))
    return reference[0] if fits else ""
