"""The bytes of a feed, checked before feedparser sees them.

feedparser knows every kind of feed and forgives much, and its own parser is not told to refuse a
document type. So the body becomes text once, by one choice of its encoding; that text is checked to
be XML without a document type; and exactly that text is what feedparser reads, from memory: given
bytes or a string it might take them for an address or a file.
"""

import codecs
import html
import io
import re
from typing import Any
from xml.parsers import expat

import feedparser

from bot.errors import SourceFailed
from bot.sources.xml_tree import root_name, without_forbidden

_ROOTS = frozenset({"rss", "RDF", "feed"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
# Encodings of text that feeds come in: Python knows others, which are none.
_KNOWN = re.compile(
    r"(?:us-)?ascii|utf-?8|utf-?16(?:[lb]e)?|iso[-_]?8859[-_]\d{1,2}|latin-?1|(?:windows-|cp)125\d"
    r"|koi8-[ru]|shift[-_]jis|euc-(?:jp|kr)|iso-2022-jp|gb(?:2312|k|18030)|big5",
    re.IGNORECASE,
)
# What may stand before the root: feedparser looks at it with patterns that never end.
_PROLOGUE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
# Where feedparser looks for an e-mail address, which takes it for ever in a word without an end.
_PEOPLE = frozenset(
    {"author", "contributor", "creator", "email", "name", "owner"}
    | {"managingeditor", "publisher", "webmaster"}
)
_ENDLESS = re.compile(r"[\w.+-]{300}")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?P<name>#?\w{0,31};?)")
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def parsed(body: bytes, content_type: str = "", address: str = "") -> Any:
    """What feedparser makes of a body; `address` is where its relative links begin.

    Raises SourceFailed.
    """
    text = _checked(_decoded(body, content_type))
    told = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers=told,
            sanitize_html=False,  # tags are taken out by us
            resolve_relative_uris=False,
        )
    except Exception as error:  # a library's fault with one feed must not cost the others
        raise SourceFailed(f"The feed can't be read ({type(error).__name__}).") from error


def _decoded(body: bytes, content_type: str) -> str:
    """The body as text. What is UTF-8 is taken for it, whatever it or its server claims."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    charset, declared = _CHARSET.search(content_type), _DECLARED.match(body[:1_000])
    named = [
        *([declared[1].decode()] if declared else []),
        *([charset[1]] if charset else []),
    ]
    # Plain ASCII may be an encoding of its own kind, in which letters stand for others.
    order = [*named, "utf-8"] if body.isascii() else ["utf-8", *named, "windows-1252"]
    for encoding in filter(_KNOWN.fullmatch, order):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")


def _checked(text: str) -> str:
    """The text from its root on, mended where that makes it XML. Raises SourceFailed."""
    prologue = _PROLOGUE.match(text)
    bare = text[prologue.end() if prologue else 0 :].strip()
    if not bare:
        raise SourceFailed("The body is empty.")
    if _WEB_PAGE.match(bare):
        raise SourceFailed("This is a web page, not a feed.")
    for attempt in (bare, _mended(bare)):
        try:
            name = root_name(attempt)
        except ValueError:
            continue
        if name.lower() == "html":
            raise SourceFailed("This is a web page, not a feed.")
        if name not in _ROOTS:
            raise SourceFailed(f"This is not a feed but <{name[:40]}>.")
        _People().check(attempt)
        return attempt
    raise SourceFailed(f"This is not XML, or only a part ({len(text):,} characters).")


class _People:
    """Looks at the names in a text that is known to be XML."""

    def __init__(self) -> None:
        self._depth, self._said = 0, ""

    def check(self, text: str) -> None:
        """Raise SourceFailed where one is a word without an end."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._heard
        parser.Parse(text, True)

    def _started(self, tag: str, _: dict[str, str]) -> None:
        self._depth += self._depth > 0 or tag.rpartition(":")[2].lower() in _PEOPLE

    def _ended(self, _: str) -> None:
        self._depth -= self._depth > 0
        self._said = self._said if self._depth else ""

    def _heard(self, said: str) -> None:
        if self._depth:
            self._said = self._said[-300:] + said
            if _ENDLESS.search(self._said):
                raise SourceFailed("A name in the feed has no end.")


def _mended(text: str) -> str:
    """Without letters that XML forbids, and with HTML's names of letters as these letters."""
    return without_forbidden(_ENTITY.sub(_letter, text))


def _letter(found: re.Match[str]) -> str:
    name = found["name"]
    if name.startswith("#") and name.endswith(";") and len(name) > 2:
        return found[0]
    letter = html.unescape(found[0]) if name.endswith(";") else found[0]
    return letter if letter != found[0] else f"&amp;{name}"
