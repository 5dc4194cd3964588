"""The text of HTML: what a feed's titles and abstracts say, without its tags.

Only tags that HTML, MathML and JATS know are taken out: in a paper's words `<mask>` is a token, and
stays. What is left is plain text, and goes out as such.
"""

import html
import re

from bot.sources.fields import prose

# An abstract has 2,000 letters; whole articles stand in some feeds.
LONGEST = 20_000
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins italic kbd mark math mi mn"
    " mo mrow mstyle mtext named-content q s sc small span strong sub sup tt u underline var wbr"
    " inline-formula bold msub msup mfrac msubsup semantics annotation"
)
_BLOCK = (
    "article aside abstract blockquote br button caption center dd details div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr img input label legend li main nav"
    " ol p pre sec section summary table tbody td tfoot th thead title tr ul audio video source"
    " picture iframe embed object param svg path body html head meta link base font-face"
)
# What is between their tags is no text either.
_DROPPED = "script|style|template|noscript|iframe|object|svg|head"


def _names(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_DROP = re.compile(
    rf"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<({_DROPPED})\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = re.compile(r"<(?P<kind>sub|sup)>\s*(?P<said>[^<>{}]{1,30}?)\s*</(?P=kind)>", re.I)
_BLOCK_TAG = re.compile(rf"</?(?:jats:)?(?:{_names(_BLOCK)})(?:\s[^<>]*|/)?>", re.IGNORECASE)
# "a <b and c> d" is no tag: what follows a name inside one is given a value.
_INLINE_TAG = re.compile(
    rf"</?(?:jats:|mml:)?(?:{_names(_INLINE)})(?:\s[^<>=]*=[^<>]*|\s?/)?>", re.IGNORECASE
)


def words(markup: object) -> str:
    """The text of a piece of HTML on one clean line, its LaTeX made readable."""
    if not isinstance(markup, str):
        return ""
    # 10<sup>5</sup> is not 105: written as LaTeX, it comes out as ten to the fifth.
    bare = _SCRIPT.sub(_as_latex, _DROP.sub(" ", markup[:LONGEST]))
    bare = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", bare))
    return prose(html.unescape(bare))


def _as_latex(found: re.Match[str]) -> str:
    sign = "^" if found["kind"].lower() == "sup" else "_"
    return f"{sign}{{{found['said']}}}"
