"""One spelling for what looks alike: Unicode forms, accents, Greek letters and LaTeX.

Letters keep their case. Every character of the folded text knows where it came from, so that a
match can be shown in the text people see.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A boundary between words that keeps them as close as a hyphen does: TNFα is TNF-alpha.
SEAM = "\x1f"

_GREEK_NAMES = frozenset(
    name
    for line in (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu",
        "nu xi omicron pi rho sigma tau upsilon phi chi psi omega",
    )
    for name in line.split()
)
_SYMBOLS = {
    letter: name
    for letter in map(chr, range(ord("α"), ord("ω") + 1))
    if (name := unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda"))
    in _GREEK_NAMES
}
_SYMBOLS.update({letter.upper(): name.title() for letter, name in list(_SYMBOLS.items())})
_GREEK = r"\u0370-\u03ff\u1f00-\u1fff"  # within a word of these, a letter is no symbol

# Letters that Unicode does not take apart, and marks that mean something else than they say.
_LETTERS = {
    **{"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ħ": "h", "Ħ": "H", "ŧ": "t"},
    **{"ı": "i", "ȷ": "j", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "SS"},
    **{"þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ŋ": "ng", "Ŋ": "Ng", "ſ": "s"},
    **{"‘": "'", "’": "'", "‛": "'", "′": "'", "ʼ": "'", "´": "'", "`": "'"},
    **dict.fromkeys("‐‑‒–−⁃﹣－", "-"),
    **{"—": " ", "―": " ", "™": "", "®": "", "©": "", "∆": f"{SEAM}Delta{SEAM}", "ـ": ""},
}
_LATEX_LETTERS = {
    **{"ss": "ss", "o": "o", "O": "O", "l": "l", "L": "L", "ae": "ae", "AE": "Ae", "oe": "oe"},
    **{"OE": "Oe", "aa": "a", "AA": "A", "i": "i", "j": "j", "dh": "d", "th": "th", "dj": "d"},
}
# Commands that only say how their argument looks, and marks without a reading.
_WRAPPERS = frozenset(
    command
    for line in (
        "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol",
        "text textbf textit textsc texttt textrm textsf textsuperscript textsubscript emph mbox",
        "bm operatorname rm bf it sc tt em ensuremath displaystyle protect xspace left right",
        "hat bar tilde vec dot ddot widehat widetilde overline underline big",
        "url href cite citep citet ref",
    )
    for command in line.split()
)
_SPACING = frozenset({"quad", "qquad", "ldots", "dots", "cdots", "cdot", "newline", "par", "item"})

_IS_GREEK = re.compile(f"[{_GREEK}]")
_ODD = re.compile(r"[\\${}_^`]|[^\x00-\x7f]")
_SPECIAL = re.compile(
    rf"""
      \\["'`^~=.]\s?\{{?\\?(?P<marked>[A-Za-z])\}}?                  # \"o  \'{{e}}  \'\i
    | \\[uvHcdbkrt](?:\{{\\?(?P<braced>[A-Za-z])\}}|\s+(?P<spaced>[A-Za-z]))   # \H{{o}}  \v s
    | \\(?P<command>[A-Za-z]+)(?:\{{\}}|[ ])?
    | (?P<other>\\\W?)
    | (?P<silent>(?<=[A-Za-z}})\]])\$?[_^]\{{?(?=\d) | [{{}}$])      # CO$_2$ reads CO2
    | (?P<greek>(?<![{_GREEK}])[{_GREEK}](?![{_GREEK}]))
    | (?P<odd>`|[^\x00-\x7f])
    """,
    re.VERBOSE | re.DOTALL,
)


class Folded(NamedTuple):
    """A folded text, and for each of its characters where its original starts and ends.

    Where nothing changed, `starts` and `ends` are empty: each character is its own original.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a stretch of the folded text."""
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


def fold(text: str) -> Folded:
    """Fold a text; letters keep their case."""
    if not _ODD.search(text):
        return Folded(text, [], [])
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in _SPECIAL.finditer(text):
        start, end = found.span()
        reading = _reading(found)
        pieces += (text[done:start], reading)
        starts += (*range(done, start), *[start] * len(reading))
        ends += (*range(done + 1, start + 1), *[end] * len(reading))
        done = end
    pieces.append(text[done:])
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Folded("".join(pieces), starts, ends)


def _reading(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "odd":
        return _fold_character(found[0])
    if kind == "command":
        return _fold_command(found["command"])
    if kind == "greek":
        return _name(_fold_character(found[0]))
    if kind == "silent":
        return ""
    return " " if kind == "other" else found[kind or 0]


def _fold_command(name: str) -> str:
    if name in _LATEX_LETTERS:
        return _LATEX_LETTERS[name]
    if name in _WRAPPERS:
        return ""
    if name in _SPACING:
        return " "
    plain = name.removeprefix("var")
    return f"{SEAM}{plain if plain in _GREEK_NAMES else name}{SEAM}"


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    known = _LETTERS.get(character)
    if known is not None:
        return known
    if unicodedata.category(character) == "Cf":  # zero-width and direction marks, soft hyphen
        return ""
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(_LETTERS.get(part, part) for part in parts if not _is_accent(part))
    # Mathematical letters and the micro sign are symbols wherever they stand.
    return unicodedata.normalize("NFC", bare if _IS_GREEK.match(character) else _name(bare))


def _name(folded: str) -> str:
    """A Greek letter that stands for itself is its name."""
    return f"{SEAM}{_SYMBOLS[folded]}{SEAM}" if folded in _SYMBOLS else folded


def _is_accent(character: str) -> bool:
    """A mark that people leave out: on Latin, Greek and Cyrillic letters, Hebrew and Arabic vowels.

    Marks that make another letter, as the Japanese sound marks do, are kept.
    """
    code = ord(character)
    return (
        0x0300 <= code <= 0x036F
        or 0x0483 <= code <= 0x0487
        or 0x0591 <= code <= 0x05C7
        or 0x064B <= code <= 0x065F
        or code in (0x0670, 0x20D7)
        or 0xFE00 <= code <= 0xFE0F
    )
