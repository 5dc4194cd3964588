"""XML from outside read piece by piece: a list of any length, a few elements in memory.

The same is refused as in `xml_tree`, and the same mended. Documents may follow each other, as they
do in a pipe that several files were poured into.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from bot.errors import SourceFailed
from bot.sources.xml_tree import DEEPEST, ENCODING, Refused, local_name, without_forbidden

_BLOCK = 65_536  # bytes
_LONGEST_BEHIND = 1_000_000  # bytes from the end of one document to the first tag of the next
_LONGEST_REFERENCE = 12  # characters: &#x10FFFF; and some
_OPEN_REFERENCE = re.compile(rf"&[^;&]{{0,{_LONGEST_REFERENCE}}}\Z")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class _Found(Exception):
    """The first tag."""


def root_name(head: bytes) -> str:
    """The local name of the first element of a document that begins so; "" where there is none."""

    def started(tag: str, _: object) -> None:
        raise _Found(local_name(tag))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = started
    try:
        parser.Parse(head, False)
    except _Found as found:
        return str(found)
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return ""


def elements(stream: BinaryIO, names: Collection[str]) -> Iterator[Element]:
    """The elements of these names as each ends; one within another comes with the outer.

    Raises SourceFailed for what is refused, and EOFError where the XML ends too soon or breaks off.
    """
    document = _Document(names)
    for piece in _pieces(stream):
        rest = piece
        while rest:
            try:
                rest = document.take(rest)
            except EOFError:
                yield from document.found()
                raise
            yield from document.found()
            if rest:  # another document begins
                document = _Document(names)
    document.take(b"", is_last=True)


class _Document:
    """One document, as far as it came."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._found: list[Element] = []
        self._tree: TreeBuilder | None = None  # of the element that is being read
        self._depth = self._kept_at = self._fed = 0
        self._is_over, self._behind = False, b""  # and what came since then
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said
        self._parser.StartDoctypeDeclHandler = _declared

    def take(self, piece: bytes, *, is_last: bool = False) -> bytes:
        """Read a piece; what of it belongs to a next document is handed back."""
        if not self._fed:
            piece = piece.lstrip()
        if not self._fed and not piece:
            return b""
        try:
            self._parser.Parse(piece, is_last)
        except Refused as refusal:
            raise SourceFailed(str(refusal)) from None
        except expat.ExpatError as error:
            behind = self._behind + piece
            if self._is_over:
                return behind[self._parser.ErrorByteIndex - (self._fed - len(self._behind)) :]
            raise EOFError(str(error)) from None
        self._fed += len(piece)
        if self._is_over:  # what begins another document is known when its first tag has ended
            self._behind += piece
            if len(self._behind) > _LONGEST_BEHIND:
                raise EOFError("too much behind the end")
        return b""

    def found(self) -> Iterator[Element]:
        """What has ended since the last time."""
        found, self._found = self._found, []
        return iter(found)

    def _started(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused("The XML is nested too deeply.")
        name = local_name(tag)
        if self._tree is None and name in self._names:
            self._tree, self._kept_at = TreeBuilder(), self._depth
        if self._tree is not None:
            self._tree.start(name, {local_name(each): said for each, said in attributes.items()})

    def _ended(self, tag: str) -> None:
        if self._tree is not None:
            self._tree.end(local_name(tag))
            if self._depth == self._kept_at:
                self._found.append(self._tree.close())
                self._tree = None
        self._depth -= 1
        self._is_over = not self._depth

    def _said(self, text: str) -> None:
        if self._tree is not None:
            self._tree.data(text)


def _declared(*_: object) -> None:
    raise Refused("The XML declares a document type, which no paper needs.")


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The text in UTF-8 without what XML forbids, a reference never cut in two."""
    block = stream.read(_BLOCK)
    decoder = _decoder(block)
    kept = ""
    while block:
        text = kept + decoder.decode(block)
        opened = _OPEN_REFERENCE.search(text, max(0, len(text) - _LONGEST_REFERENCE))
        kept = text[opened.start() :] if opened else ""
        yield without_forbidden(text[: len(text) - len(kept)]).encode()
        block = stream.read(_BLOCK)
    yield without_forbidden(kept + decoder.decode(b"", final=True)).encode()


def _decoder(head: bytes) -> codecs.IncrementalDecoder:
    named = ENCODING.match(head.lstrip())
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    try:
        found = codecs.getincrementaldecoder(encoding or (named[1].decode() if named else "utf-8"))
    except LookupError:
        found = codecs.getincrementaldecoder("utf-8")
    return found("replace")
